/** What was tapped and did not reach the server: kept on this device until it is saved or given up, also over a reload. */
import { type Store, store } from '../kernel/store'
import type { Mark } from './rooms'

export interface Unsaved {
  propertyId: string
  roomId: string
  roomNumber: string
  mark: Mark
  /** The version that was seen, and the key of the write: another try is the same write. */
  version: number
  key: string
}

type Box = Pick<Storage, 'getItem' | 'setItem'>

const name = 'pms.housekeeping.unsaved'

const texts = ['propertyId', 'roomId', 'roomNumber', 'mark', 'key'] as const
const isUnsaved = (value: unknown): value is Unsaved => {
  if (typeof value !== 'object' || value === null) return false
  const row = value as Record<string, unknown>
  return texts.every((field) => typeof row[field] === 'string') && typeof row.version === 'number'
}

function read(box: Box | undefined): Unsaved[] {
  try {
    const rows: unknown = JSON.parse(box?.getItem(name) ?? '[]')
    return Array.isArray(rows) ? rows.filter(isUnsaved) : []
  } catch {
    return []
  }
}

/** One for each room: what was tapped last is what is meant. */
export function unsavedIn(box: Box | undefined) {
  const rows: Store<readonly Unsaved[]> = store<readonly Unsaved[]>(read(box))
  const set = (next: readonly Unsaved[]) => {
    rows.set(next)
    try {
      box?.setItem(name, JSON.stringify(next))
    } catch {
      // A device that is full, or keeps nothing, still shows it while the page is open.
    }
  }
  const others = (roomId: string) => rows.get().filter((row) => row.roomId !== roomId)
  return {
    get: rows.get,
    subscribe: rows.subscribe,
    keep: (row: Unsaved) => set([...others(row.roomId), row]),
    drop: (roomId: string) => {
      if (rows.get().some((row) => row.roomId === roomId)) set(others(roomId))
    },
  }
}

export const unsaved = unsavedIn(globalThis.localStorage)
