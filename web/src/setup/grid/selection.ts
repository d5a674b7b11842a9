/** A field of the grid, counted from its first row and first day. */
export interface Cell {
  row: number
  column: number
}

/** From where the selection began to where it goes; both are within it. */
export interface Selection {
  anchor: Cell
  focus: Cell
}

export interface Rectangle {
  top: number
  bottom: number
  first: number
  last: number
}

export const rectangleOf = ({ anchor, focus }: Selection): Rectangle => ({
  top: Math.min(anchor.row, focus.row),
  bottom: Math.max(anchor.row, focus.row),
  first: Math.min(anchor.column, focus.column),
  last: Math.max(anchor.column, focus.column),
})

/** What of it is left in a grid that became smaller; undefined when that is nothing. */
export function withinOf(
  { top, bottom, first, last }: Rectangle,
  { rows, columns }: Size,
): Rectangle | undefined {
  if (top >= rows || first >= columns) return undefined
  return { top, bottom: Math.min(bottom, rows - 1), first, last: Math.min(last, columns - 1) }
}

export const isWithin = ({ top, bottom, first, last }: Rectangle, { row, column }: Cell): boolean =>
  row >= top && row <= bottom && column >= first && column <= last

export const sizeOf = ({ top, bottom, first, last }: Rectangle): number =>
  (bottom - top + 1) * (last - first + 1)

const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value))

export interface Size {
  rows: number
  columns: number
}

const steps: Record<string, (cell: Cell, size: Size) => Cell> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columns }) => ({ row, column: columns - 1 }),
  'Ctrl+Home': () => ({ row: 0, column: 0 }),
  'Ctrl+End': (_, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
  PageUp: ({ row, column }) => ({ row, column: column - 7 }),
  PageDown: ({ row, column }) => ({ row, column: column + 7 }),
}

export interface Press {
  key: string
  isShift: boolean
  isCtrl: boolean
  isRightToLeft: boolean
}

const mirrored: Record<string, string> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

/** Where a key leads: with Shift the selection grows, without it moves. Undefined for a key that leads nowhere. */
export function pressed(selection: Selection, press: Press, size: Size): Selection | undefined {
  const { focus } = selection
  if (press.isCtrl && press.key.toLowerCase() === 'a') {
    return { anchor: { row: 0, column: 0 }, focus: { row: size.rows - 1, column: size.columns - 1 } }
  }
  if (press.key === ' ' && press.isShift) {
    return { anchor: { row: focus.row, column: 0 }, focus: { row: focus.row, column: size.columns - 1 } }
  }
  const key = press.isRightToLeft ? (mirrored[press.key] ?? press.key) : press.key
  const step = steps[press.isCtrl ? `Ctrl+${key}` : key]
  if (!step) return undefined
  const to = step(focus, size)
  const next = { row: clamp(to.row, size.rows - 1), column: clamp(to.column, size.columns - 1) }
  return press.isShift ? { anchor: selection.anchor, focus: next } : { anchor: next, focus: next }
}
