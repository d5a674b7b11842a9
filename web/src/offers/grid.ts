/** An answer as a table: a section for each room type, a row for each plan, a column for each arrival. Pure. */
import { type Day, day } from '../kernel/dates'
import type { Offer, Offers } from './queries'

type OfferedType = Offers['roomTypes'][number]
type OfferedPlan = Offers['ratePlans'][number]

export interface OfferRow {
  plan: OfferedPlan
  /** One for each arrival. */
  cells: readonly (Offer | undefined)[]
}

export interface Section {
  type: OfferedType
  /** Rooms on the nights that were asked for. */
  left: number
  rows: readonly OfferRow[]
}

export interface OfferGrid {
  arrivals: readonly Day[]
  sections: readonly Section[]
  /** Of the date that was asked for: how many there are, those that can be had, and the cheapest of these. */
  all: number
  bookable: number
  cheapest: readonly Offer[]
}

/** Days before today are not sold, and have no column. */
export function gridOf({ roomTypes, ratePlans, offers }: Offers, asked: Day, today: Day): OfferGrid {
  const dates = new Set(offers.map((one) => day(one.checkInDate)))
  const arrivals = [...dates].filter((date) => date >= today).sort()
  const place = (typeId: string, planId: string, date: string) => `${typeId} ${planId} ${date}`
  const placed = new Map(
    offers.map((one) => [place(one.roomTypeId, one.ratePlanId, one.checkInDate), one] as const),
  )
  const ofDate = offers.filter((one) => one.checkInDate === asked)
  const bookable = ofDate.filter((one) => one.isAvailable && one.price)
  const least = Math.min(...bookable.map((one) => one.price?.totalCents ?? Infinity))
  return {
    arrivals,
    sections: roomTypes.map((type) => ({
      type,
      left: ofDate.find((one) => one.roomTypeId === type.id)?.roomsLeft ?? 0,
      rows: ratePlans.map((plan) => ({
        plan,
        cells: arrivals.map((date) => placed.get(place(type.id, plan.id, date))),
      })),
    })),
    all: ofDate.length,
    bookable: bookable.length,
    cheapest: bookable.filter((one) => one.price?.totalCents === least),
  }
}

/** Which offer lies open. */
export interface Spot {
  roomTypeId: string
  ratePlanId: string
  checkInDate: string
  checkOutDate: string
}

export const at = ({ offers }: Pick<Offers, 'offers'>, spot: Spot): Offer | undefined =>
  offers.find(
    (one) =>
      one.roomTypeId === spot.roomTypeId &&
      one.ratePlanId === spot.ratePlanId &&
      one.checkInDate === spot.checkInDate &&
      one.checkOutDate === spot.checkOutDate,
  )
