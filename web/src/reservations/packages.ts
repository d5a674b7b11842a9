import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, type Schemas } from '../api/client'
import { whole } from '../api/whole'
import { useFormat } from '../i18n/locale'
import { addDays, type Day, day } from '../kernel/dates'
import { m } from '../paraglide/messages'

export type Package = Schemas['Package']
export type PackageItem = Schemas['PackageItem']
export type PriceBasis = Schemas['PriceBasis']
export type PostingRhythm = Schemas['PostingRhythm']

export const packagesQuery = (propertyId: string) =>
  queryOptions<Package[]>({
    queryKey: ['packages', propertyId],
    queryFn: ({ signal }) =>
      whole((page) =>
        bodyOf(api.GET('/api/v1/pms/packages', { params: { query: { propertyId, ...page } }, signal })),
      ),
  })

export const basisNames: Record<PriceBasis, () => string> = {
  STAY: m.packageBasisStay,
  NIGHT: m.packageBasisNight,
  PERSON: m.packageBasisPerson,
  PERSON_NIGHT: m.packageBasisPersonNight,
}

export const rhythmNames: Record<PostingRhythm, () => string> = {
  EVERY_NIGHT: m.packageRhythmEveryNight,
  ARRIVAL: m.packageRhythmArrival,
  LAST_NIGHT: m.packageRhythmLastNight,
  ALL_BUT_ARRIVAL: m.packageRhythmAllButArrival,
  ALL_BUT_LAST: m.packageRhythmAllButLast,
  WEEKDAYS: m.packageRhythmWeekdays,
  EVERY_N: m.packageRhythmEveryN,
}

/** A Monday, for the names of the days. */
const monday = day('2027-02-01')

/** An item in words: `Breakfast · $15.00 · Each person and night · Every night`; without its name within a package of the same. */
export function useItemWords(currency: string): (item: PackageItem, within?: string) => string {
  const format = useFormat()
  const rhythm = ({ postingRhythm, weekdays, everyNights, fromNight }: PackageItem) => {
    if (postingRhythm === 'WEEKDAYS')
      return format.list((weekdays ?? []).map((one) => format.day(addDays(monday, one - 1), 'weekday')))
    if (postingRhythm === 'EVERY_N')
      return m.packageEvery({ count: everyNights ?? 1, from: format.number(fromNight ?? 1) })
    return rhythmNames[postingRhythm]()
  }
  return (item, within) =>
    [
      ...(item.name === within ? [] : [item.name]),
      format.money(item.amountCents, currency),
      basisNames[item.priceBasis](),
      rhythm(item),
    ].join(' · ')
}

/** Those that can be chosen for these nights: in use, part of no plan, and sold on one of them. */
export const choosable = (all: readonly Package[], from: Day | null, to: Day | null): Package[] =>
  all.filter(
    ({ isActive, ratePlanId, validFrom, validTo }) =>
      isActive &&
      !ratePlanId &&
      (!validFrom || !to || validFrom < to) &&
      (!validTo || !from || validTo > from),
  )

/** Those that every stay at a plan has. */
export const ofPlan = (all: readonly Package[], planId: string | null | undefined): Package[] =>
  all.filter(({ isActive, ratePlanId }) => isActive && !!planId && ratePlanId === planId)
