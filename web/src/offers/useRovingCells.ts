import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { useSpoken } from '../i18n/locale'
import { type Cell, pressed, type Size } from '../setup/grid/selection'

export interface Roving {
  table: RefObject<HTMLTableElement | null>
  onKeyDown: (event: KeyboardEvent) => void
  /** What the control of a cell must have. */
  cell: (cell: Cell) => { 'data-cell': string; tabIndex: 0 | -1; onFocus: () => void }
}

const nameOf = ({ row, column }: Cell) => `${row},${column}`

/** Into sight, and out from under the heads of its column and row, which stay where they are while the rest scrolls. */
function show(cell: HTMLElement, direction: 'ltr' | 'rtl') {
  cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  const table = cell.closest('table')
  const [top, side] = [table?.querySelector('th'), cell.closest('tr')?.querySelector('th')]
  if (!table || !top || !side) return
  const [own, above, beside] = [cell, top, side].map((one) => one.getBoundingClientRect())
  if (!own || !above || !beside) return
  const covered = direction === 'ltr' ? beside.right - own.left : own.right - beside.left
  table.parentElement?.scrollBy({
    top: -Math.max(0, above.bottom - own.top),
    left: Math.max(0, covered) * (direction === 'ltr' ? -1 : 1),
  })
}

/** A table of controls as one tab stop, as ARIA has it for grids: the last one that was used. It begins in a column of the first row. */
export function useRovingCells(size: Size, first: number): Roving {
  const { direction } = useSpoken()
  const table = useRef<HTMLTableElement>(null)
  const [used, setUsed] = useState<Cell>()
  const isThere = used && used.row < size.rows && used.column < size.columns
  const focus = isThere ? used : { row: 0, column: first }
  return {
    table,
    onKeyDown(event) {
      if (event.altKey) return
      const press = {
        key: event.key,
        isShift: false,
        isCtrl: event.ctrlKey || event.metaKey,
        isRightToLeft: direction === 'rtl',
      }
      const next = pressed({ anchor: focus, focus }, press, size)
      if (!next) return
      event.preventDefault()
      const to = table.current?.querySelector<HTMLElement>(`[data-cell="${nameOf(next.focus)}"]`)
      to?.focus({ preventScroll: true })
      if (to) show(to, direction)
    },
    cell: (cell) => ({
      'data-cell': nameOf(cell),
      tabIndex: nameOf(cell) === nameOf(focus) ? 0 : -1,
      onFocus: () => setUsed(cell),
    }),
  }
}
