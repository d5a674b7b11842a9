import type { ChartRoom, ChartType } from './chart'

export type RowId = string

/**
 * A row of the chart. A group is the head of its type; a lane holds stays that wait for a room of the type, and there is always one,
 * so that a stay can be put back.
 */
export type Row =
  | { readonly kind: 'group'; readonly id: RowId; readonly typeId: string }
  | { readonly kind: 'lane'; readonly id: RowId; readonly typeId: string; readonly lane: number }
  | { readonly kind: 'room'; readonly id: RowId; readonly typeId: string; readonly roomId: string }

export function groupRowId(typeId: string): RowId {
  return `type:${typeId}`
}

export function laneRowId(typeId: string, lane: number): RowId {
  return `lane:${typeId}:${lane}`
}

const byName = new Intl.Collator('en', { numeric: true })

/** Names of rooms with numbers in them, as a person would order them. Most are numbers alone, which is known a hundred times faster. */
function inOrder(rooms: readonly ChartRoom[]): ChartRoom[] {
  const named = rooms.map((room) => ({
    room,
    number: isNumber.test(room.roomNumber) ? +room.roomNumber : Number.NaN,
  }))
  named.sort(
    (a, b) =>
      a.number - b.number ||
      byName.compare(a.room.roomNumber, b.room.roomNumber) ||
      (a.room.id < b.room.id ? -1 : 1),
  )
  return named.map(({ room }) => room)
}
const isNumber = /^\d{1,15}$/

export function rowsOf(
  types: readonly ChartType[],
  rooms: Iterable<ChartRoom>,
  lanes: (typeId: string) => number,
): readonly Row[] {
  const byType = new Map<string, ChartRoom[]>(types.map((type) => [type.id, []]))
  for (const room of rooms) byType.get(room.roomTypeId)?.push(room)
  return types.flatMap((type): Row[] => {
    const sorted = inOrder(byType.get(type.id) ?? [])
    const waiting = Array.from({ length: Math.max(1, lanes(type.id)) }, (_, lane): Row => {
      return { kind: 'lane', id: laneRowId(type.id, lane), typeId: type.id, lane }
    })
    return [
      { kind: 'group', id: groupRowId(type.id), typeId: type.id },
      ...waiting,
      ...sorted.map((room): Row => ({ kind: 'room', id: room.id, typeId: type.id, roomId: room.id })),
    ]
  })
}

export function sameRows(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, n) => row.id === b[n]?.id && row.typeId === b[n]?.typeId)
}
