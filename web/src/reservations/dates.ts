import { addDays, daysBetween } from '../kernel/dates'
import type { DayRange } from '../ui/DatePicker'

/** Between two digits of a year nobody has chosen a length. */
const mostNights = 731

/** An arrival that goes past the departure takes it along, as many nights as it was before. */
export function following(was: DayRange | null, now: DayRange | null): DayRange | null {
  if (!was || !now || now.from < now.to || now.to !== was.to) return now
  const nights = daysBetween(was.from, was.to)
  return { from: now.from, to: addDays(now.from, nights > 0 && nights <= mostNights ? nights : 1) }
}
