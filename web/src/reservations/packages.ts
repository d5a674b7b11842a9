import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, type Schemas } from '../api/client'
import { whole } from '../api/whole'
import type { Day } from '../kernel/dates'
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

const namesOf = ({ name, items }: Pick<Package, 'name' | 'items'>) =>
  [name, ...items.map((item) => item.name)].map((one) => one.trim().toLowerCase())

/** Whether what is chosen would be sold twice: one of these has the same. */
export const isAmong = (
  chosen: Pick<Package, 'name' | 'items'>,
  others: readonly Pick<Package, 'name' | 'items'>[],
) => {
  const names = new Set(others.flatMap(namesOf))
  return namesOf(chosen).some((name) => names.has(name))
}

export interface PackageSum {
  id: string
  name: string
  amountCents: number
  isIncluded: boolean
}

/** What each part costs over all nights, in the order in which they are told; with the taxes in its price, as nights are told. */
export function packageSums(lines: Schemas['Quote']['packages']): PackageSum[] {
  const sums = new Map<string, PackageSum>()
  for (const { itemId: id, name, amountCents, isIncluded, taxes } of lines) {
    const within = taxes.reduce((sum, tax) => sum + (tax.isInclusive ? tax.amountCents : 0), 0)
    const before = sums.get(id)?.amountCents ?? 0
    sums.set(id, { id, name, amountCents: before + amountCents + within, isIncluded })
  }
  return [...sums.values()]
}

/** Those that come on top of the nights: what is in their price is no cost of its own. */
export const sumsOnTop = (lines: Schemas['Quote']['packages']): PackageSum[] =>
  packageSums(lines).filter(({ isIncluded }) => !isIncluded)
