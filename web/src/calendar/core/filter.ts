/** Which rows a filter leaves, and which bars it lets stand out. */
import type { ChartRoom } from './chart'
import type { Item } from './items'
import type { Model } from './model'
import type { Row } from './rows'
import type { Filters } from './url'

/** The housekeeping mark of a row. */
export function housekeepingOf(room: ChartRoom): string {
  if (room.status === 'VACANT_DIRTY') return 'DIRTY'
  if (room.status !== 'VACANT_CLEAN') return room.status
  return room.isInspected ? 'INSPECTED' : 'CLEAN'
}

/** Rows hidden by a filter or under a closed group. */
export function shownRows(model: Model, filters: Filters, closed: ReadonlySet<string>): readonly Row[] {
  const { types, housekeeping } = filters
  if (types.length === 0 && housekeeping.length === 0 && closed.size === 0) return model.rows
  return model.rows.filter((row) => {
    if (types.length > 0 && !types.includes(row.typeId)) return false
    if (row.kind === 'group') return true
    if (closed.has(row.typeId)) return false
    if (row.kind === 'lane') return true
    const room = model.room(row.roomId)
    return housekeeping.length === 0 || (room !== undefined && housekeeping.includes(housekeepingOf(room)))
  })
}

/** Whether a bar stands back because the filter asks for others. Rows keep their bars: an empty place would lie. */
export function isDimmed(item: Item, filters: Filters): boolean {
  if (filters.statuses.length > 0 && (item.kind !== 'stay' || !filters.statuses.includes(item.status)))
    return true
  const words = folded(filters.text)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return false
  const named =
    item.kind === 'stay' ? folded(`${item.lastName} ${item.firstName} ${item.id}`) : folded(item.reason ?? '')
  return !words.every((word) => named.includes(word))
}

/** Without case and accents: who types “muller” finds Müller. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
}
