import { m } from '../../paraglide/messages'
import type { GridCell } from '../core/a11y'
import { type Bar, isTerminal } from '../core/items'
import { boxOf } from '../core/layout'
import { edgeFault } from '../core/rules'
import { sourceLetter } from '../names'
import { said } from '../said'
import { fitted } from './fitText'
import type { Frame } from './frame'
import { Sign, statusSign } from './Sign'

/** From how many pixels on a bar has room for what. */
const ROOM_FOR = { sign: 66, nights: 132, source: 96, marks: 72 }

/** Room for letters, and nothing beside them. */
export const isTiny = (size: number) => size < ROOM_FOR.sign

const EDGES = ['start', 'end'] as const

interface Props {
  cell: GridCell
  bar: Bar
  isTabStop: boolean
  isHeld: boolean
  isDimmed: boolean
  isSaving: boolean
  /** It may begin before what is in sight: its name goes along with the edge. */
  isAtEdge: boolean
}

/** Not a component: its row is drawn anew as a whole, and a thousand components of one element each would cost more than they draw. */
export function stayBar(frame: Frame, props: Props) {
  const { desk, range, metrics, format } = frame
  const { cell, bar, isTabStop, isHeld, isDimmed, isSaving, isAtEdge } = props
  const box = boxOf(bar, range, metrics)
  if (!box) return null
  const flags = [
    `is-${bar.status.toLowerCase()}`,
    box.arrival === 'clipped' && 'is-cut-before',
    box.departure === 'clipped' && 'is-cut-after',
    box.seamBefore && 'is-seam-before',
    box.seamAfter && 'is-seam-after',
    isTiny(box.size) && 'is-tiny',
    isHeld && 'is-held',
    isDimmed && 'is-dimmed',
    isSaving && 'is-saving',
  ]
  const canStretch = !isTerminal(bar.status) && desk.hotel.may('pms.calendar.resize')
  const edges = canStretch ? EDGES.filter((edge) => !edgeFault(bar, edge)).join(' ') : ''
  return (
    <div
      key={cell.key}
      role="gridcell"
      aria-colindex={cell.colindex}
      aria-colspan={cell.colspan}
      aria-label={said(cell.name, format)}
      tabIndex={isTabStop && cell.isFocused ? 0 : -1}
      data-item={bar.key}
      data-edges={edges || undefined}
      data-focus={cell.isFocused || undefined}
      className={`bar ${flags.filter(Boolean).join(' ')}`}
      style={{ insetInlineStart: `calc(var(--chart-head) + ${box.start + 1}px)`, inlineSize: box.size - 2 }}
    >
      {barFace(bar, box.size, isAtEdge)}
    </div>
  )
}

/** What is written on it; also on the ghost of a drag. Thousands of bars are drawn while one scrolls: each has no more elements than it needs. */
export function barFace(bar: Bar, size: number, isAtEdge = false) {
  if (isTiny(size)) return fitted(bar.lastName, size - 12)
  const label = (
    <span aria-hidden="true" className={`bar-label${isAtEdge ? ' is-at-edge' : ''}`}>
      <Sign name={statusSign(bar.status)} />
      <span dir="auto" className="bar-name">
        {bar.lastName}
      </span>
      {size >= ROOM_FOR.nights && (
        <span className="bar-nights">{m.calendarNightsShort({ count: bar.checkOut - bar.checkIn })}</span>
      )}
    </span>
  )
  const source = size >= ROOM_FOR.source && bar.source !== 'DIRECT' && (
    <span aria-hidden="true" className={`bar-source is-${bar.source.toLowerCase()}`}>
      {sourceLetter(bar.source)}
    </span>
  )
  const hasMarks = size >= ROOM_FOR.marks && (bar.isPinned || bar.hasNotes || bar.balanceCents > 0)
  return (
    <>
      {label}
      {hasMarks && (
        <span aria-hidden="true" className="bar-marks">
          {bar.isPinned && <Sign name="pin" />}
          {bar.hasNotes && <Sign name="note" />}
          {bar.balanceCents > 0 && <Sign name="owes" />}
        </span>
      )}
      {source}
    </>
  )
}
