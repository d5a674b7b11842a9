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
export const sorts: readonly Sort[] = [
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
const oneOf = <T extends string>(all: readonly T[]) => v.fallback(v.optional(v.picklist(all)), undefined)
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
