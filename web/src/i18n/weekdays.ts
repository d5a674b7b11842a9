import { addDays, type Day, day } from '../kernel/dates'

/** A Monday. */
const monday = day('2027-02-01')

/** A date on that day of the week, for its name: 1 is Monday. */
export const dateOfWeekday = (one: number): Day => addDays(monday, one - 1)

export const everyDay: readonly number[] = [1, 2, 3, 4, 5, 6, 7]
