/** What can be done when a bar is dropped where others are: change rooms with the one that is there, or give those other rooms. */
import { type Action, type Single, seenOf } from './actions'
import { type Bar, type Item, isPiece } from './items'
import type { Model } from './model'
import type { Row } from './rows'
import { inTheWay, isFree, type Reason } from './rules'

export interface Offers {
  readonly swap: Action | null
  readonly displace: Action | null
  /** Who would go where. */
  readonly moves: readonly { readonly bar: Bar; readonly roomId: string }[]
  /** Not all of them find a free room of the type, but may move: when more do, all may have one. */
  readonly mayFit: boolean
}

const isLoose = (bar: Bar) => (bar.status === 'HOLD' || bar.status === 'CONFIRMED') && !isPiece(bar)
const canGo = (bar: Bar) => isLoose(bar) && bar.roomId !== null

export function offersFor(
  model: Model,
  bar: Bar,
  row: Row,
  from: number,
  why: Reason,
  rows: readonly Row[],
): Offers {
  const none: Offers = { swap: null, displace: null, moves: [], mayFit: false }
  if (row.kind !== 'room' || why.code !== 'booked') return none
  const others = why.by.filter((item): item is Bar => item.kind === 'stay')
  if (others.length !== why.by.length) return none
  const moves = displaced(model, bar, row, from, others, rows)
  const own: Single =
    bar.roomId === null && from === bar.from
      ? { kind: 'assign', id: bar.id, roomId: row.roomId }
      : { kind: 'move', id: bar.id, seen: seenOf(bar), roomId: row.roomId, from }
  const steps = moves?.map(
    (move): Single => ({
      kind: 'move',
      id: move.bar.id,
      seen: seenOf(move.bar),
      roomId: move.roomId,
      from: move.bar.from,
    }),
  )
  const isAtHome = moves?.every(({ roomId }) => model.row(roomId)?.typeId === row.typeId)
  return {
    swap: swapOf(model, bar, from, others),
    displace: steps ? { kind: 'all', steps: [...steps, own] } : null,
    moves: moves ?? [],
    mayFit: from === bar.from && !isAtHome && [bar, ...others].every((it) => isLoose(it) && !it.isPinned),
  }
}

/** Each keeps its dates, so only where the dates are not moved as well. */
function swapOf(model: Model, bar: Bar, from: number, others: readonly Bar[]): Action | null {
  const [other, ...more] = others
  if (!other || more.length > 0 || from !== bar.from || !canGo(bar) || !canGo(other)) return null
  const own = [bar.id, other.id]
  if (inTheWay(model, other.roomId as string, bar, own) || inTheWay(model, bar.roomId as string, other, own))
    return null
  return { kind: 'swap', id: bar.id, other: other.id }
}

/** For each a free room, of its own type if there is one, near before far; `null` when one finds none, or must stay. */
function displaced(
  model: Model,
  bar: Bar,
  row: Row,
  from: number,
  others: readonly Bar[],
  rows: readonly Row[],
): { bar: Bar; roomId: string }[] | null {
  const moves: { bar: Bar; roomId: string }[] = []
  const claimed: { roomId: string; item: Pick<Item, 'from' | 'to'> }[] = []
  for (const other of others) {
    if (!canGo(other) || other.isPinned) return null
    const home = rows.findIndex((one) => one.id === other.roomId)
    const rooms = rows
      .map((one, n) => ({ one, rank: (one.typeId === row.typeId ? 0 : rows.length) + Math.abs(n - home) }))
      .filter(({ one }) => one.id !== row.id)
      .sort((a, b) => a.rank - b.rank)
    const isOpen = ({ one }: { one: Row }) => {
      // The room that the bar in hand leaves is free by then only if it leaves before; it leaves last.
      if (!isFree(model, one, other, [other.id])) return false
      const isTarget = one.id === bar.roomId && from < other.to && other.from < from + bar.to - bar.from
      return (
        !isTarget &&
        !claimed.some(({ roomId, item }) => roomId === one.id && item.from < other.to && other.from < item.to)
      )
    }
    const found = rooms.find(isOpen)?.one
    if (found?.kind !== 'room') return null
    claimed.push({ roomId: found.roomId, item: other })
    moves.push({ bar: other, roomId: found.roomId })
  }
  return moves
}
