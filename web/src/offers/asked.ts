import type { paths } from '../api/schema'
import type { Day } from '../kernel/dates'
import { toldAges } from '../reservations/fields'
import type { OffersSearch } from './search'

/** What the form shows. */
export interface Asked {
  arrival: Day
  nights: number
  adults: number
  children: number
  /** Of each child, `4,9`; what is not told yet is empty. */
  ages: string
  /** So many days earlier and later, too. */
  around: number
}

/** The API searches other days only for stays up to this length. */
export const mostNightsAround = 31

export const askedOf = (search: OffersSearch, today: Day): Asked => ({
  arrival: search.arrival ?? today,
  nights: search.nights ?? 1,
  adults: search.adults ?? 2,
  children: search.children ?? 0,
  ages: search.ages ?? '',
  around: search.around ?? 3,
})

export type Question = paths['/api/v1/pms/offers']['get']['parameters']['query']

/** As the API is asked, or undefined while something is missing. */
export function questionOf(asked: Asked, propertyId: string, today: Day): Question | undefined {
  const { arrival, nights, adults, children, around } = asked
  const ages = toldAges(asked)
  if (arrival < today || (children > 0 && !ages)) return undefined
  return {
    propertyId,
    arrival,
    nights,
    adults,
    ...(ages ? { children: ages.join() } : {}),
    ...(around > 0 && nights <= mostNightsAround ? { flexibleDays: around } : {}),
  }
}
