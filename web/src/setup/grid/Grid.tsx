import { isWeekend, parseDate } from '@internationalized/date'
import { type ClipboardEvent, type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import { useSpoken } from '../../i18n/locale'
import type { Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { type Cell, isWithin, pressed, rectangleOf, type Selection } from './selection'

export interface GridRow {
  id: string
  code: string
  name: string
}

export interface GridCell {
  text: string
  /** Painted, and not saved yet. */
  isEdited: boolean
  /** Not of this night, but what holds where no night says otherwise; or nothing at all. */
  isFaint: boolean
}

export interface GridProps {
  label: string
  rows: readonly GridRow[]
  days: readonly Day[]
  today: string
  cell: (row: GridRow, date: Day) => GridCell
  selection: Selection
  isReadOnly: boolean
  onSelect: (selection: Selection) => void
  /** A key that begins a number: it goes on in the field. */
  onType: (text: string) => void
  onClear: () => void
  /** What is selected, for a spreadsheet. */
  onCopy: () => string
  onPaste: (text: string) => void
}

/** Types by nights. A drag or Shift paints a selection; the arrow keys walk; a digit begins the number of all that is selected. */
export function Grid(props: GridProps) {
  const { label, rows, selection, isReadOnly } = props
  const table = useRef<HTMLTableElement>(null)
  const keys = useGridKeys(props, table)
  const pointer = usePainting(props)
  return (
    <div className="overflow-x-auto rounded-md border border-line bg-surface">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA pattern of a grid, on the element that lays it out
        role="grid"
        aria-label={label}
        aria-multiselectable="true"
        aria-readonly={isReadOnly || undefined}
        onKeyDown={keys}
        {...clipboard(props)}
        {...pointer}
        className="w-full select-none border-separate border-spacing-0"
      >
        <GridHead {...props} />
        <tbody>
          {rows.map((row, n) => (
            <GridLine key={row.id} {...props} row={row} at={n} rectangle={rectangleOf(selection)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const headCell = 'sticky top-0 z-10 border-line border-b bg-surface px-1 py-1 text-center font-normal text-xs'
const sideCell = 'sticky start-0 border-line border-e bg-surface'

function GridHead({ days, rows, today, onSelect }: GridProps) {
  const { tag, format } = useSpoken()
  return (
    <thead>
      <tr>
        <th scope="col" className={`${headCell} ${sideCell} z-20! px-3 text-start text-muted`}>
          {m.setupType()}
        </th>
        {days.map((date, column) => {
          const isNew = column === 0 || date.endsWith('-01')
          const isToday = date === today
          return (
            <th
              key={date}
              scope="col"
              aria-label={format.day(date, 'long')}
              className={`${headCell} min-w-15 ${isWeekend(parseDate(date), tag) ? 'bg-sunken!' : ''}`}
            >
              <button
                type="button"
                tabIndex={-1}
                onClick={() =>
                  onSelect({ anchor: { row: 0, column }, focus: { row: rows.length - 1, column } })
                }
                className="w-full cursor-pointer rounded-sm py-0.5 leading-tight hover:bg-sunken"
              >
                <span className="block text-muted">{format.day(date, 'weekday')}</span>
                <span
                  className={`block whitespace-nowrap ${isToday ? 'font-bold text-accent-text' : isNew ? 'font-semibold' : ''}`}
                >
                  {isNew ? format.day(date, 'short') : format.number(Number(date.slice(8)))}
                </span>
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

interface LineProps extends GridProps {
  row: GridRow
  at: number
  rectangle: ReturnType<typeof rectangleOf>
}

function GridLine({ row, at, rectangle, days, cell, selection, onSelect }: LineProps) {
  const { tag } = useSpoken()
  return (
    <tr>
      <th
        scope="row"
        className={`${sideCell} z-10 whitespace-nowrap border-b px-3 py-0 text-start font-normal`}
      >
        <button
          type="button"
          tabIndex={-1}
          onClick={() =>
            onSelect({ anchor: { row: at, column: 0 }, focus: { row: at, column: days.length - 1 } })
          }
          className="flex cursor-pointer gap-2 rounded-sm text-start hover:text-accent-text"
        >
          <span className="font-semibold">{row.code}</span>
          <span className="text-muted max-md:sr-only">{row.name}</span>
        </button>
      </th>
      {days.map((date, column) => {
        const { text, isEdited, isFaint } = cell(row, date)
        const isSelected = isWithin(rectangle, { row: at, column })
        const isFocus = selection.focus.row === at && selection.focus.column === column
        const ground = isSelected
          ? 'bg-accent-soft'
          : isWeekend(parseDate(date), tag)
            ? 'bg-sunken/60'
            : 'bg-surface'
        const look = isEdited
          ? 'font-semibold text-accent-text underline decoration-dotted underline-offset-4'
          : isFaint
            ? 'text-muted'
            : ''
        return (
          <td
            key={date}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as the grid
            role="gridcell"
            data-cell={`${at},${column}`}
            tabIndex={isFocus ? 0 : -1}
            aria-selected={isSelected}
            className={`h-control cursor-cell border-line border-b px-1.5 text-end outline-offset-[-2px] ${ground} ${look}`}
          >
            {text}
            {isEdited && <span className="sr-only"> {m.setupUnsaved()}</span>}
          </td>
        )
      })}
    </tr>
  )
}

function cellAt(target: EventTarget): Cell | undefined {
  const found = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  const [row, column] = found?.dataset.cell?.split(',').map(Number) ?? []
  return row === undefined || column === undefined ? undefined : { row, column }
}

/** With a mouse or a pen a drag paints; a finger scrolls, and a tap selects one. */
function usePainting({ selection, onSelect }: GridProps) {
  const isPainting = useRef(false)
  useEffect(() => {
    const end = () => {
      isPainting.current = false
    }
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
    return () => {
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
    }
  }, [])
  return {
    onPointerDown(event: PointerEvent) {
      const cell = cellAt(event.target)
      if (!cell || event.button !== 0) return
      isPainting.current = event.pointerType !== 'touch'
      onSelect({ anchor: event.shiftKey ? selection.anchor : cell, focus: cell })
    },
    onPointerOver(event: PointerEvent) {
      const cell = isPainting.current ? cellAt(event.target) : undefined
      if (cell) onSelect({ anchor: selection.anchor, focus: cell })
    },
  }
}

const clipboard = ({ onCopy, onPaste, isReadOnly }: GridProps) => ({
  onCopy(event: ClipboardEvent) {
    event.clipboardData.setData('text/plain', onCopy())
    event.preventDefault()
  },
  onPaste(event: ClipboardEvent) {
    if (isReadOnly) return
    onPaste(event.clipboardData.getData('text/plain'))
    event.preventDefault()
  },
})

/** A minus, too: it is refused where it is read, not left out. */
const beginsNumber = /^[\p{Nd},.\-\u2212]$/u

function useGridKeys(props: GridProps, table: React.RefObject<HTMLTableElement | null>) {
  const { direction } = useSpoken()
  const { selection, rows, days, onSelect, onType, onClear, isReadOnly } = props
  const { row, column } = selection.focus
  // The focus follows the selection, unless it is elsewhere: in the field, say.
  useEffect(() => {
    if (!table.current?.contains(document.activeElement)) return
    table.current.querySelector<HTMLElement>(`[data-cell="${row},${column}"]`)?.focus()
  }, [row, column, table])
  return (event: KeyboardEvent) => {
    if (!cellAt(event.target) || event.altKey) return
    const isCtrl = event.ctrlKey || event.metaKey
    const size = { rows: rows.length, columns: days.length }
    const press = { key: event.key, isShift: event.shiftKey, isCtrl, isRightToLeft: direction === 'rtl' }
    const next = pressed(selection, press, size)
    if (next) onSelect(next)
    else if (isReadOnly || isCtrl) return
    else if (event.key === 'Delete' || event.key === 'Backspace') onClear()
    else if (event.key === 'Enter') onType('')
    else if (beginsNumber.test(event.key)) onType(event.key)
    else return
    event.preventDefault()
  }
}
