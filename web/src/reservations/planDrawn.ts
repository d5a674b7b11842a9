/** What a drawing of a plan shows: which nights, which rooms, and who lies beside the stays that move. Pure. */
import type { Schemas } from '../api/client'
import { addDays, addMonths, type Day, day, daysBetween, startOfMonth } from '../kernel/dates'

type Move = Schemas['FitMove']

/** Nights for which a room is freed. */
export interface Blocked {
  room: string
  from: Day
  to: Day
  name: string
}

export interface Drawn {
  from: Day
  /** The day after the last night. */
  to: Day
  /** By the number: its id, where a move tells it. */
  rooms: ReadonlyMap<string, string | undefined>
}

/** Nights before and after: who lies beside is why a stay moves. */
const beside = 3

export function drawnOf(moves: readonly Move[], blocked?: Blocked): Drawn {
  const days = moves.flatMap((move) => [move.checkInDate, move.checkOutDate])
  if (blocked) days.push(blocked.from, blocked.to)
  days.sort()
  const rooms = new Map<string, string | undefined>(blocked ? [[blocked.room, undefined]] : [])
  for (const { fromRoomNumber, fromRoomId, toRoomNumber, toRoomId } of moves) {
    if (fromRoomNumber) rooms.set(fromRoomNumber, fromRoomId ?? undefined)
    rooms.set(toRoomNumber, toRoomId)
  }
  return {
    from: addDays(day(days[0] ?? ''), -beside),
    to: addDays(day(days.at(-1) ?? ''), beside),
    rooms,
  }
}

export interface Neighbour {
  room: string
  from: Day
  to: Day
  name: string
}

/** Stays of these rooms that stay where they are, as far as the drawing goes. */
export function neighboursOf(
  bars: readonly Pick<Schemas['Bar'], 'reservationId' | 'roomId' | 'startDate' | 'endDate' | 'lastName'>[],
  moves: readonly Move[],
  { from, to, rooms }: Drawn,
): Neighbour[] {
  const numbers = new Map([...rooms].map(([number, id]) => [id, number]))
  const movers = new Set(moves.map((move) => move.reservationId))
  return bars.flatMap((bar) => {
    const room = numbers.get(bar.roomId)
    if (!room || movers.has(bar.reservationId) || bar.startDate >= to || bar.endDate <= from) return []
    return [
      {
        room,
        from: bar.startDate < from ? from : day(bar.startDate),
        to: bar.endDate > to ? to : day(bar.endDate),
        name: bar.lastName,
      },
    ]
  })
}

/** What part of a stay where it is now, from its first night on, somebody will lie over: its name stands after that. */
export function hiddenPart(
  { fromRoomNumber, checkInDate, checkOutDate }: Move,
  moves: readonly Move[],
): number {
  const [from, to] = [day(checkInDate), day(checkOutDate)]
  const over = moves.filter(
    (other) =>
      other.toRoomNumber === fromRoomNumber && other.checkInDate <= from && other.checkOutDate > from,
  )
  const nights = over.map((other) =>
    daysBetween(from, other.checkOutDate < to ? day(other.checkOutDate) : to),
  )
  return Math.max(0, ...nights) / daysBetween(from, to)
}

/** The months of the drawing, each with its nights. */
export function monthsOf({ from, to }: Pick<Drawn, 'from' | 'to'>): { from: Day; to: Day }[] {
  const months: { from: Day; to: Day }[] = []
  for (let at = from; daysBetween(at, to) > 0; ) {
    const next = addMonths(startOfMonth(at), 1)
    const end = next < to ? next : to
    months.push({ from: at, to: end })
    at = end
  }
  return months
}
