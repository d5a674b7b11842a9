import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { IconButton } from '../ui/Button'
import { isStanding, type LedgerLine, linesOf, sumsOf } from './ledger'
import type { Statement } from './queries'
import { lineWords, methodName } from './words'

export interface StatementTableProps {
  name: string
  statement: Statement
  /** Only where lines may be taken back. */
  onVoid: ((line: LedgerLine) => void) | undefined
}

const head = 'border-line border-b px-2 py-1.5 font-medium text-muted text-xs'
const cell = 'border-line border-b px-2 py-1 align-baseline'
const sum = 'whitespace-nowrap text-end'

/** What the guest reads: every line with what was owed after it, and the sums. */
export function StatementTable({ name, statement, onVoid }: StatementTableProps) {
  const lines = linesOf(statement.entries)
  if (lines.length === 0) return <p className="text-muted">{m.folioEmpty()}</p>
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{name}</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} text-start`}>
              {m.folioDate()}
            </th>
            <th scope="col" className={`${head} w-full text-start`}>
              {m.folioDescription()}
            </th>
            <th scope="col" className={`${head} text-end`}>
              {m.folioAmount()}
            </th>
            <th scope="col" className={`${head} text-end`}>
              {m.folioBalance()}
            </th>
            {onVoid && (
              <th scope="col" className={head}>
                <span className="sr-only">{m.folioVoid()}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.entry.id} line={line} currency={statement.currency} onVoid={onVoid} />
          ))}
        </tbody>
      </table>
      <Totals statement={statement} />
    </div>
  )
}

interface LineProps {
  line: LedgerLine
  currency: string
  onVoid: StatementTableProps['onVoid']
}

function Line({ line, currency, onVoid }: LineProps) {
  const format = useFormat()
  const { entry, isBelow, isReversed, isMoved } = line
  const isStruck = isReversed && !isMoved
  const words = lineWords(entry, line.reverses, (date) => format.day(date, 'short'))
  const amount = format.money(entry.amountCents, currency)
  const of = !isBelow && entry.stayNumber ? [entry.stayGuest, entry.stayNumber] : []
  const by = [
    ...of,
    entry.method && !entry.reversesEntryId && methodName(entry.method),
    entry.sourceRef,
  ].filter(Boolean)
  return (
    <tr className={isReversed ? 'text-muted' : ''}>
      <td className={`${cell} whitespace-nowrap`}>{format.day(entry.businessDate, 'short')}</td>
      <td className={`${cell} ${isBelow ? 'ps-6' : ''}`}>
        <Struck isReversed={isStruck}>
          <bdi>{words}</bdi>
        </Struck>
        {by.length > 0 && <span className="text-muted text-xs"> · {by.join(' · ')}</span>}
        {isMoved && <span className="text-xs"> · {m.folioMovedAway()}</span>}
        {isStruck && <span className="sr-only"> ({m.folioReversed()})</span>}
      </td>
      <td className={`${cell} ${sum}`}>
        <Struck isReversed={isStruck}>{amount}</Struck>
      </td>
      <td className={`${cell} ${sum} text-muted`}>{format.money(line.balance, currency)}</td>
      {onVoid && (
        <td className={`${cell} py-0! text-end`}>
          {isStanding(line) && !entry.paymentIntentId && (
            <IconButton
              icon="undo"
              label={m.folioVoidOne({ line: words, amount })}
              onPress={() => onVoid(line)}
            />
          )}
        </td>
      )}
    </tr>
  )
}

const Struck = ({ isReversed, children }: { isReversed: boolean; children: React.ReactNode }) =>
  isReversed ? <s>{children}</s> : children

function Totals({ statement }: { statement: Statement }) {
  const format = useFormat()
  const sums = sumsOf(statement)
  const money = (amount: number) => format.money(amount, statement.currency)
  const rows = [
    { name: m.folioSubtotal(), amount: sums.subtotal },
    { name: m.stayTaxes(), amount: sums.tax },
    { name: m.stayFees(), amount: sums.fee },
    { name: m.folioPayments(), amount: 0 - sums.paid },
  ]
  return (
    <dl className="mt-2 space-y-0.5 px-2">
      {rows.map(({ name, amount }) => (
        <div key={name} className="flex justify-between gap-4">
          <dt className="text-muted">{name}</dt>
          <dd>{money(amount)}</dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-4 border-line border-t pt-1">
        <dt>{m.folioBalance()}</dt>
        <dd className={`font-semibold text-lg ${sums.balance > 0 ? 'text-danger-text' : ''}`}>
          {money(sums.balance)}
        </dd>
      </div>
    </dl>
  )
}
