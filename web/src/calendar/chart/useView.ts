/** What is on screen: the size of a night, the time axis, the window of rows and nights in the document. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { afterPaint } from '../../kernel/afterPaint'
import type { Night, Span } from '../core/days'
import { inlineScroll, type Metrics, scrollLeftOf, scrollToShow } from '../core/layout'
import { axisOf } from '../core/loading'
import type { Cell } from '../core/state'
import { keepWindow, ROWS_TO_SPARE, type Window, windowOf } from '../core/window'
import type { Desk } from '../desk/Desk'
import { LEAST_NIGHT_PX } from './frame'
import { useRows, useVersion } from './useDesk'

const SETTLED_MS = 180

/** A4 across within its margins, see print.css: nobody measures paper before it is printed on. */
const PAPER_PX = 1060

export interface Parts {
  /** Sizes that the style sheet decides, in pixels. */
  readonly head: number
  readonly top: number
  readonly foot: number
  readonly row: number
}

export interface ViewOptions {
  readonly start: Night
  readonly days: number
  readonly isRightToLeft: boolean
  readonly isPrinting: boolean
  onSettled(start: Night): void
}

interface Size extends Parts {
  readonly inline: number
  readonly block: number
}

export function useView(desk: Desk, scroller: RefObject<HTMLDivElement | null>, options: ViewOptions) {
  const { start, days, isRightToLeft, isPrinting } = options
  const rows = useRows(desk)
  const size = useSize(scroller)
  const [from, setFrom] = useState(start)
  const anchor = useRef<number>(start)

  const { inlineSize, night, nightsSeen } = scaleOf(size, days, isPrinting)
  const metrics: Metrics = useMemo(() => ({ night, row: size.row }), [night, size.row])
  const axis = useAxis(desk, from, from + nightsSeen)
  // Paper does not scroll: it begins with the first night that is seen.
  const range = useMemo(() => (isPrinting ? { from, to: from + days } : axis), [isPrinting, from, days, axis])

  // Where it was last seen to be. To ask the element would lay out what was only just drawn, once for nothing.
  const scrolled = useRef({ inline: 0, block: 0 })
  const isInPlace = useInPlace()
  const [edge, setEdge] = useState<number>(start)
  const [window, setWindow] = useState<Window>({ rows: { from: 0, to: 0 }, nights: range })
  const isDrawn = useIsDrawn(desk.model.segments.length > 0)
  const measure = useCallback((): Window => {
    if (isPrinting) return { rows: { from: 0, to: rows.length }, nights: { from, to: from + nightsSeen } }
    const blockSize = Math.max(0, size.block - size.top - size.foot)
    const viewport = { ...scrolled.current, inlineSize, blockSize }
    return windowOf(viewport, rows.length, range, metrics, isDrawn ? ROWS_TO_SPARE : 0)
  }, [rows.length, range, metrics, inlineSize, size, isPrinting, from, nightsSeen, isDrawn])

  // The URL names another first night than the one on screen.
  const asked = useRef(start)
  useLayoutEffect(() => {
    if (asked.current === start) return
    asked.current = start
    if (Math.round(anchor.current) === start) return
    anchor.current = start
    setFrom(start)
  }, [start])

  // Another axis, another zoom, another first night: the night that stands first is put there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` and `from` say when, not what
  useLayoutEffect(() => {
    const view = scroller.current
    if (!view) return
    if (!isInPlace(range, rows.length > 0)) {
      view.scrollLeft = scrollLeftOf(Math.round((anchor.current - range.from) * night), isRightToLeft)
      scrolled.current = positionOf(view)
    }
    setEdge(anchor.current)
    const next = measure()
    setWindow((known) => keepWindow(known, next))
  }, [scroller, range, night, measure, isRightToLeft, start, from])

  useEffect(() => {
    if (size.inline > 0) desk.loader.look({ from, to: from + nightsSeen })
  }, [desk, from, nightsSeen, size.inline])

  useScrolling(scroller, (view, isSettled) => {
    scrolled.current = positionOf(view)
    anchor.current = range.from + scrolled.current.inline / night
    const next = keepWindow(window, measure())
    // In the same frame as the scroll, or what comes into view is blank.
    if (next !== window) {
      flushSync(() => {
        setWindow(next)
        if (next.nights !== window.nights) setEdge(anchor.current)
      })
    }
    if (!isSettled) return
    const first = Math.round(anchor.current)
    setFrom(first)
    setEdge(anchor.current)
    if (first !== start) options.onSettled(first)
  })

  useTold(desk, { range, from, nightsSeen, inlineSize, metrics, size, isRightToLeft })
  const show = useShow(desk, scroller, { size, metrics, range, isRightToLeft })
  return { rows, size, metrics, range, window, edge, isDrawn, show }
}

interface Seen {
  readonly range: Span
  readonly from: Night
  readonly nightsSeen: number
  readonly inlineSize: number
  readonly metrics: Metrics
  readonly size: Size
  readonly isRightToLeft: boolean
}

/** The controller knows what is on screen. */
function useTold(desk: Desk, seen: Seen): void {
  const { range, from, nightsSeen, inlineSize, metrics, size, isRightToLeft } = seen
  const { night: nightSize } = metrics
  const nightsWhole = Math.max(1, Math.floor(inlineSize / nightSize))
  const pageRows = Math.max(1, Math.floor((size.block - size.top - size.foot) / metrics.row) - 1)
  useLayoutEffect(() => {
    desk.controller.lookAt({ from, to: from + nightsSeen })
    desk.controller.setView({
      range,
      start: from,
      nightsSeen: nightsWhole,
      nightSize,
      pageRows,
      isRightToLeft,
    })
  }, [desk, range, from, nightsSeen, nightsWhole, nightSize, pageRows, isRightToLeft])
}

function scaleOf(size: Size, days: number, isPrinting: boolean) {
  const inlineSize = Math.max(0, (isPrinting ? PAPER_PX : size.inline) - size.head)
  const least = isPrinting ? 1 : (LEAST_NIGHT_PX[days] ?? 13)
  const night = Math.max(least, Math.floor(inlineSize / days))
  return { inlineSize, night, nightsSeen: isPrinting ? days : Math.max(1, Math.ceil(inlineSize / night)) }
}

/** Whether the first rows come to where the chart stands already: to place it would lay them out before the rest is drawn. */
function useInPlace() {
  const last = useRef<{ range: Span | null; hasRows: boolean }>({ range: null, hasRows: false })
  return (range: Span, hasRows: boolean): boolean => {
    const { current: known } = last
    last.current = { range, hasRows }
    return !known.hasRows && hasRows && known.range === range
  }
}

const positionOf = (view: HTMLElement) => ({ inline: inlineScroll(view.scrollLeft), block: view.scrollTop })

/**
 * Whether what is seen is on the screen. Until then the rest waits, which nobody sees: the rows to spare, and the cells without a stay,
 * which are there for the keyboard and for who listens.
 */
function useIsDrawn(hasNights: boolean): boolean {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => {
    if (hasNights) afterPaint(() => setDrawn(true))
  }, [hasNights])
  return isDrawn
}

interface Shown {
  readonly size: Size
  readonly metrics: Metrics
  readonly range: Span
  readonly isRightToLeft: boolean
}

/** Scrolls no further than needed to bring a cell into sight. */
function useShow(desk: Desk, scroller: RefObject<HTMLDivElement | null>, shown: Shown) {
  const { size, metrics, range, isRightToLeft } = shown
  return useCallback(
    (cell: Cell) => {
      const view = scroller.current
      const index = desk.controller.rows.findIndex((row) => row.id === cell.row)
      if (!view || index < 0) return
      const blockSize = size.block - size.top - size.foot
      view.scrollTop = scrollToShow(index * metrics.row, metrics.row, view.scrollTop, blockSize)
      if (cell.night === null) return
      const at = (cell.night - range.from) * metrics.night
      const inlineSize = size.inline - size.head
      const inline = scrollToShow(at, metrics.night, inlineScroll(view.scrollLeft), inlineSize)
      view.scrollLeft = scrollLeftOf(inline, isRightToLeft)
    },
    [desk, scroller, size, metrics, range, isRightToLeft],
  )
}

/** The same object as long as it says the same. */
function useAxis(desk: Desk, from: Night, to: Night): Span {
  useVersion(desk.model, 'window')
  const axis = axisOf(desk.model.segments, { from, to })
  return useMemo(() => ({ from: axis.from, to: axis.to }), [axis.from, axis.to])
}

function useSize(scroller: RefObject<HTMLDivElement | null>): Size {
  const [size, setSize] = useState<Size>({ inline: 0, block: 0, head: 0, top: 0, foot: 0, row: 32 })
  useLayoutEffect(() => {
    const view = scroller.current
    if (!view) return
    const measure = () => {
      const style = getComputedStyle(view)
      const px = (name: string) => Number.parseFloat(style.getPropertyValue(name)) || 0
      const next = {
        inline: view.clientWidth,
        block: view.clientHeight,
        head: px('--chart-head'),
        top: px('--chart-top'),
        foot: px('--chart-foot'),
        row: px('--chart-row'),
      }
      setSize((known) =>
        Object.entries(next).every(([k, v]) => known[k as keyof Size] === v) ? known : next,
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(view)
    return () => observer.disconnect()
  }, [scroller])
  return size
}

function useScrolling(
  scroller: RefObject<HTMLDivElement | null>,
  onScroll: (view: HTMLDivElement, isSettled: boolean) => void,
) {
  const newest = useRef(onScroll)
  useLayoutEffect(() => {
    newest.current = onScroll
  })
  useEffect(() => {
    const view = scroller.current
    if (!view) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const scrolled = () => {
      newest.current(view, false)
      clearTimeout(timer)
      timer = setTimeout(() => newest.current(view, true), SETTLED_MS)
    }
    view.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      clearTimeout(timer)
      view.removeEventListener('scroll', scrolled)
    }
  }, [scroller])
}
