import { useQuery } from '@tanstack/react-query'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Note } from '../ui/Note'
import { QueryState } from '../ui/QueryState'
import { fileOf, type LedgerRow, type Ledgers, ledgersQuery } from './queries'
import type { Asked } from './ReportsPage'
import { Sheet } from './Sheet'
import { Span } from './Span'
import { useSay } from './words'

const ledgerNames: Record<NonNullable<LedgerRow['ledger']>, () => string> = {
  GUEST: m.closeGuestLedger,
  DEPOSIT: m.closeDepositLedger,
  HOUSE: m.closeHouseLedger,
  CITY_LEDGER: m.closeCityLedger,
}

const lines: readonly { id: keyof LedgerRow; title: () => string }[] = [
  { id: 'openingCents', title: m.reportOpening },
  { id: 'roomChargeCents', title: m.closeRoomRevenue },
  { id: 'adjustmentCents', title: m.reportOtherRevenue },
  { id: 'feeCents', title: m.reportFees },
  { id: 'taxCents', title: m.stayTaxes },
  { id: 'paymentCents', title: m.folioPayments },
  { id: 'refundCents', title: m.reportRefunds },
  { id: 'checkInCents', title: m.reportCheckedIn },
  { id: 'appliedCents', title: m.reportApplied },
  { id: 'closingCents', title: m.reportClosing },
]

/** What each ledger began with, what moved it, and what it ended with. */
export function LedgersReport({ span, change }: Asked) {
  const { property } = useApp()
  const query = useQuery(ledgersQuery(property.id, span))
  return (
    <>
      <Span {...{ span, change }} file={fileOf(property.id, 'ledger-balance', { ...span })} />
      <QueryState query={query} lines={10}>
        {(report) => <Report report={report} />}
      </QueryState>
    </>
  )
}

function Report({ report: { rows, total, isClosed } }: { report: Ledgers }) {
  const say = useSay()
  const isBalanced = total.differenceCents === 0
  const isEnd = (id: string) => id === 'openingCents' || id === 'closingCents'
  return (
    <>
      <Note tone={isBalanced ? 'info' : 'danger'}>
        {isBalanced ? m.reportBalanced() : m.reportUnbalanced({ amount: say.money(total.differenceCents) })}
        {!isClosed && ` ${m.reportNotClosed()}`}
      </Note>
      <Sheet
        className="mt-2"
        label={m.reportLedgers()}
        rowHeader="name"
        columns={[
          {
            id: 'name',
            title: m.reportFigure(),
            cell: ({ id, title }) => <span className={isEnd(id) ? 'font-semibold' : ''}>{title()}</span>,
          },
          ...[...rows, total].map((row) => ({
            id: row.ledger ?? 'all',
            title: row.ledger ? ledgerNames[row.ledger]() : m.reportAllLedgers(),
            isNumber: true,
            className: 'whitespace-nowrap',
            cell: ({ id }: (typeof lines)[number]) => (
              <span className={isEnd(id) ? 'font-semibold' : ''}>{say.money(Number(row[id]))}</span>
            ),
          })),
        ]}
        rows={lines}
      />
    </>
  )
}
