import * as v from 'valibot'
import type { Schemas } from '../api/client'
import type { paths } from '../api/schema'
import { asDay, type Day } from '../kernel/dates'
import { isUlid } from '../kernel/ids'

export type Status = Schemas['Status']
export type Source = Schemas['Source']

export const statuses: readonly Status[] = [
  'HOLD',
  'CONFIRMED',
  'CHECKED_IN',
  'CHECKED_OUT',
  'CANCELLED',
  'NO_SHOW',
]
export const sources: readonly Source[] = ['DIRECT', 'PHONE', 'WALKIN', 'BOOKING_ENGINE', 'OTA']

export type Sort = NonNullable<
  NonNullable<paths['/api/v1/pms/reservations']['get']['parameters']['query']>['sort']
>
const sorts: readonly Sort[] = [
  'ARRIVAL',
  'ARRIVAL_DESC',
  'DEPARTURE',
  'DEPARTURE_DESC',
  'BOOKED',
  'BOOKED_DESC',
]

/** What the desk asks for all day long. */
export const views = ['coming', 'arrivals', 'departures', 'inhouse', 'all'] as const
export type View = (typeof views)[number]

/** Whatever does not belong into the URL is as if it were not there. */
const lenient = <T>(check: (value: unknown) => value is T) =>
  v.fallback(v.optional(v.custom<T>(check)), undefined)
const oneOf = <T extends string>(all: readonly T[]) =>
  lenient((value): value is T => all.includes(value as T))
const aDay = lenient((value): value is Day => typeof value === 'string' && asDay(value) !== undefined)
const text = (most: number) =>
  lenient((value): value is string => typeof value === 'string' && value.length > 0 && value.length <= most)

export const reservationsSearch = v.object({
  view: oneOf(views),
  // The router reads `q=204` as a number.
  q: v.fallback(v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))), undefined),
  status: oneOf(statuses),
  type: lenient((value): value is string => typeof value === 'string' && isUlid(value)),
  source: oneOf(sources),
  room: oneOf(['none', 'some'] as const),
  sort: oneOf(sorts),
  arrivalFrom: aDay,
  arrivalTo: aDay,
  departureFrom: aDay,
  departureTo: aDay,
  /** The cursors of the pages up to this one, joined: so the way back is known, also after a reload. */
  pages: text(8000),
})

export type Filters = v.InferOutput<typeof reservationsSearch>

const dates = ['arrivalFrom', 'arrivalTo', 'departureFrom', 'departureTo'] as const

/** Whoever asks for dates of their own means all stays, not only those of a view. */
export const viewOf = (filters: Filters): View =>
  filters.view ?? (dates.some((name) => filters[name]) ? 'all' : 'coming')

/** Whether anything but the view narrows the list. */
export const isFiltered = (filters: Filters): boolean =>
  [
    filters.q,
    filters.status,
    filters.type,
    filters.source,
    filters.room,
    ...dates.map((d) => filters[d]),
  ].some(Boolean)

/** The filters after a change: the list begins at its first page again. */
export const changed = (filters: Filters, change: Partial<Filters>): Filters => {
  const touchesDates = dates.some((name) => name in change && change[name])
  return { ...filters, ...(touchesDates ? { view: 'all' as const } : {}), ...change, pages: undefined }
}

export interface ListQuery {
  propertyId: string
  q?: string
  status?: Status
  roomTypeId?: string
  sourceType?: Source
  unassigned?: boolean
  arrivalFrom?: Day
  arrivalTo?: Day
  departureFrom?: Day
  departureTo?: Day
  sort?: Sort
}

function viewQuery(view: View, today: Day): Partial<ListQuery> {
  if (view === 'coming') return { departureFrom: today }
  if (view === 'arrivals') return { arrivalFrom: today, arrivalTo: today }
  if (view === 'departures') return { departureFrom: today, departureTo: today }
  return view === 'inhouse' ? { status: 'CHECKED_IN' } : {}
}

/** The question to the API, without the page. */
export function listQuery(filters: Filters, propertyId: string, today: Day): ListQuery {
  const own: Partial<Record<keyof ListQuery, unknown>> = {
    q: filters.q?.trim().slice(0, 200) || undefined,
    status: filters.status,
    roomTypeId: filters.type,
    sourceType: filters.source,
    sort: filters.sort,
    unassigned: filters.room && filters.room === 'none',
    ...Object.fromEntries(dates.map((name) => [name, filters[name]])),
  }
  const asked = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  return { propertyId, ...viewQuery(viewOf(filters), today), ...asked }
}

/** The order as the head of a column shows it. */
export function columnOf(sort: Sort = 'ARRIVAL') {
  const direction = sort.endsWith('_DESC') ? ('descending' as const) : ('ascending' as const)
  return { column: sort.replace('_DESC', '').toLowerCase(), direction }
}

/** By arrival is as usual, and not said. */
export function sortOf({ column, direction }: { column: unknown; direction: string }): Sort | undefined {
  const name = `${String(column).toUpperCase()}${direction === 'descending' ? '_DESC' : ''}`
  return sorts.find((one) => one === name && one !== 'ARRIVAL')
}

export const cursorsOf = (filters: Filters): string[] => (filters.pages ? filters.pages.split('~') : [])
export const pagesAfter = (cursors: readonly string[], next: string): string => [...cursors, next].join('~')
export const pagesBefore = (cursors: readonly string[]): string | undefined =>
  cursors.slice(0, -1).join('~') || undefined
