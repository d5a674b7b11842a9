/**
 * Where things are, in pixels of the chart's own axes: `start` runs along the lines of text (from the right in a right-to-left
 * language), `top` down. No side of a screen is named here, so nothing has to be turned around.
 */
import type { Night, Span } from './days'
import type { Item } from './items'

export interface Metrics {
  /** Pixels of a night. */
  readonly night: number
  /** Pixels of a row: all rows are alike, so that a row's place is a multiplication. */
  readonly row: number
}

/** How an end is drawn: at mid-cell, for who comes in the afternoon and leaves in the morning, or cut off by the edge of the chart. */
export type End = 'half' | 'clipped'

export interface BarBox {
  readonly start: number
  readonly size: number
  readonly arrival: End
  readonly departure: End
  /** An end at which the stay changes rooms, rather than arrives or leaves. */
  readonly seamBefore: boolean
  readonly seamAfter: boolean
}

/** `null` when nothing of it is in the range. On the day of departure its last half day still is. */
export function boxOf(item: Item, range: Span, metrics: Metrics): BarBox | null {
  if (item.from >= range.to || item.to < range.from) return null
  const isClippedBefore = item.from < range.from
  const isClippedAfter = item.to >= range.to
  const start = isClippedBefore ? 0 : (item.from - range.from + 0.5) * metrics.night
  const end = (isClippedAfter ? range.to - range.from : item.to - range.from + 0.5) * metrics.night
  return {
    start,
    size: end - start,
    arrival: isClippedBefore ? 'clipped' : 'half',
    departure: isClippedAfter ? 'clipped' : 'half',
    seamBefore: item.kind === 'stay' && item.from !== item.checkIn,
    seamAfter: item.kind === 'stay' && item.to !== item.checkOut,
  }
}

/** Of a span that is not an item yet: the ghost of a drag. */
export function spanBox(span: Span, range: Span, metrics: Metrics): { start: number; size: number } | null {
  const from = Math.max(span.from, range.from - 0.5)
  const to = Math.min(span.to, range.to - 0.5)
  if (from >= to) return null
  return { start: (from - range.from + 0.5) * metrics.night, size: (to - from) * metrics.night }
}

/** The column of a date: a whole cell. */
export function columnStart(night: Night, range: Span, metrics: Metrics): number {
  return (night - range.from) * metrics.night
}

export function rowTop(index: number, metrics: Metrics): number {
  return index * metrics.row
}

export function chartSize(rows: number, range: Span, metrics: Metrics): { inline: number; block: number } {
  return { inline: (range.to - range.from) * metrics.night, block: rows * metrics.row }
}

/** A place on the screen, measured along the line of text from where the box begins. */
export function inlineOffset(
  clientX: number,
  box: { left: number; right: number },
  isRightToLeft: boolean,
): number {
  return isRightToLeft ? box.right - clientX : clientX - box.left
}

/** How far a container is scrolled along the line of text: browsers count down from 0 in a right-to-left language. */
export function inlineScroll(scrollLeft: number): number {
  return Math.abs(scrollLeft)
}

/** What to give to `scrollLeft`. */
export function scrollLeftOf(inline: number, isRightToLeft: boolean): number {
  return isRightToLeft && inline !== 0 ? -inline : inline
}

/** The date column and the row under a place of the chart; outside of it, the nearest. */
export function cellAt(
  inline: number,
  block: number,
  rows: number,
  range: Span,
  metrics: Metrics,
): { night: Night; row: number } {
  const column = Math.floor(inline / metrics.night)
  const row = Math.floor(block / metrics.row)
  return {
    night: range.from + Math.max(0, Math.min(range.to - range.from - 1, column)),
    row: Math.max(0, Math.min(rows - 1, row)),
  }
}

/** The scroll position that shows a cell whole, moving no further than needed. */
export function scrollToShow(start: number, size: number, scroll: number, view: number): number {
  if (start < scroll) return start
  if (start + size > scroll + view) return Math.min(start, start + size - view)
  return scroll
}

/** How close to an edge of the view a drag begins to scroll it, in pixels. */
const EDGE = 48

export interface Place {
  /** In the view, not in the chart. */
  readonly inline: number
  readonly block: number
  readonly viewInline: number
  readonly viewBlock: number
}

/** Which way a drag near the edge asks to scroll: −1 to 1 along each axis, stronger nearer to the edge. */
export function edgePull(place: Place): { inline: number; block: number } {
  const pull = (at: number, view: number) => {
    const edge = Math.min(EDGE, view / 4)
    if (edge <= 0) return 0
    if (at < edge) return -Math.min(1, (edge - at) / edge)
    if (at > view - edge) return Math.min(1, (at - view + edge) / edge)
    return 0
  }
  return { inline: pull(place.inline, place.viewInline), block: pull(place.block, place.viewBlock) }
}
