/** Finding on the chart: a room by its number, a stay by its guest; the next one with each press of Enter. */
import { api, bodyOf } from '../../api/client'
import { isDimmed } from '../core/filter'
import type { Model } from '../core/model'
import type { Cell } from '../core/state'
import { NO_FILTERS } from '../core/url'

/** Where to go, and which of how many it is. */
export interface Found {
  readonly cell: Cell
  readonly nth: number
  readonly of: number
}

export function findOnChart(model: Model, text: string, after: Cell | null, start: number): Found | null {
  const words = text.trim()
  if (words === '') return null
  const room = model.rows.find(
    (row) => row.kind === 'room' && model.room(row.roomId)?.roomNumber.toLowerCase() === words.toLowerCase(),
  )
  if (room) return { cell: { row: room.id, night: start }, nth: 1, of: 1 }
  const filters = { ...NO_FILTERS, text: words }
  // Who is here on the first night that is seen, then who comes next; who has left comes last.
  const found = model.rows
    .flatMap((row) =>
      model
        .itemsOf(row.id)
        .filter((item) => item.kind === 'stay' && !isDimmed(item, filters))
        .map((item) => ({ row: row.id, night: item.from, isOver: item.to <= start })),
    )
    .sort((a, b) => Number(a.isOver) - Number(b.isOver) || a.night - b.night)
    .map(({ row, night }): Cell => ({ row, night }))
  const present = found.findIndex((cell) => cell.row === after?.row && isOn(model, cell, after))
  const next = (present + 1) % Math.max(1, found.length)
  const cell = found[next]
  return cell ? { cell, nth: next + 1, of: found.length } : null
}

/** Whether the focus lies on the bar that begins at this cell. */
function isOn(model: Model, cell: Cell, focus: Cell): boolean {
  if (focus.night === null || cell.night === null) return false
  const item = model.itemsOf(cell.row).find((one) => one.from === cell.night)
  return item !== undefined && item.from <= focus.night && focus.night < item.to
}

export interface FoundStay {
  readonly id: string
  readonly checkInDate: string
}

/** In all the years of the house: also by confirmation number. */
export async function findInHouse(propertyId: string, q: string): Promise<FoundStay | null> {
  const query = { propertyId, q, limit: 1 }
  const found = await bodyOf(api.GET('/api/v1/pms/reservations', { params: { query } }))
  return found.data[0] ?? null
}
