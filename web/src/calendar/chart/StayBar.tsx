import { memo } from 'react'
import { m } from '../../paraglide/messages'
import type { GridCell } from '../core/a11y'
import { type Bar, isTerminal } from '../core/items'
import { boxOf } from '../core/layout'
import { edgeFault } from '../core/rules'
import { sourceLetter } from '../names'
import { said } from '../said'
import { useFrame } from './frame'
import { Sign, statusSign } from './Sign'

/** From how many pixels on a bar has room for what. */
const ROOM_FOR = { sign: 46, nights: 132, source: 96, marks: 72 }

interface Props {
  cell: GridCell
  bar: Bar
  isTabStop: boolean
  isHeld: boolean
  isDimmed: boolean
  isSaving: boolean
}

export const StayBar = memo(function StayBar({ cell, bar, isTabStop, isHeld, isDimmed, isSaving }: Props) {
  const { desk, range, metrics, format } = useFrame()
  const box = boxOf(bar, range, metrics)
  if (!box) return null
  const flags = [
    `is-${bar.status.toLowerCase()}`,
    box.arrival === 'clipped' && 'is-cut-before',
    box.departure === 'clipped' && 'is-cut-after',
    box.seamBefore && 'is-seam-before',
    box.seamAfter && 'is-seam-after',
    box.size < 64 && 'is-small',
    isHeld && 'is-held',
    isDimmed && 'is-dimmed',
    isSaving && 'is-saving',
  ]
  const canStretch = !isTerminal(bar.status) && desk.hotel.may('pms.calendar.resize')
  return (
    <div
      role="gridcell"
      aria-colindex={cell.colindex}
      aria-colspan={cell.colspan}
      aria-label={said(cell.name, format)}
      tabIndex={isTabStop && cell.isFocused ? 0 : -1}
      data-item={bar.key}
      data-focus={cell.isFocused || undefined}
      className={`bar ${flags.filter(Boolean).join(' ')}`}
      style={{ insetInlineStart: `calc(var(--chart-head) + ${box.start + 1}px)`, inlineSize: box.size - 2 }}
    >
      <BarFace bar={bar} size={box.size} />
      {canStretch && !edgeFault(bar, 'start') && <span className="bar-edge is-start" data-edge="start" />}
      {canStretch && !edgeFault(bar, 'end') && <span className="bar-edge is-end" data-edge="end" />}
    </div>
  )
})

/** What is written on it; also on the ghost of a drag. */
export function BarFace({ bar, size }: { bar: Bar; size: number }) {
  const nights = bar.checkOut - bar.checkIn
  return (
    <span aria-hidden="true" className="bar-face">
      <span className="bar-label">
        {size >= ROOM_FOR.sign && <Sign name={statusSign(bar.status)} />}
        <span className="bar-name">{bar.lastName}</span>
        {size >= ROOM_FOR.nights && (
          <span className="bar-nights">{m.calendarNightsShort({ count: nights })}</span>
        )}
      </span>
      {size >= ROOM_FOR.marks && (
        <span className="bar-marks">
          {bar.isPinned && <Sign name="pin" />}
          {bar.hasNotes && <Sign name="note" />}
          {bar.balanceCents > 0 && <Sign name="owes" />}
          {size >= ROOM_FOR.source && bar.source !== 'DIRECT' && (
            <span className={`bar-source is-${bar.source.toLowerCase()}`}>{sourceLetter(bar.source)}</span>
          )}
        </span>
      )}
    </span>
  )
}
