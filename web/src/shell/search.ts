import * as v from 'valibot'
import { asDay, type Day } from '../kernel/dates'
import { isUlid } from '../kernel/ids'

/** An id in the URL: anything else is as if it were not there. */
export const idInUrl = v.fallback(v.optional(v.pipe(v.string(), v.check(isUlid))), undefined)

/** A day in the URL. */
export const dayInUrl = v.fallback(
  v.optional(v.custom<Day>((value) => typeof value === 'string' && asDay(value) !== undefined)),
  undefined,
)

/** A reservation that is being made: what is known of it, see `seedText`. */
const seedInUrl = v.fallback(v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,200}$/))), undefined)

/** On every page: the property that is open, and the stay, known or to be booked, whose drawer lies over the page. */
export const appSearch = v.object({ property: idInUrl, stay: idInUrl, book: seedInUrl })

export const logInSearch = v.object({ next: v.fallback(v.optional(v.string()), undefined) })

/** Only paths of our own: whoever made the link shall not choose where a log-in leads. */
export const ownPath = (next: string | undefined): string => (next && /^\/(?![/\\])/.test(next) ? next : '/')

/** What the list of guests shows: the search, and those that were deactivated instead of the others. */
export const guestsSearch = v.object({
  q: v.fallback(v.optional(v.string()), undefined),
  inactive: v.fallback(v.optional(v.boolean()), undefined),
})

/** The account that is open, and those that were closed instead of the others. */
export const accountsSearch = v.object({
  account: idInUrl,
  closed: v.fallback(v.optional(v.boolean()), undefined),
})

/** Which plan's prices are open, and from which day. */
export const setUpSearch = v.object({ plan: idInUrl, start: dayInUrl })
