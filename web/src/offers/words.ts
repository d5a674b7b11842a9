import type { Schemas } from '../api/client'
import { m } from '../paraglide/messages'
import type { OfferChange, OfferRefusal } from './queries'

const restrictions: Record<Schemas['RestrictionRule'], (count: number) => string> = {
  CLOSED: () => m.setupRestrictionClosed(),
  CLOSED_TO_ARRIVAL: () => m.setupRestrictionArrival(),
  CLOSED_TO_DEPARTURE: () => m.setupRestrictionDeparture(),
  MIN_STAY_ARRIVAL: (count) => m.offersMinNights({ count }),
  MAX_STAY_ARRIVAL: (count) => m.offersMaxNights({ count }),
  MIN_STAY_THROUGH: (count) => m.offersMinNights({ count }),
  MAX_STAY_THROUGH: (count) => m.offersMaxNights({ count }),
  MIN_ADVANCE: (count) => m.offersMinAhead({ count }),
  MAX_ADVANCE: (count) => m.offersMaxAhead({ count }),
}

const rules: Record<OfferRefusal['rule'], (refusal: OfferRefusal, today: string) => string> = {
  RESTRICTED: ({ restriction }) =>
    restriction ? restrictions[restriction.rule](restriction.limit ?? 0) : m.setupRestrictionClosed(),
  NO_AVAILABILITY: () => m.stayFull(),
  NO_PRICE: () => m.offersNoPrice(),
  OCCUPANCY: () => m.offersTooMany(),
  ARRIVAL: ({ date }, today) => (date && date > today ? m.offersTooFar() : m.offersPast()),
}

/** Why not, as short as a cell is. */
export const refusalWord = (refusal: OfferRefusal, today: string): string =>
  rules[refusal.rule](refusal, today)

const changes: Record<OfferChange['kind'], () => string> = {
  DATE: m.offersOtherDate,
  LENGTH: m.offersOtherLength,
  ROOM_TYPE: m.offersOtherType,
}

/** What is another than asked. */
export const changeWord = ({ kind }: OfferChange): string => changes[kind]()
