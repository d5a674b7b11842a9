/** The trade's words for what the API names in capitals. */
import { m } from '../paraglide/messages'
import type { KeyHelp } from './core/keys'

const blocks: Record<string, () => string> = {
  OUT_OF_ORDER: m.calendarBlockOutOfOrder,
  MAINTENANCE: m.calendarBlockMaintenance,
  HOUSE_USE: m.calendarBlockHouseUse,
  HOLD: m.calendarBlockHold,
}
export const blockName = (type: string): string => blocks[type]?.() ?? type
export const BLOCK_TYPES = ['OUT_OF_ORDER', 'MAINTENANCE', 'HOUSE_USE', 'HOLD'] as const

const housekeeping: Record<string, { name: () => string; letter: () => string }> = {
  CLEAN: { name: m.calendarHkClean, letter: m.calendarHkCleanLetter },
  INSPECTED: { name: m.calendarHkInspected, letter: m.calendarHkInspectedLetter },
  DIRTY: { name: m.calendarHkDirty, letter: m.calendarHkDirtyLetter },
  OCCUPIED: { name: m.calendarHkOccupied, letter: m.calendarHkOccupiedLetter },
  OUT_OF_ORDER: { name: m.calendarHkOutOfOrder, letter: m.calendarHkOutOfOrderLetter },
}
export const housekeepingName = (state: string): string => housekeeping[state]?.name() ?? state
export const housekeepingLetter = (state: string): string => housekeeping[state]?.letter() ?? ''

const sources: Record<string, { name: () => string; letter: string }> = {
  DIRECT: { name: m.calendarSourceDirect, letter: 'D' },
  PHONE: { name: m.calendarSourcePhone, letter: 'P' },
  WALKIN: { name: m.calendarSourceWalkin, letter: 'W' },
  BOOKING_ENGINE: { name: m.calendarSourceEngine, letter: 'E' },
  // O is the occupied room.
  OTA: { name: m.calendarSourceOta, letter: 'T' },
}
export const sourceName = (source: string): string => sources[source]?.name() ?? source
export const sourceLetter = (source: string): string => sources[source]?.letter ?? source.slice(0, 1)
export const SOURCES = ['DIRECT', 'PHONE', 'WALKIN', 'BOOKING_ENGINE', 'OTA'] as const

const keys: Record<string, () => string> = {
  walk: m.calendarKeysWalk,
  week: m.calendarKeysWeek,
  page: m.calendarKeysPage,
  row: m.calendarKeysRow,
  corner: m.calendarKeysCorner,
  open: m.calendarKeysOpen,
  block: m.calendarKeysBlock,
  menu: m.calendarKeysMenu,
  move: m.calendarKeysMove,
  nextFree: m.calendarKeysNextFree,
  resize: m.calendarKeysResize,
  resizeStart: m.calendarKeysResizeStart,
  split: m.calendarKeysSplit,
  unassign: m.calendarKeysUnassign,
  pin: m.calendarKeysPin,
  cancel: m.calendarKeysCancel,
  undo: m.calendarUndo,
  redo: m.calendarRedo,
  find: m.calendarKeysFind,
  goToDate: m.calendarGoToDate,
  today: m.calendarToday,
  weeks: m.calendarKeysWeeks,
  new: m.calendarNew,
}
export const keyName = (help: KeyHelp): string => keys[help.what.split('.').at(-1) ?? '']?.() ?? ''
