import { queryOptions } from '@tanstack/react-query'
import { api, dataOf } from '../../api/client'
import type { Day } from '../../kernel/dates'
import type { StoredNight } from '../grid/GridEditor'

/** The row that stands for the whole house, or for all types. */
export const everyone = 'all'

export type Nights = ReadonlyMap<string, StoredNight>

export const nightKey = (typeId: string, date: string): string => `${typeId} ${date}`

export const pricesQuery = (planId: string, start: Day, days: number) =>
  queryOptions({
    queryKey: ['prices', planId, start, days],
    // A map: nothing to share its parts with the one before.
    structuralSharing: false,
    queryFn: async ({ signal }): Promise<Nights> => {
      const params = { path: { id: planId }, query: { start, days } }
      const nights = await dataOf(api.GET('/api/v1/pms/rate-plans/{id}/prices', { params, signal }))
      return new Map(
        nights.map(({ roomTypeId, date, nightlyBaseCents, isDerived }) => {
          const value = nightlyBaseCents ?? null
          return [nightKey(roomTypeId, date), { value, isOwn: value !== null && !isDerived }]
        }),
      )
    },
  })

export const limitsQuery = (propertyId: string, start: Day, days: number) =>
  queryOptions({
    queryKey: ['overbooking-limits', propertyId, start, days],
    structuralSharing: false,
    queryFn: async ({ signal }): Promise<Nights> => {
      const params = { query: { propertyId, start, days } }
      const nights = await dataOf(api.GET('/api/v1/pms/overbooking-limits', { params, signal }))
      return new Map(
        nights.map(({ roomTypeId, date, rooms, isDated }) => [
          nightKey(roomTypeId ?? everyone, date),
          { value: rooms ?? null, isOwn: isDated },
        ]),
      )
    },
  })
