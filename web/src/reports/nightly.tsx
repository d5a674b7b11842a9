import { m } from '../paraglide/messages'
import type { Say } from './words'

/** A row for each night, and one without a date for the sums. */
interface Nightly {
  readonly date?: string | null
}

/** The first column of a report by nights. */
export const nightColumn = (say: Say) => ({
  id: 'date',
  title: m.closeDay(),
  className: 'whitespace-nowrap',
  cell: ({ date }: Nightly) =>
    date ? (
      `${say.format.day(date, 'weekday')} ${say.format.day(date)}`
    ) : (
      <span className="font-semibold">{m.reportTotal()}</span>
    ),
})

export const nightlyRows = <T extends Nightly>(rows: readonly T[], total: T) =>
  [...rows, total].map((row) => ({ ...row, id: row.date ?? 'total' }))
