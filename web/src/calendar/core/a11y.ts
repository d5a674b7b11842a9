/** The chart as a tree grid: which cells a row has, where they count, and what they are called. */
import { clamp, dateOf, type Night, overlaps, type Span, weekdayOf } from './days'
import { housekeepingOf } from './filter'
import type { Item } from './items'
import { type Message, message } from './message'
import type { Model } from './model'
import type { Row } from './rows'
import { itemFacts, rowFacts, spanFacts } from './words'

export interface GridCell {
  readonly key: string
  readonly kind: 'stay' | 'block' | 'vacant' | 'total'
  /** 1-based; the head of the row is column 1. */
  readonly colindex: number
  readonly colspan: number
  /** Clipped to the loaded range. */
  readonly span: Span
  readonly item: Item | null
  readonly isFocused: boolean
  /** Put together when somebody asks: a chart is drawn before it is read out. */
  name(): Message
}

export function columnOf(night: Night, range: Span): number {
  return night - range.from + 2
}

export function columnCount(range: Span): number {
  return range.to - range.from + 1
}

/**
 * The cells of a row that reach into `nights`. A stay is one cell; a vacant run is one cell, out of which the focused night is cut as
 * its own. No two overlap, even while answers of different age are on the screen together.
 */
export function cellsOf(
  model: Model,
  row: Row,
  nights: Span,
  range: Span,
  focused: Night | null,
): GridCell[] {
  if (row.kind === 'group') return totalCells(model, row, nights, range, focused)
  const cells: GridCell[] = []
  let at = range.from
  const vacantUntil = (to: Night) => {
    for (const span of cut({ from: at, to }, focused)) {
      if (overlaps(span, nights)) cells.push(vacant(model, row, span, range, focused))
    }
  }
  for (const item of model.itemsOf(row.id)) {
    const span = { from: Math.max(item.from, at), to: Math.min(item.to, range.to) }
    if (span.from >= span.to) continue
    vacantUntil(span.from)
    at = span.to
    if (overlaps(span, nights)) cells.push(taken(model, item, span, range, focused))
  }
  vacantUntil(range.to)
  return cells
}

function cut(span: Span, focused: Night | null): Span[] {
  if (span.from >= span.to) return []
  if (focused === null || focused < span.from || focused >= span.to) return [span]
  const parts = [
    { from: span.from, to: focused },
    { from: focused, to: focused + 1 },
    { from: focused + 1, to: span.to },
  ]
  return parts.filter((part) => part.from < part.to)
}

function placed(span: Span, range: Span, focused: Night | null) {
  const isFocused = focused !== null && span.from <= focused && focused < span.to
  return { colindex: columnOf(span.from, range), colspan: span.to - span.from, span, isFocused }
}

function vacant(model: Model, row: Row, span: Span, range: Span, focused: Night | null): GridCell {
  const place = placed(span, range, focused)
  const key = place.isFocused ? `night:${span.from}` : `vacant:${span.from}`
  const name = () =>
    message(span.to - span.from === 1 ? 'calendar.cell.night' : 'calendar.cell.vacant', {
      ...rowFacts(model, row.id),
      ...spanFacts(span),
    })
  return { key, kind: 'vacant', item: null, name, ...place }
}

function taken(model: Model, item: Item, span: Span, range: Span, focused: Night | null): GridCell {
  const name = () => {
    const more = item.kind === 'stay' ? stayFacts(item) : {}
    return message(`calendar.cell.${item.kind}`, { ...itemFacts(model, item), ...more })
  }
  return {
    key: item.key,
    kind: item.kind,
    item,
    name,
    ...placed(span, range, focused),
  }
}

function stayFacts(bar: Extract<Item, { kind: 'stay' }>) {
  return {
    firstName: bar.firstName,
    guests: bar.adults + bar.children,
    isPinned: bar.isPinned,
    hasNotes: bar.hasNotes,
    owes: bar.balanceCents > 0,
    isPiece: bar.from !== bar.checkIn || bar.to !== bar.checkOut,
    source: bar.source,
  }
}

function totalCells(model: Model, row: Row, nights: Span, range: Span, focused: Night | null): GridCell[] {
  const cells: GridCell[] = []
  const push = (night: Night) => {
    const name = () => {
      const available = model.total(night)?.byType[row.typeId]
      const facts = { ...rowFacts(model, row.id), date: dateOf(night) }
      return available === undefined
        ? message('calendar.cell.unknown', facts)
        : message('calendar.cell.available', { ...facts, available })
    }
    cells.push({
      key: `total:${night}`,
      kind: 'total',
      item: null,
      name,
      ...placed({ from: night, to: night + 1 }, range, focused),
    })
  }
  const [from, to] = [Math.max(nights.from, range.from), Math.min(nights.to, range.to)]
  for (let night = from; night < to; night += 1) push(night)
  return cells
}

export interface GridRow {
  readonly rowindex: number
  readonly level: 1 | 2
  /** Of a group. */
  readonly isExpanded: boolean | null
  readonly name: Message
}

/** `headRows`: how many rows of dates stand above. */
export function rowOf(
  model: Model,
  rows: readonly Row[],
  index: number,
  closed: ReadonlySet<string>,
  headRows = 1,
): GridRow | null {
  const row = rows[index]
  if (!row) return null
  const rowindex = index + 1 + headRows
  const facts = rowFacts(model, row.id)
  if (row.kind === 'group') {
    const rooms = model.rows.filter((one) => one.kind === 'room' && one.typeId === row.typeId).length
    return {
      rowindex,
      level: 1,
      isExpanded: !closed.has(row.typeId),
      name: message('calendar.row.type', { ...facts, rooms }),
    }
  }
  if (row.kind === 'lane') {
    const waiting = model.itemsOf(row.id).length
    return {
      rowindex,
      level: 2,
      isExpanded: null,
      name: message('calendar.row.lane', { ...facts, lane: row.lane + 1, waiting }),
    }
  }
  const room = model.room(row.roomId)
  const housekeeping = room ? housekeepingOf(room) : ''
  return {
    rowindex,
    level: 2,
    isExpanded: null,
    name: message('calendar.row.room', { ...facts, housekeeping }),
  }
}

export function dayHead(night: Night, range: Span, businessDate: Night): { colindex: number; name: Message } {
  const name = message('calendar.head.day', {
    date: dateOf(night),
    weekday: weekdayOf(night),
    isToday: night === businessDate,
  })
  return { colindex: columnOf(night, range), name }
}

/** Nearest night of a cell to walk to when focus comes into it from the side. */
export function nightIn(cell: GridCell, night: Night): Night {
  return clamp(night, cell.span.from, cell.span.to - 1)
}
