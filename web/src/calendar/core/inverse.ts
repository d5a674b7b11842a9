/** What takes an action back: found from how things were and how they are, so that undo restores what was, not what it believes. */
import type { Action, Single } from './actions'
import type { Night } from './days'
import type { Bar, Block, Item, Piece } from './items'
import { joined, movedFrom, pieceMoved, roomOn, samePieces, stretched } from './pieces'

/** How a stay lies. */
export interface Lie {
  readonly checkIn: Night
  readonly checkOut: Night
  readonly pieces: readonly Piece[]
}

/** `null` when a piece of it lies outside of what is loaded: who does not know where it was cannot put it back. */
export function lieOf(bars: readonly Bar[]): Lie | null {
  const first = bars[0]
  if (!first) return null
  const ends = [...bars.map((bar) => bar.from), first.checkOut]
  if (first.from !== first.checkIn || bars.some((bar, n) => bar.to !== ends[n + 1])) return null
  return {
    checkIn: first.checkIn,
    checkOut: first.checkOut,
    pieces: bars.map(({ roomId, from, to }) => ({ roomId, from, to })),
  }
}

const isSplit = (lie: Lie) => lie.pieces.length > 1
const roomless = (lie: Lie) => lie.pieces.every((piece) => piece.roomId === null)

/** The steps that lead from `now` back to `then`, fewest and safest first; `null` when there is no way. */
export function wayBack(id: string, now: Lie, then: Lie): Single[] | null {
  const sameDates = now.checkIn === then.checkIn && now.checkOut === then.checkOut
  if (sameDates && samePieces(now.pieces, then.pieces)) return []
  if (roomless(then)) return roomless(now) ? wayOfDates(id, now, then) : unassigned(id, now, then)
  if (sameDates) return wayOfRooms(id, now, then)
  const [seen, target] = [now.pieces[0], then.pieces[0]]
  if (seen && target?.roomId && !isSplit(now) && !isSplit(then) && lengthOf(now) === lengthOf(then)) {
    return [{ kind: 'move', id, seen, roomId: target.roomId, from: then.checkIn }]
  }
  const dates = wayOfDates(id, now, then)
  if (!dates) return null
  const between: Lie = {
    checkIn: then.checkIn,
    checkOut: then.checkOut,
    pieces:
      lengthOf(now) === lengthOf(then)
        ? shifted(now, then.checkIn)
        : joined(stretched(now.pieces, { from: then.checkIn, to: then.checkOut })),
  }
  const rooms = samePieces(between.pieces, then.pieces) ? [] : wayOfRooms(id, between, then)
  return rooms && [...dates, ...rooms]
}

const lengthOf = (lie: Lie) => lie.checkOut - lie.checkIn

function shifted(lie: Lie, from: Night): Piece[] {
  const by = from - lie.checkIn
  return lie.pieces.map((piece) => ({ ...piece, from: piece.from + by, to: piece.to + by }))
}

function unassigned(id: string, now: Lie, then: Lie): Single[] | null {
  const dates = wayOfDates(
    id,
    { ...now, pieces: [{ roomId: null, from: now.checkIn, to: now.checkOut }] },
    then,
  )
  return dates && [{ kind: 'unassign', id }, ...dates]
}

function wayOfDates(id: string, now: Lie, then: Lie): Single[] | null {
  if (now.checkIn === then.checkIn && now.checkOut === then.checkOut) return []
  if (lengthOf(now) === lengthOf(then)) return [{ kind: 'shift', id, from: then.checkIn }]
  const [first, last] = [now.pieces[0], now.pieces[now.pieces.length - 1]]
  if (!first || !last) return null
  const steps: Single[] = []
  if (now.checkOut !== then.checkOut)
    steps.push({ kind: 'resize', id, edge: 'end', seen: last, to: then.checkOut })
  if (now.checkIn !== then.checkIn) {
    const kept = joined(stretched(now.pieces, { from: now.checkIn, to: then.checkOut }))[0]
    if (!kept) return null
    steps.push({ kind: 'resize', id, edge: 'start', seen: kept, to: then.checkIn })
  }
  return steps
}

/** One piece back if that is all; else night by night from the first that differs, with a split at each seam. */
function wayOfRooms(id: string, now: Lie, then: Lie): Single[] | null {
  const stay = { from: now.checkIn, to: now.checkOut }
  if (roomless(now)) {
    const roomId = then.pieces[0]?.roomId
    if (!roomId) return null
    const rest = isSplit(then) ? wayOfRooms(id, { ...now, pieces: [{ roomId, ...stay }] }, then) : []
    return rest && [{ kind: 'assign', id, roomId }, ...rest]
  }
  for (const piece of now.pieces) {
    const roomId = roomOn(then.pieces, piece.from)
    if (!roomId || roomId === piece.roomId) continue
    const after = isSplit(now)
      ? pieceMoved(now.pieces, piece, roomId, Number.NEGATIVE_INFINITY)
      : [{ ...piece, roomId }]
    if (samePieces(after, then.pieces)) return [{ kind: 'move', id, seen: piece, roomId, from: piece.from }]
  }
  const steps: Single[] = []
  let pieces: readonly Piece[] = now.pieces
  for (const { from, roomId } of then.pieces) {
    if (roomId === null) return null
    const isThere = pieces.some(
      (p) => p.roomId === roomId && p.from <= from && from < p.to && p.to === stay.to,
    )
    const isLast = then.pieces[then.pieces.length - 1]?.from === from
    if (isThere || (!isLast && roomOn(pieces, from) === roomId)) continue
    steps.push(
      from === stay.from ? { kind: 'changeRoom', id, roomId } : { kind: 'split', id, at: from, roomId },
    )
    pieces = from === stay.from ? [{ roomId, ...stay }] : movedFrom(pieces, stay, from, roomId)
  }
  return samePieces(pieces, then.pieces) ? steps : null
}

/** How the subjects of an action were before it, or are after it. */
export type Snapshot = ReadonlyMap<string, readonly Item[]>

export interface RoomBefore {
  readonly status: string
  readonly isInspected: boolean
}

/** `null`: what was done cannot be taken back from the chart. `why` is the reason that a reinstatement states. */
export function inverseOf(
  action: Action,
  before: Snapshot,
  after: Snapshot,
  rooms: ReadonlyMap<string, RoomBefore>,
  why: string,
): Action | null {
  const steps = action.kind === 'all' ? action.steps : [action]
  const ids = [
    ...new Set(steps.flatMap((step) => (step.kind === 'swap' ? [step.id, step.other] : [step.id]))),
  ].reverse()
  const single = steps.length === 1 ? steps[0] : undefined
  if (single?.kind === 'swap') return single
  const back: Single[] = []
  for (const id of ids) {
    const own = steps.filter((step) => step.id === id)
    const step = own[own.length - 1]
    const steps_ = step && backOf(step, before.get(id) ?? [], after.get(id) ?? [], rooms.get(id), why)
    if (!steps_) return null
    back.push(...steps_)
  }
  const [only, ...more] = back
  if (!only) return null
  return more.length === 0 ? only : { kind: 'all', steps: back }
}

function backOf(
  step: Single,
  before: readonly Item[],
  after: readonly Item[],
  room: RoomBefore | undefined,
  why: string,
): Single[] | null {
  const id = step.id
  switch (step.kind) {
    case 'pin':
      return [{ kind: 'pin', id, isPinned: !step.isPinned }]
    case 'plan':
      return [{ ...step, moves: step.moves.map((move) => ({ ...move, to: move.was, was: move.to })) }]
    case 'note':
      return [{ kind: 'note', id, text: step.was, was: step.text }]
    case 'checkIn':
      return [{ kind: 'undoCheckIn', id }]
    case 'checkOut':
      return [{ kind: 'undoCheckOut', id }]
    case 'undoCheckIn':
      return [{ kind: 'checkIn', id, overrideDirty: true }]
    case 'undoCheckOut':
      return [{ kind: 'checkOut', id, acceptBalance: true }]
    case 'cancel':
    case 'noShow': {
      const bars = barsIn(before)
      const [first] = bars
      // A hold that was cancelled would come back confirmed, and a split stay in one room.
      return first && first.status === 'CONFIRMED' && bars.length === 1
        ? [{ kind: 'reinstate', id, roomId: first.roomId, reason: why }]
        : null
    }
    case 'book':
      // No guest cancels: nobody owes a fee for what the desk takes back.
      return [{ kind: 'cancel', id, reason: why, waiveFee: true }]
    case 'reinstate':
      return [{ kind: 'cancel', id, reason: why }]
    case 'confirm':
      return null
    case 'roomStatus':
      if (room?.status !== 'VACANT_CLEAN' && room?.status !== 'VACANT_DIRTY') return null
      return [{ kind: 'roomStatus', id, status: room.status, isInspected: room.isInspected }]
    case 'block':
      return [{ kind: 'unblock', id }]
    case 'unblock':
    case 'changeBlock':
      return blockBack(before.find(isBlock), after.find(isBlock))
    default: {
      const [now, then] = [lieOf(barsIn(after)), lieOf(barsIn(before))]
      return now && then && wayBack(id, now, then)
    }
  }
}

function blockBack(was: Block | undefined, is: Block | undefined): Single[] | null {
  if (!was) return null
  const { id, roomId, from, to, reason } = was
  const blockType = was.blockType as Extract<Single, { kind: 'block' }>['blockType']
  if (!is) return [{ kind: 'block', id, roomId, from, to, blockType, reason }]
  return [
    {
      kind: 'changeBlock',
      id,
      ...(is.from === from ? {} : { from }),
      ...(is.to === to ? {} : { to }),
      ...(is.reason === reason ? {} : { reason }),
    },
  ]
}

const isBlock = (item: Item): item is Block => item.kind === 'block'
const barsIn = (items: readonly Item[]) => items.filter((item): item is Bar => item.kind === 'stay')
