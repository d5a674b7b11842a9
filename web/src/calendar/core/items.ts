import type { ChartBar, ChartBlock, ChartWaiting } from './chart'
import { type Night, nightOf, overlaps, type Span } from './days'

export type Status = 'HOLD' | 'CONFIRMED' | 'CHECKED_IN' | 'CHECKED_OUT' | 'CANCELLED' | 'NO_SHOW'

/** What is true of a whole stay, however many pieces it has. */
export interface StayFacts {
  readonly id: string
  readonly checkIn: Night
  readonly checkOut: Night
  readonly status: Status
  readonly lastName: string
  readonly firstName: string
  readonly adults: number
  readonly children: number
  readonly source: string
  readonly isPinned: boolean
  readonly hasNotes: boolean
  readonly arrivalTime: string | null
  /** What is owed in minor units; 0 when the chart says nothing. */
  readonly balanceCents: number
  readonly version: number
}

/** A bar: nights of a stay in one room, or in the lane of its type while it waits for one. */
export interface Bar extends StayFacts {
  readonly kind: 'stay'
  /** The reservation, and for a piece of a split stay its first night: a bar that moves keeps its element and its focus. */
  readonly key: string
  readonly roomId: string | null
  /** Of the lane, while there is no room. */
  readonly typeId: string | null
  readonly from: Night
  readonly to: Night
}

/** Nights for which a room is not sold. */
export interface Block {
  readonly kind: 'block'
  readonly key: string
  readonly id: string
  readonly roomId: string
  readonly from: Night
  readonly to: Night
  readonly blockType: string
  readonly reason: string | null
  readonly version: number
}

export type Item = Bar | Block

/** Nights in one room; no room while the stay waits. */
export interface Piece extends Span {
  readonly roomId: string | null
}

export function barOf(facts: StayFacts, piece: Piece, typeId: string | null = null): Bar {
  const isWhole = piece.from === facts.checkIn && piece.to === facts.checkOut
  return {
    ...facts,
    kind: 'stay',
    key: isWhole ? facts.id : `${facts.id}@${piece.from}`,
    roomId: piece.roomId,
    typeId: piece.roomId === null ? typeId : null,
    from: piece.from,
    to: piece.to,
  }
}

/** One object, field by field: eight thousand are made of a large house's answer. */
export function barOfChart(bar: ChartBar, roomId: string = bar.roomId): Bar {
  const from = nightOf(bar.startDate)
  const to = nightOf(bar.endDate)
  const checkIn = bar.checkInDate === undefined ? from : nightOf(bar.checkInDate)
  const checkOut = bar.checkOutDate === undefined ? to : nightOf(bar.checkOutDate)
  const { reservationId: id } = bar
  return {
    id,
    checkIn,
    checkOut,
    status: bar.status as Status,
    lastName: bar.lastName,
    firstName: bar.firstName ?? '',
    adults: bar.adults,
    children: bar.children,
    source: bar.sourceType,
    isPinned: bar.isPinned === true,
    hasNotes: bar.hasNotes === true,
    arrivalTime: bar.arrivalTime ?? null,
    balanceCents: bar.balanceCents ?? 0,
    version: bar.version,
    kind: 'stay',
    key: from === checkIn && to === checkOut ? id : `${id}@${from}`,
    roomId,
    typeId: null,
    from,
    to,
  }
}

export function barOfWaiting(waiting: ChartWaiting): Bar {
  const piece = { roomId: '', startDate: waiting.checkInDate, endDate: waiting.checkOutDate }
  return { ...barOfChart({ ...waiting, ...piece }), roomId: null, typeId: waiting.roomTypeId }
}

export function blockOfChart(block: ChartBlock, roomId: string = block.roomId): Block {
  return {
    kind: 'block',
    key: `block:${block.id}`,
    id: block.id,
    roomId,
    from: nightOf(block.startDate),
    to: nightOf(block.endDate),
    blockType: block.blockType,
    reason: block.reason ?? null,
    version: block.version,
  }
}

/** Field by field: an item that says the same keeps its object, and whoever draws it need not look again. */
export function sameItem(a: Item, b: Item): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  for (const field of Object.keys(a) as (keyof Item)[]) if (a[field] !== b[field]) return false
  return true
}

export function sameItems(a: readonly Item[], b: readonly Item[]): boolean {
  return a === b || (a.length === b.length && a.every((item, n) => sameItem(item, b[n] as Item)))
}

export function byStart(a: Item, b: Item): number {
  return a.from - b.from || a.to - b.to || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

export function isTerminal(status: Status): boolean {
  return status === 'CHECKED_OUT' || status === 'CANCELLED' || status === 'NO_SHOW'
}

/** Whether this bar is a part of its stay only. */
export function isPiece(bar: Bar): boolean {
  return bar.from !== bar.checkIn || bar.to !== bar.checkOut
}

/** Nobody can sleep there; house use and holds merely keep the room from sale. */
export function isOutOfOrder(block: Block): boolean {
  return block.blockType === 'OUT_OF_ORDER' || block.blockType === 'MAINTENANCE'
}

/**
 * Overlapping stays of a lane, spread over as few rows as they need. First come, first placed, so that a stay that comes later does
 * not throw the others about.
 */
export function lanesOf<T extends Span>(sorted: readonly T[]): T[][] {
  const lanes: T[][] = []
  for (const stay of sorted) {
    const free = lanes.find((lane) => !overlaps(lane[lane.length - 1] as T, stay))
    if (free) free.push(stay)
    else lanes.push([stay])
  }
  return lanes
}
