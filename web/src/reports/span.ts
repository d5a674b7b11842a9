import { addDays, addMonths, asDay, type Day, startOfMonth } from '../kernel/dates'
import type { DayRange } from '../ui/DatePicker'
import type { ReportName, ReportsSearch } from './search'

/** The month so far; where the future counts, the weeks to come; where a shift is counted, the day. */
export function spanOf(report: ReportName, search: Partial<ReportsSearch>, today: Day): DayRange {
  const [from, to] = [asDay(search.from), asDay(search.to)]
  const yesterday = addDays(today, -1)
  const isOfBooks = report === 'pickUp' || report === 'forecast'
  // Today by the hotel's own clock is one day or the next.
  if (report === 'audit' && !(from && to && from <= to)) return { from: yesterday, to: addDays(today, 1) }
  if (report === 'payments' && !(from && to && from <= to)) return { from: today, to: today }
  const ahead = isOfBooks || report === 'occupancy'
  const first = isOfBooks ? today : startOfMonth(yesterday)
  const last = ahead ? addDays(addMonths(first, isOfBooks ? 2 : 1), -1) : yesterday
  return from && to && from <= to ? { from, to } : { from: first, to: last }
}
