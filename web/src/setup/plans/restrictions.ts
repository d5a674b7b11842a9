import { queryOptions } from '@tanstack/react-query'
import { api, dataOf, type Schemas } from '../../api/client'
import { addDays, type Day, day } from '../../kernel/dates'
import { everyone, type Nights, nightKey } from './gridQueries'

export type RestrictionField = keyof Schemas['Restraints']

interface FieldKind {
  /** Yes or no; the others count nights or days. */
  isFlag: boolean
  least: number
  most: number
}

const flag: FieldKind = { isFlag: true, least: 0, most: 1 }
const nights: FieldKind = { isFlag: false, least: 1, most: 731 }
const ahead: FieldKind = { isFlag: false, least: 0, most: 1830 }

export const restrictionFields: Record<RestrictionField, FieldKind> = {
  isClosed: flag,
  closedToArrival: flag,
  closedToDeparture: flag,
  minStayArrival: nights,
  maxStayArrival: nights,
  minStayThrough: nights,
  maxStayThrough: nights,
  minAdvanceDays: ahead,
  maxAdvanceDays: ahead,
}

/** Rule by rule what counts on each date for all types and each, and whether that is said there or comes from a broader one. */
export const restrictionsQuery = (propertyId: string, planId: string | null, start: Day, days: number) =>
  queryOptions({
    queryKey: ['restrictions', propertyId, planId, start, days],
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const query = { propertyId, start, days, ...(planId ? { ratePlanId: planId } : {}) }
      const grid = await dataOf(api.GET('/api/v1/pms/restrictions', { params: { query }, signal }))
      return byField(grid.filter((row) => (row.ratePlanId ?? null) === planId))
    },
  })

type Row = Pick<Schemas['RestrictionRow'], 'roomTypeId' | 'own' | 'merged'>

export function byField(rows: readonly Row[]): ReadonlyMap<RestrictionField, Nights> {
  const all = new Map<RestrictionField, Map<string, { value: number | null; isOwn: boolean }>>()
  for (const { roomTypeId, own, merged } of rows) {
    // What is said here is laid over what counts: it is the same value, and one's own.
    for (const [ranges, isOwn] of [[merged, false] as const, [own, true] as const]) {
      for (const { startDate, endDate, set } of ranges) {
        for (const [field, value] of Object.entries(set)) {
          if (value === null || value === undefined) continue
          const cells = all.get(field as RestrictionField) ?? new Map()
          all.set(field as RestrictionField, cells)
          for (let date = day(startDate); date < endDate; date = addDays(date, 1)) {
            cells.set(nightKey(roomTypeId ?? everyone, date), { value: Number(value), isOwn })
          }
        }
      }
    }
  }
  return all
}
