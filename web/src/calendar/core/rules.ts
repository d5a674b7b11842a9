/**
 * Whether a bar can be where it is held, and why not: said while it is still in hand. The server judges again with all it knows; these
 * rules must never refuse what it would take.
 */
import { type Action, type Edge, editsOf, type Single, seenOf } from './actions'
import { dateOf, type Night, overlaps, type Span } from './days'
import { type Bar, type Block, type Item, isOutOfOrder, isPiece, isTerminal } from './items'
import { type Facts, type Message, message } from './message'
import type { Model } from './model'
import type { Row } from './rows'

export type Why =
  | 'booked'
  | 'outOfOrder'
  | 'occupied'
  | 'blocked'
  | 'full'
  | 'past'
  | 'tooFar'
  | 'terminal'
  | 'inHouseArrival'
  | 'inHouseRoom'
  | 'inHouseDeparture'
  | 'nothingLeft'
  | 'pieceDates'
  | 'seam'
  | 'tooShort'
  | 'otherType'
  | 'notARoom'
  | 'blockOver'
  | 'blockBegun'
  | 'blockPast'
  | 'notAllowed'
  | 'saving'

export interface Reason {
  readonly code: Why
  readonly facts: Facts
  /** What lies there. */
  readonly by: readonly Item[]
}

/** What must be asked before it is done. */
export type Question = 'inHouse' | 'pinned'

export interface Plan {
  /** `null`: nothing would change, or it cannot be. */
  readonly action: Action | null
  readonly why: Reason | null
  readonly asks: readonly Question[]
}

const FARTHEST_ARRIVAL = 5 * 366

export function reason(code: Why, facts: Facts = {}, by: readonly Item[] = []): Reason {
  return { code, facts, by }
}

export function reasonMessage(why: Reason): Message {
  return message(`calendar.why.${why.code}`, why.facts)
}

const no = (why: Reason): Plan => ({ action: null, why, asks: [] })
const yes = (action: Action | null, asks: readonly Question[] = []): Plan => ({ action, why: null, asks })

/** What is in the way on these nights of a room: out of order before booked, as the server says it. */
export function inTheWay(model: Model, roomId: string, span: Span, own: readonly string[]): Reason | null {
  const by = model.within(roomId, span).filter((item) => !own.includes(item.id))
  const shown = by.find((item): item is Block => item.kind === 'block' && isOutOfOrder(item)) ?? by[0]
  if (!shown) return null
  const where = { room: model.room(roomId)?.roomNumber ?? '', from: dateOf(shown.from), to: dateOf(shown.to) }
  if (shown.kind === 'stay') return reason('booked', { ...where, name: shown.lastName }, by)
  return reason(
    isOutOfOrder(shown) ? 'outOfOrder' : 'blocked',
    { ...where, blockType: shown.blockType, reason: shown.reason ?? '' },
    by,
  )
}

/** What keeps a guest from the room before the day of arrival, on the nights from today that a check-in would add. */
export function earlyFault(model: Model, bar: Bar): Reason | null {
  const first = model.stay(bar.id)[0]
  if (!first || first.roomId === null || first.from !== first.checkIn) return null
  return inTheWay(model, first.roomId, { from: model.businessDate, to: first.from }, [bar.id])
}

/** Whether anything may be done to the places of this stay at all. */
export function untouchable(model: Model, bar: Bar): Reason | null {
  if (isTerminal(bar.status)) return reason('terminal', { status: bar.status, name: bar.lastName })
  if (model.isPending(bar.id)) return reason('saving', { name: bar.lastName })
  return null
}

/** `bar` as it was when it was taken in hand; `from` is where its first night would be. */
export function planMove(model: Model, bar: Bar, row: Row, from: Night): Plan {
  if (isTerminal(bar.status)) return no(reason('terminal', { status: bar.status, name: bar.lastName }))
  if (row.kind === 'group') return no(reason('notARoom'))
  if (row.kind === 'lane') return planLane(model, bar, row.typeId, from)

  const isInHouse = bar.status === 'CHECKED_IN'
  const hasMoved = from !== bar.from
  if (row.roomId === bar.roomId && !hasMoved) return yes(null)
  if (isInHouse && hasMoved) return no(reason('inHouseArrival', { name: bar.lastName }))
  if (isPiece(bar) && hasMoved) return no(reason('pieceDates', { name: bar.lastName }))
  if (isInHouse && bar.to <= model.businessDate) return no(reason('nothingLeft', { name: bar.lastName }))
  const early = hasMoved ? arrivalFault(model, from) : null
  if (early) return no(early)

  const action: Single =
    bar.roomId === null && !hasMoved
      ? { kind: 'assign', id: bar.id, roomId: row.roomId }
      : { kind: 'move', id: bar.id, seen: seenOf(bar), roomId: row.roomId, from }
  const first = from + sleptNights(model, bar)
  const taken = notToBeHad(model, bar, row.roomId, { from: first, to: from + bar.to - bar.from }, action)
  if (taken) return no(taken)
  return yes(action, questions(bar, row.roomId))
}

/** How many nights of this bar a guest in the house has behind: what moves, moves from tonight on. */
export function sleptNights(model: Model, bar: Bar): number {
  const isLeaving = bar.status === 'CHECKED_IN' && bar.to > model.businessDate
  return isLeaving ? Math.max(0, model.businessDate - bar.from) : 0
}

function planLane(model: Model, bar: Bar, typeId: string, from: Night): Plan {
  if (bar.roomId !== null) {
    if (bar.status === 'CHECKED_IN') return no(reason('inHouseRoom', { name: bar.lastName }))
    return yes({ kind: 'unassign', id: bar.id }, questions(bar, null))
  }
  if (typeId !== bar.typeId) return no(reason('otherType', { name: bar.lastName }))
  if (from === bar.from) return yes(null)
  const fault = arrivalFault(model, from)
  if (fault) return no(fault)
  const action: Single = { kind: 'shift', id: bar.id, from }
  const short = full(model, action, bar.id)
  return short ? no(short) : yes(action)
}

export function planResize(model: Model, bar: Bar, edge: Edge, to: Night): Plan {
  const why = edgeFault(bar, edge)
  if (why) return no(why)
  if (to === (edge === 'start' ? bar.from : bar.to)) return yes(null)
  if (edge === 'start' ? to >= bar.to : to <= bar.from) return no(reason('tooShort', { name: bar.lastName }))
  const fault = edge === 'start' ? arrivalFault(model, to) : null
  if (fault) return no(fault)
  if (edge === 'end' && bar.status === 'CHECKED_IN' && to <= model.businessDate) {
    return no(reason('inHouseDeparture', { name: bar.lastName, businessDate: dateOf(model.businessDate) }))
  }
  const action: Single = { kind: 'resize', id: bar.id, edge, seen: seenOf(bar), to }
  const span = edge === 'start' ? { from: to, to: bar.to } : { from: bar.from, to }
  const taken =
    (bar.roomId === null ? null : inTheWay(model, bar.roomId, span, [bar.id])) ?? full(model, action, bar.id)
  if (taken) return no(taken)
  return yes(action, bar.status === 'CHECKED_IN' ? ['inHouse'] : [])
}

/** Which edges can be taken: none of a stay that is over, the right one of a guest in the house, and no seam of a split stay. */
export function edgeFault(bar: Bar, edge: Edge): Reason | null {
  const facts = { name: bar.lastName }
  if (isTerminal(bar.status)) return reason('terminal', { ...facts, status: bar.status })
  if (edge === 'start' ? bar.from !== bar.checkIn : bar.to !== bar.checkOut) return reason('seam', facts)
  if (edge === 'start' && bar.status === 'CHECKED_IN') return reason('inHouseArrival', facts)
  return null
}

/** Why the room cannot be had on these nights of the bar, which it would have by the action. */
function notToBeHad(model: Model, bar: Bar, roomId: string, nights: Span, action: Action): Reason | null {
  const way = inTheWay(model, roomId, nights, [bar.id])
  return notLeft(model, bar, roomId, nights.from, way) ?? way ?? full(model, action, bar.id)
}

/**
 * A guest in the house who changes rooms today needs one that is empty, though it may be free tonight, and though those who lie there later
 * would go elsewhere. With a guest who stays he can change.
 */
function notLeft(model: Model, bar: Bar, roomId: string, first: Night, way: Reason | null): Reason | null {
  const room = model.room(roomId)
  const isNow = bar.status === 'CHECKED_IN' && first === model.businessDate
  if (!isNow || room?.status !== 'OCCUPIED') return null
  const stays = way?.by.some((item) => item.kind === 'stay' && item.status === 'CHECKED_IN')
  return stays ? null : reason('occupied', { room: room.roomNumber })
}

/** From the night `at` on into another room. */
export function planSplit(model: Model, bar: Bar, at: Night, row: Row): Plan {
  if (isTerminal(bar.status)) return no(reason('terminal', { name: bar.lastName, status: bar.status }))
  if (row.kind !== 'room' || bar.roomId === null) return no(reason('notARoom'))
  const nights = splitNights(model, bar)
  if (at < nights.from || at >= nights.to) return no(reason('tooShort', { name: bar.lastName }))
  if (row.roomId === bar.roomId) return yes(null)
  const action: Single = { kind: 'split', id: bar.id, at, roomId: row.roomId }
  const taken = notToBeHad(model, bar, row.roomId, { from: at, to: bar.checkOut }, action)
  return taken ? no(taken) : yes(action, questions(bar, row.roomId))
}

/** On which nights the second part can begin. Empty for one night. */
export function splitNights(model: Model, bar: Bar): Span {
  const first = Math.max(bar.from, bar.checkIn + 1)
  return { from: bar.status === 'CHECKED_IN' ? Math.max(first, model.businessDate) : first, to: bar.to }
}

/** Why nothing can be begun on these nights of a row. */
export function planRange(model: Model, row: Row, span: Span): Reason | null {
  if (row.kind === 'group') return reason('notARoom')
  if (span.from < model.businessDate) return reason('past', { businessDate: dateOf(model.businessDate) })
  return row.kind === 'room' ? inTheWay(model, row.roomId, span, []) : null
}

/** The nights around `anchor` up to `head` that are free: a range stops at what lies in its way, and at today. */
export function freeRange(model: Model, row: Row, anchor: Night, head: Night): Span {
  let from = Math.max(Math.min(anchor, head), Math.min(anchor, model.businessDate))
  let to = Math.max(anchor, head) + 1
  if (row.kind !== 'room') return { from, to }
  for (const item of model.within(row.id, { from, to })) {
    if (item.to <= anchor) from = Math.max(from, item.to)
    else if (item.from > anchor) to = Math.min(to, item.from)
  }
  return { from, to }
}

/** Whether a bar could go into this row as its dates are: rows where it cannot are dimmed while it is in hand. */
export function fits(model: Model, bar: Bar, row: Row, from: Night = bar.from): boolean {
  if (row.kind === 'group') return false
  return planMove(model, bar, row, from).why === null
}

export function isFree(model: Model, row: Row, span: Span, own: readonly string[] = []): boolean {
  return row.kind === 'room' && inTheWay(model, row.roomId, span, own) === null
}

function questions(bar: Bar, roomId: string | null): Question[] {
  const asks: Question[] = []
  if (bar.status === 'CHECKED_IN') asks.push('inHouse')
  if (bar.isPinned && roomId !== bar.roomId) asks.push('pinned')
  return asks
}

function arrivalFault(model: Model, from: Night): Reason | null {
  const facts = { businessDate: dateOf(model.businessDate) }
  if (from < model.businessDate) return reason('past', facts)
  return from - model.businessDate > FARTHEST_ARRIVAL ? reason('tooFar', facts) : null
}

/** A type can be sold out while a room of it is still empty: somebody waits for that room. */
function full(model: Model, action: Action, id: string): Reason | null {
  const before = model.stay(id)
  const after = editsOf(action, model).find((edit) => edit.id === id)?.items ?? []
  const typeOn = (items: readonly Item[], night: Night): string | null => {
    const item = items.find((one) => overlaps(one, { from: night, to: night + 1 }))
    if (!item) return null
    return item.roomId === null
      ? item.kind === 'stay'
        ? item.typeId
        : null
      : (model.room(item.roomId)?.roomTypeId ?? null)
  }
  for (const item of after) {
    for (let night = item.from; night < item.to; night += 1) {
      const type = typeOn(after, night)
      // Sums that are not of now refuse nothing.
      const left = type === null || !model.isSummed(night) ? undefined : model.total(night)?.byType[type]
      if (type === null || left === undefined || left >= 1 || typeOn(before, night) === type) continue
      return reason('full', { type: model.type(type)?.name ?? '', date: dateOf(night) })
    }
  }
  return null
}

/** Whether this room must be asked about before a guest goes in. */
export function isUnready(model: Model, bar: Bar): boolean {
  const room = bar.roomId === null ? undefined : model.room(bar.roomId)
  return room !== undefined && !isPiece(bar) && room.status === 'VACANT_DIRTY'
}
