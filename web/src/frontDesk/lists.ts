/** Who belongs to which list of the day, what is found, and in which order. Pure. */
import type { Reservation } from '../reservations/queries'
import type { ListName, Order } from './search'

/** What was asked of the API, each of them whole. */
export interface DeskRows {
  /** Who was to come today, whatever became of them. */
  arrivals: readonly Reservation[]
  /** Who was to come before today, and neither came nor was given up. */
  late: readonly Reservation[]
  inHouse: readonly Reservation[]
  /** Who left today. */
  departed: readonly Reservation[]
}

export interface DeskList {
  /** Who is still to be dealt with. */
  open: readonly Reservation[]
  /** Who was, today. */
  done: readonly Reservation[]
}

const isAwaited = ({ status }: Reservation) => status === 'HOLD' || status === 'CONFIRMED'
const hasCome = ({ status }: Reservation) => status === 'CHECKED_IN' || status === 'CHECKED_OUT'

export function listsOf(rows: DeskRows, today: string): Record<ListName, DeskList> {
  const { arrivals, late, inHouse, departed } = rows
  const awaited = arrivals.filter(isAwaited)
  const open = (list: readonly Reservation[]): DeskList => ({ open: list, done: [] })
  return {
    arrivals: { open: awaited, done: arrivals.filter(hasCome) },
    departures: { open: inHouse.filter((stay) => stay.checkOutDate <= today), done: departed },
    inHouse: open(inHouse),
    unassigned: open([...late, ...awaited].filter((stay) => !stay.roomId)),
    late: open(late),
  }
}

/** As one types on any keyboard: without accents, and in small letters. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Each word must be somewhere in what is known of the stay. */
export function finder(query: string, roomOf: (id: string | null | undefined) => string) {
  const words = plain(query).split(/\s+/).filter(Boolean)
  return (stay: Reservation): boolean => {
    if (words.length === 0) return true
    const { firstName, lastName, email, phone } = stay.primaryGuestJson
    const parts = [firstName, lastName, email, phone, stay.confirmationNumber, stay.sourceRef]
    const text = plain([...parts, roomOf(stay.roomId)].filter(Boolean).join(' '))
    return words.every((word) => text.includes(word))
  }
}

/** By the last name, by the room with those without one at the end, or by when they are to come or to go. */
export function inOrder(
  stays: readonly Reservation[],
  { list, order }: { list: ListName; order: Order },
  roomOf: (id: string | null | undefined) => string,
  compare: (a: string, b: string) => number,
): Reservation[] {
  const isOfGuests = list === 'inHouse' || list === 'departures'
  const last = '\uffff'
  const name = ({ primaryGuestJson: guest }: Reservation) => `${guest.lastName} ${guest.firstName ?? ''}`
  const room = (stay: Reservation) => roomOf(stay.roomId) || last
  const time = (stay: Reservation) =>
    isOfGuests ? stay.checkOutDate : `${stay.checkInDate} ${stay.arrivalTime ?? last}`
  const keys: Record<Order, (stay: Reservation) => string> = { name, room, time }
  const key = keys[order]
  const by = order === 'time' ? (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) : compare
  return stays.toSorted((a, b) => {
    // What no name begins with sorts first in some languages: who has no room stands at the end in each.
    const [one, other] = [key(a), key(b)]
    if ((one === last) !== (other === last)) return one === last ? 1 : -1
    return by(one, other) || compare(name(a), name(b)) || (a.id < b.id ? -1 : 1)
  })
}
