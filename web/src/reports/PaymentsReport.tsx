import { useQuery } from '@tanstack/react-query'
import { methodName } from '../folios/words'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useApp } from '../shell/useApp'
import { QueryState } from '../ui/QueryState'
import { fileOf, type PaymentLine, type Payments, paymentJournalQuery, paymentsQuery } from './queries'
import type { Asked } from './ReportsPage'
import { figures, Sheet } from './Sheet'
import { Span } from './Span'
import { useSay } from './words'

/** What must be in the till: by method and by who took it, and each payment of it. A line of a stay opens it. */
export function PaymentsReport({ span, change }: Asked) {
  const { property } = useApp()
  const query = useQuery(paymentsQuery(property.id, span))
  return (
    <>
      <Span {...{ span, change }} file={fileOf(property.id, 'payment-journal', { ...span })} />
      <QueryState query={query} lines={6}>
        {(report) =>
          report.rows.length > 0 ? (
            <>
              <Sums report={report} />
              <Journal span={span} />
            </>
          ) : (
            <p className="text-muted">{m.reportPaymentsNone()}</p>
          )
        }
      </QueryState>
    </>
  )
}

/** Who took it; the program itself has no name. */
const cashierOf = (row: { cashier?: string | null }) => <bdi>{row.cashier ?? m.stayBySystem()}</bdi>

function Sums({ report: { rows, receivedCents, refundedCents, netCents } }: { report: Payments }) {
  const say = useSay()
  return (
    <>
      <Sheet
        className="max-w-4xl"
        label={m.reportPaymentSums()}
        rowHeader="method"
        columns={[
          { id: 'method', title: m.folioMethod(), cell: (row) => methodName(row.method) },
          { id: 'cashier', title: m.reportCashier(), cell: cashierOf },
          {
            id: 'lines',
            title: m.reportLines(),
            cell: (row) => say.count(row.lines),
            isMinor: true,
            ...figures,
          },
          {
            id: 'received',
            title: m.reportReceived(),
            cell: (row) => say.money(row.receivedCents),
            ...figures,
          },
          {
            id: 'refunded',
            title: m.reportRefunds(),
            cell: (row) => say.money(row.refundedCents),
            ...figures,
          },
          { id: 'net', title: m.reportNet(), cell: (row) => say.money(row.netCents), ...figures },
        ]}
        rows={rows.map((row) => ({ ...row, id: `${row.method} ${row.postedBy}` }))}
      />
      <p className="my-3 font-medium">
        {m.reportPaymentSum({
          received: say.money(receivedCents),
          refunded: say.money(refundedCents),
          net: say.money(netCents),
        })}
      </p>
    </>
  )
}

function Journal({ span }: Pick<Asked, 'span'>) {
  const say = useSay()
  const { property } = useApp()
  const { openStay } = useStays()
  const query = useQuery(paymentJournalQuery(property.id, span))
  return (
    <QueryState query={query} lines={8}>
      {(lines) => (
        <Sheet
          label={m.reportPaymentJournal()}
          rowHeader="name"
          onOpen={({ reservationId }) => reservationId && openStay(reservationId)}
          columns={[
            {
              id: 'when',
              title: m.auditWhen(),
              className: 'whitespace-nowrap',
              cell: (row) => say.format.instant(row.postedAt, property.timezone),
            },
            { id: 'name', title: m.reportGuest(), cell: (row) => <Payer line={row} /> },
            { id: 'method', title: m.folioMethod(), cell: (row) => methodName(row.method) },
            { id: 'reference', title: m.folioReference(), isMinor: true, cell: (row) => row.sourceRef },
            { id: 'cashier', title: m.reportCashier(), isMinor: true, cell: cashierOf },
            {
              id: 'amount',
              title: m.reportReceived(),
              cell: (row) => say.money(row.receivedCents),
              ...figures,
            },
          ]}
          rows={lines.map((line) => ({ ...line, id: line.entryId }))}
        />
      )}
    </QueryState>
  )
}

function Payer({ line }: { line: PaymentLine }) {
  return (
    <>
      <bdi>{line.name}</bdi>
      <span className="block text-muted text-xs">
        {line.confirmationNumber && <span dir="ltr">{line.confirmationNumber}</span>}
        {line.isVoid && ` ${m.reportTakenBack()}`}
      </span>
    </>
  )
}
