import * as v from 'valibot'
import { asDay } from '../kernel/dates'

export const reportNames = [
  'flash',
  'occupancy',
  'pickUp',
  'forecast',
  'movements',
  'ledgers',
  'payments',
  'taxes',
  'noShows',
  'housekeeping',
  'audit',
] as const
export type ReportName = (typeof reportNames)[number]
/** What the audit is narrowed to. */
export const audited = [
  'RESERVATION',
  'FOLIO',
  'PAYMENT_INTENT',
  'GUEST',
  'ROOM',
  'ROOM_BLOCK',
  'ROOM_TYPE',
  'RATE_PLAN',
  'TAX_RULE',
  'POLICY',
  'PROPERTY',
  'DAY_CLOSE',
] as const
export type Audited = (typeof audited)[number]
export const movements = ['ARRIVAL', 'DEPARTURE', 'IN_HOUSE'] as const
export type Movement = (typeof movements)[number]
export const groupings = ['DAY', 'MONTH', 'TYPE', 'SOURCE', 'SEGMENT'] as const
export type Grouping = (typeof groupings)[number]

const isDay = (text: string) => asDay(text) !== undefined
const dayInUrl = v.fallback(v.optional(v.pipe(v.string(), v.check(isDay))), undefined)

/** What the page shows stands in the URL. Whatever does not belong there is as if it were not there. */
export const reportsSearch = v.object({
  report: v.fallback(v.optional(v.picklist(reportNames)), undefined),
  by: v.fallback(v.optional(v.picklist(groupings)), undefined),
  kind: v.fallback(v.optional(v.picklist(audited)), undefined),
  movement: v.fallback(v.optional(v.picklist(movements)), undefined),
  date: dayInUrl,
  from: dayInUrl,
  to: dayInUrl,
  since: dayInUrl,
})
export type ReportsSearch = v.InferOutput<typeof reportsSearch>
