/** What the server's answers to writes say of stays, blocks and rooms. */
import { type Night, nightOf } from './days'
import { type Bar, barOf, type Item, type Status, type StayFacts } from './items'
import type { Told } from './told'

/** A `Booking` of the API, as far as it is drawn. */
export interface BookingAnswer {
  id: string
  roomTypeId: string
  checkInDate: string
  checkOutDate: string
  status: string
  primaryGuestJson: { lastName: string; firstName?: string }
  adults: number
  children: number
  sourceType: string
  isPinned?: boolean
  warnings?: readonly { code: string }[]
  internalNotes?: string | null
  guestNotes?: string | null
  arrivalTime?: string | null
  version: number
  rooms: readonly { roomId: string; from: string; to: string }[]
}

export interface BlockAnswer {
  id: string
  roomId: string
  startDate: string
  endDate: string
  blockType: string
  reason?: string | null
  version: number
}

export interface RoomAnswer {
  id: string
  status: string
  isInspected: boolean
  version: number
}

/** `known`: what the chart showed, for what a booking does not say: its balance. */
export function toldOfBooking(booking: BookingAnswer, known: readonly Bar[]): Told {
  const facts: StayFacts = {
    id: booking.id,
    checkIn: nightOf(booking.checkInDate),
    checkOut: nightOf(booking.checkOutDate),
    status: booking.status as Status,
    lastName: booking.primaryGuestJson.lastName,
    firstName: booking.primaryGuestJson.firstName ?? '',
    adults: booking.adults,
    children: booking.children,
    source: booking.sourceType,
    isPinned: booking.isPinned === true,
    hasNotes: Boolean(booking.internalNotes ?? booking.guestNotes),
    arrivalTime: booking.arrivalTime ?? null,
    balanceCents: known[0]?.balanceCents ?? 0,
    version: booking.version,
  }
  return { id: booking.id, version: booking.version, items: barsOf(facts, booking) }
}

function barsOf(facts: StayFacts, booking: BookingAnswer): Item[] {
  if (facts.status === 'CANCELLED' || facts.status === 'NO_SHOW') return []
  if (booking.rooms.length > 0) {
    return booking.rooms.map((piece) =>
      barOf(facts, { roomId: piece.roomId, from: nightOf(piece.from), to: nightOf(piece.to) }),
    )
  }
  if (facts.status === 'CHECKED_OUT') return []
  return [barOf(facts, { roomId: null, from: facts.checkIn, to: facts.checkOut }, booking.roomTypeId)]
}

/** With `removedOn` it was taken away on that business date: all of it, unless a part is history and stays. */
export function toldOfBlock(block: BlockAnswer, removedOn: Night | null = null): Told {
  const [from, to] = [nightOf(block.startDate), nightOf(block.endDate)]
  const { id, roomId, blockType, version } = block
  const isGone = removedOn !== null && from >= removedOn
  const item: Item = {
    kind: 'block',
    key: `block:${id}`,
    id,
    roomId,
    from,
    to,
    blockType,
    reason: block.reason ?? null,
    version,
  }
  return { id, version: isGone ? version + 1 : version, items: isGone ? [] : [item] }
}

export function toldOfRoom(room: RoomAnswer): Told {
  const { id, status, isInspected, version } = room
  return { id, version, room: { status, isInspected, version } }
}
