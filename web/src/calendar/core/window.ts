/**
 * Which rows and nights are in the document. In steps, so that scrolling within one changes nothing, and with some to spare, so that
 * what comes into view is there already.
 */
import { clamp, type Night, type Span } from './days'
import type { Metrics } from './layout'

export interface Viewport {
  /** How far it is scrolled, and how large it is: pixels along the two axes of the chart. */
  readonly inline: number
  readonly block: number
  readonly inlineSize: number
  readonly blockSize: number
}

export interface Window {
  /** Half-open, of indices. */
  readonly rows: Span
  /** Half-open, of nights. */
  readonly nights: Span
}

export const ROW_STEP = 2
export const NIGHT_STEP = 4
export const ROWS_TO_SPARE = 3
export const NIGHTS_TO_SPARE = 2

export function windowOf(
  viewport: Viewport,
  rowCount: number,
  range: Span,
  metrics: Metrics,
  rowsToSpare: number = ROWS_TO_SPARE,
): Window {
  const rows = stepped(
    viewport.block / metrics.row,
    viewport.blockSize / metrics.row,
    rowCount,
    ROW_STEP,
    rowsToSpare,
  )
  const count = range.to - range.from
  const nights = stepped(
    viewport.inline / metrics.night,
    viewport.inlineSize / metrics.night,
    count,
    NIGHT_STEP,
    NIGHTS_TO_SPARE,
  )
  return { rows, nights: { from: range.from + nights.from, to: range.from + nights.to } }
}

function stepped(start: number, size: number, count: number, step: number, spare: number): Span {
  const first = clamp(Math.floor(start), 0, Math.max(0, count - 1))
  const last = clamp(Math.ceil(start + size), first, count)
  const from = clamp(Math.floor((first - spare) / step) * step, 0, count)
  return { from, to: clamp(Math.ceil((last + spare) / step) * step, from, count) }
}

const same = (a: Span, b: Span) => a.from === b.from && a.to === b.to

/** `next`, with the very objects of `known` for what is alike: whoever draws a row or a head sees that nothing of it changed. */
export function keepWindow(known: Window, next: Window): Window {
  const rows = same(known.rows, next.rows) ? known.rows : next.rows
  const nights = same(known.nights, next.nights) ? known.nights : next.nights
  return rows === known.rows && nights === known.nights ? known : { rows, nights }
}

/** The indices to draw, in order: those of the window, and the focused row wherever it is, or its focus would be lost. */
export function mountedRows(window: Window, focused: number | null, rowCount: number): number[] {
  const rows = Array.from({ length: window.rows.to - window.rows.from }, (_, n) => window.rows.from + n)
  if (focused === null || focused < 0 || focused >= rowCount) return rows
  if (focused < window.rows.from) return [focused, ...rows]
  if (focused >= window.rows.to) return [...rows, focused]
  return rows
}

/** The nights of a row to draw: for the focused one those around its focus, too. */
export function mountedNights(window: Window, focused: Night | null): Span {
  if (focused === null) return window.nights
  if (focused >= window.nights.from && focused < window.nights.to) return window.nights
  return focused < window.nights.from
    ? { from: focused, to: window.nights.to }
    : { from: window.nights.from, to: focused + 1 }
}
