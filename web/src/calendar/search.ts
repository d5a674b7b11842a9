import { placeOf, searchOf } from './core/url'

/** What the calendar keeps in its address besides the property. */
export interface CalendarSearch {
  start?: string
  days?: number
  type?: string
  status?: string
  hk?: string
  q?: string
}

/** Numbers as numbers: a router writes a text that looks like one in quotation marks. */
export function calendarSearch(search: Record<string, unknown>): CalendarSearch {
  const { days, ...rest } = searchOf(placeOf(search))
  return { ...rest, ...(days ? { days: Number(days) } : {}) }
}
