import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useSpoken } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { isSecond } from '../../shell/shortcuts'
import { columnCount } from '../core/a11y'
import { clamp, type Night } from '../core/days'
import type { Cell, State } from '../core/state'
import type { Filters } from '../core/url'
import { mountedNights, mountedRows } from '../core/window'
import type { Desk } from '../desk/Desk'
import { Card } from './Card'
import './bars.css'
import './chart.css'
import './edges.css'
import './signs.css'
import './restraints.css'
import './print.css'
import { ChartFoot } from './ChartFoot'
import { ChartHead, Shade } from './ChartHead'
import { ChartRow } from './ChartRow'
import { type Frame, FrameProvider, lookOf, weekendOf } from './frame'
import { Ghost } from './Ghost'
import { measureLetters } from './StayBar'
import { useDeskState, useVersion } from './useDesk'
import { usePointer } from './usePointer'
import { useView } from './useView'

const FOOT_ROWS = 3

/**
 * The address says where the chart is. The router puts back whatever was scrolled, also when a drawer opens over the page: it looks for
 * the element by this name in a selector, which the quote breaks.
 */
const NOT_TO_BE_FOUND = 'chart"'

export interface ChartHandle {
  show(cell: Cell): void
  /** The element of the cell that has the focus, to hang a menu on. */
  focusedElement(): HTMLElement | null
}

export interface ChartProps {
  desk: Desk
  start: Night
  days: number
  filters: Filters
  isPrinting: boolean
  handle: RefObject<ChartHandle | null>
  onSettled(start: Night): void
  onMenuAt(point: { x: number; y: number } | null): void
}

/** The tape chart: a tree grid of rooms under their types and nights. It draws; what is done goes through the desk. */
export function Chart({ desk, start, days, filters, isPrinting, handle, onSettled, onMenuAt }: ChartProps) {
  const { format, direction } = useSpoken()
  const isRightToLeft = direction === 'rtl'
  const scroller = useRef<HTMLDivElement>(null)
  const view = useView(desk, scroller, { start, days, isRightToLeft, isPrinting, onSettled })
  const { rows, size, metrics, range, window, edge, isDrawn } = view
  useEffect(measureLetters, [])
  useVersion(desk.model, 'structure')
  const focus = useFocus(desk, scroller, start)
  const closed = useDeskState(desk, (state) => state.closed)
  const { locale } = desk.hotel
  const isWeekend = useMemo(() => weekendOf(locale), [locale])
  const look = lookOf(metrics.night)
  const frame = useMemo<Frame>(
    () => ({ desk, range, metrics, head: size.head, edge, isDrawn, format, look, isRightToLeft, isWeekend }),
    [desk, range, metrics, size.head, edge, isDrawn, format, look, isRightToLeft, isWeekend],
  )
  usePointer(scroller, { controller: desk.controller, rows, range, metrics, size, isRightToLeft, onMenuAt })
  useLayoutEffect(() => {
    handle.current = { show: view.show, focusedElement: () => cellWithFocus(scroller.current) }
  })

  const focusRow = focus ? rows.findIndex((row) => row.id === focus.row) : 0
  const focusIndex = Math.max(0, focusRow)
  const focusAt = focusRow < 0 || !focus ? start : focus.night
  const focusNight = focusAt === null ? null : clamp(focusAt, range.from, range.to - 1)
  const today = desk.model.businessDate
  const style = {
    '--night': `${metrics.night}px`,
    '--nights-size': `${(range.to - range.from) * metrics.night}px`,
  }
  return (
    <FrameProvider value={frame}>
      <div
        ref={scroller}
        data-scroll-restoration-id={NOT_TO_BE_FOUND}
        role="treegrid"
        aria-label={m.calendarGrid()}
        aria-rowcount={rows.length + 1 + FOOT_ROWS}
        aria-colcount={columnCount(range)}
        tabIndex={-1}
        className={`chart is-${look}`}
        style={style as React.CSSProperties}
        onKeyDown={(event) => pressed(desk, event)}
      >
        <ChartHead nights={window.nights} today={today} />
        <div
          role="rowgroup"
          className="chart-body"
          style={{ blockSize: `calc(${rows.length * metrics.row}px + var(--chart-rest))` }}
        >
          <Shade nights={window.nights} today={today} />
          {mountedRows(window, rows.length > 0 ? focusIndex : null, rows.length).map((index) => {
            const row = rows[index]
            if (!row) return null
            const isFocused = index === focusIndex
            return (
              <ChartRow
                key={row.id}
                row={row}
                index={index}
                nights={isFocused ? mountedNights(window, focusNight) : window.nights}
                filters={filters}
                focus={isFocused ? focusNight : undefined}
                isOpen={!closed.has(row.typeId)}
              />
            )
          })}
          <Ghost rows={rows} seen={size.inline - size.head} />
        </div>
        <ChartFoot nights={window.nights} after={rows.length + 1} />
      </div>
      <Card scroller={scroller} />
    </FrameProvider>
  )
}

const cellWithFocus = (view: HTMLElement | null) => view?.querySelector<HTMLElement>('[data-focus]') ?? null

/** Gives focus to the cell that the machine asks for, however late its window is drawn: the request waits until then. */
function useFocus(desk: Desk, scroller: RefObject<HTMLDivElement | null>, start: Night): Cell | null {
  const { controller } = desk
  const focus = useDeskState(desk, (state: State) => state.focus)
  const request = useDeskState(desk, (state) => state.focusRequest)
  useLayoutEffect(() => {
    if (request === null) return
    const cell = cellWithFocus(scroller.current)
    if (!cell) return
    cell.focus({ preventScroll: true })
    controller.send({ type: 'focused', request })
  })
  useEffect(() => keepFocus(scroller.current), [scroller])
  const first = controller.rows[0]
  return focus ?? (first ? { row: first.id, night: start } : null)
}

/** A bar that had the focus can go, by undo or by someone else's hand: then the cell in its place has it. */
function keepFocus(view: HTMLElement | null): (() => void) | undefined {
  if (!view) return undefined
  const stop = new AbortController()
  const { signal } = stop
  let last: Element | null = null
  const focused = (event: Event) => {
    const target = event.target as Element
    last = view.contains(target) ? target : null
  }
  document.addEventListener('focusin', focused, { signal })
  document.addEventListener('pointerdown', focused, { signal })
  const observer = new MutationObserver(() => {
    if (last && !last.isConnected && document.activeElement === document.body)
      cellWithFocus(view)?.focus({ preventScroll: true })
  })
  observer.observe(view, { childList: true, subtree: true })
  return () => {
    stop.abort()
    observer.disconnect()
  }
}

function pressed(desk: Desk, event: KeyboardEvent): void {
  const { controller } = desk
  if (event.defaultPrevented || event.nativeEvent.isComposing || isSecond(event.nativeEvent)) return
  const key = latin(event)
  const isHandled = desk.press({
    type: 'key',
    key,
    ctrl: event.ctrlKey || event.metaKey,
    shift: event.shiftKey,
    alt: event.altKey,
  })
  if (isHandled || (controller.state.hand && key !== 'Tab')) event.preventDefault()
}

/** Keys by their place where another script is being typed. */
function latin(event: KeyboardEvent): string {
  if (event.key.length > 1 || /[\x20-\x7e]/.test(event.key)) return event.key
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key
}
