/**
 * Everything that a person can do to the house, as data. Mouse, touch, keyboard, menu and undo all make these and nothing else; an
 * action says how the chart looks before the server has answered. Versions are no part of it: they are what was seen, and change.
 */
import type { Night, Span } from './days'
import { type Bar, barOf, type Piece, type Status, type StayFacts } from './items'
import type { Model } from './model'
import { movedFrom, pieceMoved, stretched } from './pieces'
import type { Edit } from './told'

export type Edge = 'start' | 'end'
/** No room: it waits for one. */
export interface Place {
  readonly roomId: string | null
  readonly overrideWishes?: boolean
}
/** Why a room is not sold. */
export type BlockType = 'OUT_OF_ORDER' | 'MAINTENANCE' | 'HOUSE_USE' | 'HOLD'

export type Single =
  | { kind: 'move'; id: string; seen: Piece; roomId: string; from: Night }
  /** Other dates, while it waits for a room or stays in its rooms. */
  | { kind: 'shift'; id: string; from: Night }
  /** The whole stay into one room, whatever pieces it had. */
  | { kind: 'changeRoom'; id: string; roomId: string }
  | { kind: 'resize'; id: string; edge: Edge; seen: Piece; to: Night }
  | { kind: 'assign'; id: string; roomId: string | null }
  | { kind: 'unassign'; id: string }
  | { kind: 'split'; id: string; at: Night; roomId: string }
  | { kind: 'swap'; id: string; other: string }
  /** All of them in one request or none; `id` is one of them. */
  | { kind: 'plan'; id: string; moves: readonly { id: string; to: Place; was: Place }[] }
  | { kind: 'pin'; id: string; isPinned: boolean }
  /** What the team should know; `was` is what stood there. */
  | { kind: 'note'; id: string; text: string | null; was: string | null }
  | { kind: 'confirm'; id: string }
  | { kind: 'checkIn'; id: string; roomId?: string; overrideDirty?: boolean; addNights?: boolean }
  | { kind: 'checkOut'; id: string; acceptBalance?: boolean }
  | { kind: 'undoCheckIn'; id: string }
  | { kind: 'undoCheckOut'; id: string }
  | { kind: 'cancel'; id: string; reason: string | null; waiveFee?: boolean }
  | { kind: 'noShow'; id: string; reason: string | null }
  | { kind: 'reinstate'; id: string; roomId: string | null; reason: string }
  /** `body` is what the drawer collected, as the API takes it; `id` is made when the drawer opens, so a second click books nothing. */
  | { kind: 'book'; id: string; body: Readonly<Record<string, unknown>> }
  /** `id` is a name until the server gives one. */
  | ({ kind: 'block'; id: string; roomId: string; blockType: BlockType; reason: string | null } & Span)
  | { kind: 'changeBlock'; id: string; from?: Night; to?: Night; reason?: string | null }
  | { kind: 'unblock'; id: string }
  | {
      kind: 'roomStatus'
      id: string
      status: 'VACANT_CLEAN' | 'VACANT_DIRTY'
      isInspected?: boolean
      note?: string
    }
  /** What may be sold, as the API takes it. It is of no stay, and of two who set the same the later has it. */
  | { kind: 'restrict'; id: 'restrictions'; changes: readonly Readonly<Record<string, unknown>>[] }

/** One after the other; when a later one is refused, the earlier ones are taken back. */
export type Action = Single | { kind: 'all'; steps: readonly Single[] }

export function stepsOf(action: Action): readonly Single[] {
  return action.kind === 'all' ? action.steps : [action]
}

/** Whose versions must be as seen. A booking and a block are not there yet, and restrictions have none. */
export function subjectsOf(action: Action): string[] {
  const ids = stepsOf(action).flatMap((step) => {
    if (step.kind === 'book' || step.kind === 'block' || step.kind === 'restrict') return []
    if (step.kind === 'plan') return step.moves.map((move) => move.id)
    return step.kind === 'swap' ? [step.id, step.other] : [step.id]
  })
  return [...new Set(ids)]
}

/** What is made again has another name: blocks alone are. */
export function renamed(action: Action, ids: Readonly<Record<string, string>>): Action {
  const single = (step: Single): Single =>
    step.kind === 'restrict' ? step : { ...step, id: ids[step.id] ?? step.id }
  return action.kind === 'all' ? { kind: 'all', steps: action.steps.map(single) } : single(action)
}

/** How things look as soon as it is done, until the server says how they are. */
export function editsOf(action: Action, model: Model): Edit[] {
  const edits = new Map<string, Edit>()
  const look = (id: string): readonly Bar[] => {
    const items = edits.get(id)?.items
    return items ? items.filter((item): item is Bar => item.kind === 'stay') : model.stay(id)
  }
  for (const step of stepsOf(action))
    for (const edit of stepEdits(step, model, look)) edits.set(edit.id, edit)
  return [...edits.values()]
}

function stepEdits(step: Single, model: Model, look: (id: string) => readonly Bar[]): Edit[] {
  switch (step.kind) {
    case 'book':
    case 'restrict':
      return []
    case 'block': {
      const { id, roomId, from, to, blockType, reason } = step
      return [
        {
          id,
          items: [{ kind: 'block', key: `block:${id}`, id, roomId, from, to, blockType, reason, version: 0 }],
        },
      ]
    }
    case 'unblock':
      return [{ id: step.id, items: [] }]
    case 'changeBlock': {
      const block = model.item(`block:${step.id}`)
      if (block?.kind !== 'block') return []
      const reason = step.reason === undefined ? block.reason : step.reason
      return [
        {
          id: step.id,
          items: [{ ...block, from: step.from ?? block.from, to: step.to ?? block.to, reason }],
        },
      ]
    }
    case 'roomStatus': {
      const isInspected =
        step.status === 'VACANT_CLEAN' && (step.isInspected ?? model.room(step.id)?.isInspected ?? false)
      return [{ id: step.id, room: { status: step.status, isInspected } }]
    }
    case 'swap': {
      const [a, b] = [look(step.id)[0], look(step.other)[0]]
      if (!a || !b) return []
      return [inPieces(a, [{ ...a, roomId: b.roomId }]), inPieces(b, [{ ...b, roomId: a.roomId }])]
    }
    case 'plan':
      return step.moves.flatMap(({ id, to: { roomId } }) =>
        stepEdits(roomId === null ? { kind: 'unassign', id } : { kind: 'assign', id, roomId }, model, look),
      )
    default: {
      const bars = look(step.id)
      const first = bars[0]
      return first ? [stayEdit(step, first, bars, model)] : []
    }
  }
}

function stayEdit(step: Single, first: Bar, bars: readonly Bar[], model: Model): Edit {
  const pieces = bars.map(({ roomId, from, to }) => ({ roomId, from, to }))
  const stay = { from: first.checkIn, to: first.checkOut }
  const becomes = (status: Status): Edit => inPieces(first, pieces, { status })
  switch (step.kind) {
    case 'move':
      return moved(step, first, pieces, model)
    case 'changeRoom':
      return first.status === 'CHECKED_IN'
        ? inPieces(first, movedFrom(pieces, stay, Math.max(model.businessDate, stay.from), step.roomId))
        : inPieces(first, [{ roomId: step.roomId, ...stay }])
    case 'shift': {
      const by = step.from - first.checkIn
      const shifted = pieces.map((p) => ({ ...p, from: p.from + by, to: p.to + by }))
      return inPieces(first, shifted, { checkIn: stay.from + by, checkOut: stay.to + by })
    }
    case 'resize': {
      const after = step.edge === 'start' ? { from: step.to, to: stay.to } : { from: stay.from, to: step.to }
      return inPieces(first, stretched(pieces, after), { checkIn: after.from, checkOut: after.to })
    }
    case 'split':
      return inPieces(first, movedFrom(pieces, stay, step.at, step.roomId))
    case 'assign':
      return inPieces(first, step.roomId === null ? pieces : [{ roomId: step.roomId, ...stay }])
    case 'unassign': {
      const typeId = first.roomId === null ? first.typeId : (model.room(first.roomId)?.roomTypeId ?? null)
      return { id: first.id, items: [barOf(factsOf(first), { roomId: null, ...stay }, typeId)] }
    }
    case 'pin':
      return inPieces(first, pieces, { isPinned: step.isPinned })
    case 'cancel':
    case 'noShow':
      return { id: first.id, items: [] }
    case 'note':
      return inPieces(first, pieces, { hasNotes: step.text !== null })
    case 'checkIn': {
      if (!step.addNights) return becomes('CHECKED_IN')
      const early = { from: Math.min(stay.from, model.businessDate), to: stay.to }
      return inPieces(first, stretched(pieces, early), { checkIn: early.from, status: 'CHECKED_IN' })
    }
    case 'undoCheckOut':
      return becomes('CHECKED_IN')
    case 'checkOut':
      return becomes('CHECKED_OUT')
    default:
      return becomes('CONFIRMED')
  }
}

function moved(
  step: Extract<Single, { kind: 'move' }>,
  first: Bar,
  pieces: readonly Piece[],
  model: Model,
): Edit {
  const { seen, roomId, from } = step
  const isWhole = seen.from === first.checkIn && seen.to === first.checkOut
  const today = first.status === 'CHECKED_IN' ? model.businessDate : Number.NEGATIVE_INFINITY
  if (!isWhole) return inPieces(first, pieceMoved(pieces, seen, roomId, today))
  if (first.status === 'CHECKED_IN') {
    return inPieces(
      first,
      movedFrom(pieces, { from: first.checkIn, to: first.checkOut }, Math.max(today, first.checkIn), roomId),
    )
  }
  const to = from + seen.to - seen.from
  return inPieces(first, [{ roomId, from, to }], { checkIn: from, checkOut: to })
}

function inPieces(bar: Bar, pieces: readonly Piece[], change: Partial<StayFacts> = {}): Edit {
  const facts = { ...factsOf(bar), ...change }
  return { id: bar.id, items: pieces.map((piece) => barOf(facts, piece, bar.typeId)) }
}

function factsOf(bar: Bar): StayFacts {
  const { kind: _kind, key: _key, roomId: _room, typeId: _type, from: _from, to: _to, ...facts } = bar
  return facts
}

/** Where a bar was when it was taken in hand. */
export function seenOf(bar: Bar): Piece {
  return { roomId: bar.roomId, from: bar.from, to: bar.to }
}
