import type { Day } from '../kernel/dates'
import type { Filters, Sort, Source, Status, View } from './search'
import { sorts } from './search'

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
