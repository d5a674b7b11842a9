import { m } from '../../paraglide/messages'
import type { Tone } from '../../ui/Badge'
import type { Room } from '../queries'

export interface RoomState {
  id: 'clean' | 'inspected' | 'dirty' | 'occupied' | 'out' | 'closed'
  /** A letter on the tile: colour is never the only sign. */
  letter: () => string
  name: () => string
  tone: Tone
}

const states: Record<RoomState['id'], RoomState> = {
  clean: { id: 'clean', letter: m.setupStateCleanLetter, name: m.setupStateClean, tone: 'success' },
  inspected: {
    id: 'inspected',
    letter: m.setupStateInspectedLetter,
    name: m.setupStateInspected,
    tone: 'success',
  },
  dirty: { id: 'dirty', letter: m.setupStateDirtyLetter, name: m.setupStateDirty, tone: 'warning' },
  occupied: {
    id: 'occupied',
    letter: m.setupStateOccupiedLetter,
    name: m.setupStateOccupied,
    tone: 'accent',
  },
  out: { id: 'out', letter: m.setupStateOutLetter, name: m.setupStateOut, tone: 'danger' },
  closed: { id: 'closed', letter: m.setupStateClosedLetter, name: m.setupStateClosed, tone: 'plain' },
}

export const allStates: readonly RoomState[] = Object.values(states)

export function stateOf(room: Pick<Room, 'status' | 'isInspected' | 'isActive'>): RoomState {
  if (!room.isActive) return states.closed
  if (room.status === 'OCCUPIED') return states.occupied
  if (room.status === 'OUT_OF_ORDER') return states.out
  if (room.status === 'VACANT_DIRTY') return states.dirty
  return room.isInspected ? states.inspected : states.clean
}
