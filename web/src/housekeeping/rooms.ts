/** What happens in a room today, which rooms are shown, and what comes next for each. Pure. */
import type { Schemas } from '../api/client'
import type { Room } from '../setup/queries'
import { type RoomState, stateOf } from '../setup/rooms/roomState'
import type { Chip } from './search'

/** What sets a room apart today. Of two stays in one day, both are told. */
export interface Use {
  /** A guest is to come who is not in the room yet. */
  arrival: boolean
  /** Who slept here last night leaves today. */
  dueOut: boolean
  /** Who slept here last night stays. */
  stayOver: boolean
}

export const noUse: Use = { arrival: false, dueOut: false, stayOver: false }

type On = Pick<Schemas['RoomAvailability'], 'roomId' | 'obstacle'>

const stayOf = (on: On | undefined) =>
  on?.obstacle?.blockType === 'RESERVATION' ? on.obstacle.reservationId : undefined

/** Whether only the log of the room can tell who is in it: one stay ended today, another begins, and someone is in. */
export const isInDoubt = (room: Room, lastNight: On | undefined, tonight: On | undefined): boolean => {
  const [before, after] = [stayOf(lastNight), stayOf(tonight)]
  return room.status === 'OCCUPIED' && Boolean(before && after) && before !== after
}

/**
 * Housekeeping sees no reservations, but which stay holds a room last night and tonight, and whether somebody is in it: that is enough.
 * `hasNewGuest` is the word of the room's log where it is not.
 */
export function useOf(
  room: Room,
  lastNight: On | undefined,
  tonight: On | undefined,
  hasNewGuest: boolean,
): Use {
  const [before, after] = [stayOf(lastNight), stayOf(tonight)]
  const isIn = room.status === 'OCCUPIED'
  if (!isIn) return { ...noUse, arrival: Boolean(after) }
  if (before && before === after) return { ...noUse, stayOver: true }
  if (!before || hasNewGuest) return noUse
  return { ...noUse, dueOut: true, arrival: Boolean(after) }
}

export interface RoomToday {
  room: Room
  state: RoomState
  use: Use
}

export type Finding = Pick<Room, 'status' | 'isInspected'>

export const findings = {
  dirty: { status: 'VACANT_DIRTY', isInspected: false },
  clean: { status: 'VACANT_CLEAN', isInspected: false },
  inspected: { status: 'VACANT_CLEAN', isInspected: true },
} as const satisfies Partial<Record<RoomState['id'], Finding>>

export type Mark = keyof typeof findings

/** Dirty, then clean, then inspected: the one step that is next. Who sleeps in a room is no finding. */
export function nextMark(state: RoomState['id']): Mark | undefined {
  if (state === 'dirty') return 'clean'
  return state === 'clean' ? 'inspected' : undefined
}

/** What else may be found: everything but what it is, and what is next. */
export function otherMarks(state: RoomState['id']): Mark[] {
  if (!(state in findings)) return []
  const next = nextMark(state)
  return (Object.keys(findings) as Mark[]).filter((mark) => mark !== state && mark !== next)
}

export const isUnder = ({ state, use }: RoomToday, chip: Chip): boolean =>
  chip === 'arrival' || chip === 'dueOut' || chip === 'stayOver' ? use[chip] : state.id === chip

export const floorOf = ({ room }: RoomToday): string => room.floor ?? ''

export interface Floor {
  name: string
  rooms: RoomToday[]
}

/** By floor and number, as one walks. Rooms of no floor come last. */
export function floorsOf(rooms: readonly RoomToday[], compare: (a: string, b: string) => number): Floor[] {
  const floors = new Map<string, RoomToday[]>()
  for (const one of rooms) floors.set(floorOf(one), [...(floors.get(floorOf(one)) ?? []), one])
  return [...floors]
    .sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : compare(a, b)))
    .map(([name, own]) => ({
      name,
      rooms: own.toSorted((a, b) => compare(a.room.roomNumber, b.room.roomNumber)),
    }))
}

export const roomToday = (room: Room, use: Use): RoomToday => ({ room, state: stateOf(room), use })
