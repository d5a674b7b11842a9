/** The keys of the chart, once: what the machine listens to, and what the help lists. */
import type { Command } from './state'

export interface KeyHelp {
  /** As on a keyboard with Latin letters; several ways are several entries of `keys`. */
  readonly keys: readonly string[]
  readonly what: string
}

export const KEY_HELP: readonly KeyHelp[] = [
  { keys: ['Arrows'], what: 'calendar.keys.walk' },
  { keys: ['Ctrl+ArrowLeft', 'Ctrl+ArrowRight'], what: 'calendar.keys.week' },
  { keys: ['PageUp', 'PageDown'], what: 'calendar.keys.page' },
  { keys: ['Home', 'End'], what: 'calendar.keys.row' },
  { keys: ['Ctrl+Home', 'Ctrl+End'], what: 'calendar.keys.corner' },
  { keys: ['Enter'], what: 'calendar.keys.open' },
  { keys: ['Alt+Enter'], what: 'calendar.keys.block' },
  { keys: ['Shift+F10', 'ContextMenu'], what: 'calendar.keys.menu' },
  { keys: ['M'], what: 'calendar.keys.move' },
  { keys: ['Ctrl+ArrowUp', 'Ctrl+ArrowDown'], what: 'calendar.keys.nextFree' },
  { keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'], what: 'calendar.keys.resize' },
  { keys: ['Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowRight'], what: 'calendar.keys.resizeStart' },
  { keys: ['S'], what: 'calendar.keys.split' },
  { keys: ['U'], what: 'calendar.keys.unassign' },
  { keys: ['P'], what: 'calendar.keys.pin' },
  { keys: ['Escape'], what: 'calendar.keys.cancel' },
  { keys: ['Ctrl+Z'], what: 'calendar.keys.undo' },
  { keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], what: 'calendar.keys.redo' },
  { keys: ['/'], what: 'calendar.keys.find' },
  { keys: ['D'], what: 'calendar.keys.goToDate' },
  { keys: ['T'], what: 'calendar.keys.today' },
  { keys: ['[', ']'], what: 'calendar.keys.weeks' },
  { keys: ['N'], what: 'calendar.keys.new' },
  { keys: ['?'], what: 'calendar.keys.help' },
]

const PLAIN: Readonly<Record<string, Command>> = {
  '/': 'find',
  '?': 'help',
  '[': 'earlier',
  ']': 'later',
  t: 'today',
  n: 'new',
  d: 'goToDate',
}

export function commandOf(key: string, ctrl: boolean, shift: boolean, alt: boolean): Command | null {
  const low = key.toLowerCase()
  if (alt) return null
  if (ctrl) return low === 'z' ? (shift ? 'redo' : 'undo') : low === 'y' && !shift ? 'redo' : null
  return PLAIN[low] ?? null
}

export type Direction = { readonly rows: number; readonly nights: number }

/** Along the chart's axes: to the right is back in time where text runs to the left. */
export function directionOf(key: string, isRightToLeft: boolean): Direction | null {
  const forward = isRightToLeft ? -1 : 1
  switch (key) {
    case 'ArrowUp':
      return { rows: -1, nights: 0 }
    case 'ArrowDown':
      return { rows: 1, nights: 0 }
    case 'ArrowLeft':
      return { rows: 0, nights: -forward }
    case 'ArrowRight':
      return { rows: 0, nights: forward }
    default:
      return null
  }
}
