import type { Format } from '../../i18n/format'
import { addDays, type Day, daysBetween } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import type { DayRange } from '../../ui/DatePicker'

const longestDays = 1100

/** What is wrong with a first and a last night. */
export function rangeFault({ from, to }: DayRange): string | undefined {
  if (to < from) return m.setupGridReversed()
  return daysBetween(from, to) >= longestDays ? m.setupGridTooLong({ count: longestDays }) : undefined
}

/** The nights from one day up to another, as a person counts them: the last one, not the day after it. */
export function nightsText(format: Format, from: Day, to: Day): string {
  const last = addDays(to, -1)
  return last === from ? format.day(from) : format.days(from, last)
}
