/** What of the chart a link carries: where it starts, how many days, and the filters. What is as usual is left out. */
import { dateOf, type Night, realNight } from './days'

export const ZOOMS = [7, 14, 31, 90] as const
export type Zoom = (typeof ZOOMS)[number]

export interface Filters {
  /** Ids. Empty: all. */
  readonly types: readonly string[]
  /** Of stays. */
  readonly statuses: readonly string[]
  /** Of rooms: `CLEAN`, `INSPECTED`, `DIRTY`, `OCCUPIED`, `OUT_OF_ORDER`. */
  readonly housekeeping: readonly string[]
  readonly text: string
}

export interface Place {
  /** `null`: from the property's business date. */
  readonly start: Night | null
  readonly days: Zoom
  readonly filters: Filters
}

export const NO_FILTERS: Filters = { types: [], statuses: [], housekeeping: [], text: '' }
export const STATUSES = ['HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT'] as const
export const HOUSEKEEPING = ['CLEAN', 'INSPECTED', 'DIRTY', 'OCCUPIED', 'OUT_OF_ORDER'] as const
const USUAL_ZOOM: Zoom = 14
const LONGEST_TEXT = 200

/** What a link does not say rightly is as usual: an old or a mistyped link opens the chart. */
export function placeOf(search: Readonly<Record<string, unknown>>): Place {
  const start = realNight(text(search.start))
  const days = Number(text(search.days))
  return {
    start,
    days: ZOOMS.find((zoom) => zoom === days) ?? USUAL_ZOOM,
    filters: {
      types: list(search.type).filter((id) => /^[0-9A-Z]{26}$/.test(id)),
      statuses: list(search.status).filter((status) => (STATUSES as readonly string[]).includes(status)),
      housekeeping: list(search.hk).filter((state) => (HOUSEKEEPING as readonly string[]).includes(state)),
      text: text(search.q).slice(0, LONGEST_TEXT),
    },
  }
}

export function searchOf(place: Place): Record<string, string> {
  const { types, statuses, housekeeping, text: words } = place.filters
  const search: Record<string, string> = {}
  if (place.start !== null) search.start = dateOf(place.start)
  if (place.days !== USUAL_ZOOM) search.days = String(place.days)
  if (types.length > 0) search.type = types.join(',')
  if (statuses.length > 0) search.status = statuses.join(',')
  if (housekeeping.length > 0) search.hk = housekeeping.join(',')
  if (words !== '') search.q = words
  return search
}

/** Routers hand in numbers where a text looks like one. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function list(value: unknown): string[] {
  return [
    ...new Set(
      text(value)
        .split(',')
        .filter((part) => part !== ''),
    ),
  ]
}
