/** Which rooms are shown, and what comes next for each. Pure. */
import type { Schemas } from '../api/client'
import type { Room } from '../setup/queries'
import { type RoomState, stateOf } from '../setup/rooms/roomState'
import type { Chip } from './search'

type DayRoom = Schemas['RoomToday']

/** What sets a room apart today. Of two stays in one day, both are told. */
export interface Use {
  /** Who slept here last night leaves today. */
  dueOut: boolean
  /** A guest is to come who is not in the room yet. */
  arrival: boolean
  /** Who slept here last night stays. */
  stayOver: boolean
  service: boolean
  linen: boolean
  /** What was seen is not as the desk says. */
  differs: boolean
}

export interface RoomToday extends Pick<DayRoom, 'room' | 'toPlan' | 'assignment' | 'discrepancy'> {
  state: RoomState
  use: Use
  /** Who is in it, or for whom it is made ready. */
  persons: number | undefined
}

export const roomToday = (one: DayRoom): RoomToday => ({
  room: one.room,
  toPlan: one.toPlan ?? null,
  assignment: one.assignment ?? null,
  discrepancy: one.discrepancy ?? null,
  state: stateOf(one.room),
  use: {
    dueOut: one.isDueOut,
    arrival: one.isArrival,
    stayOver: one.isStayOver,
    // Fresh linen says it already.
    service: one.isServiceDue && !one.isLinenDue,
    linen: one.isLinenDue,
    differs: Boolean(one.discrepancy),
  },
  persons: one.arrivingPersons ?? one.persons ?? undefined,
})

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
export function otherMarks(state: RoomState['id'], next = nextMark(state)): Mark[] {
  if (!(state in findings)) return []
  return (Object.keys(findings) as Mark[]).filter((mark) => mark !== state && mark !== next)
}

export const isUnder = ({ state, use }: RoomToday, chip: Chip): boolean =>
  chip in use ? use[chip as keyof Use] : state.id === chip

/** Nobody's are those that nobody has and somebody should have. */
export const isWhose = ({ assignment, toPlan }: RoomToday, who: string): boolean => {
  if (who === 'all') return true
  return who === 'none' ? Boolean(toPlan) : assignment?.attendantId === who
}

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
