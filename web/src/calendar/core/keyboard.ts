/** The keyboard: walking over cells, and all that a pointer can do. */

import { blockLead } from './blocks'
import { clamp, type Night } from './days'
import { carry, drop, ghostOf, putBack, saidAt, seamAt } from './hand'
import type { Bar } from './items'
import { commandOf, type Direction, directionOf } from './keys'
import { message } from './message'
import { begin, toggle } from './pointer'
import { fits, planMove, reason, untouchable } from './rules'
import {
  type Cell,
  type Context,
  type Effect,
  type Hand,
  type Input,
  indexOf,
  type Next,
  next,
  type State,
} from './state'
import {
  barAt,
  blockAt,
  refused,
  stuck,
  takeBlock,
  takeEdge,
  takeRange,
  takeToMove,
  takeToSplit,
} from './taking'

type Key = Extract<Input, { type: 'key' }>
const WEEK = 7

export function pressed(state: State, context: Context, input: Key): Next {
  if (state.asked)
    return input.key === 'Escape' ? putBack(state, 'calendar.say.cancelled', context) : next(state)
  if (state.hand) return inHand(state, context, state.hand, input)
  const focus = focusOf(state, context)
  if (!focus) return next(state)
  const walked = walk(context, focus, input)
  if (walked)
    return walked === 'toggle' ? toggle(state, typeOf(context, focus)) : goTo(state, context, walked)
  return act(state, context, focus, input)
}

/** The cell that has the focus; the first one on screen while there is none, or when its row was hidden. */
export function focusOf(state: State, context: Context): Cell | null {
  const { rows, range, start } = context
  const first = rows[0]
  if (!first) return null
  const cell = state.focus ?? { row: first.id, night: start }
  const row = indexOf(context, cell.row) >= 0 ? cell.row : first.id
  return { row, night: cell.night === null ? null : clamp(cell.night, range.from, range.to - 1) }
}

/** The request stays until the view says that the cell has the focus: its window may have to be drawn first. */
export function goTo(state: State, context: Context, cell: Cell): Next {
  const focus = focusOf({ ...state, focus: cell }, context)
  if (!focus) return next(state)
  return next(
    { ...state, focus, focusRequest: (state.focusRequest ?? 0) + 1 },
    { kind: 'scroll', cell: focus },
  )
}

function typeOf(context: Context, cell: Cell): string {
  return context.model.row(cell.row)?.typeId ?? ''
}

/** Where a key leads, `null` for a key that does not walk. */
function walk(context: Context, focus: Cell, input: Key): Cell | 'toggle' | null {
  const { rows } = context
  const index = indexOf(context, focus.row)
  const rowAt = (n: number) => rows[clamp(n, 0, rows.length - 1)]?.id ?? focus.row
  if (input.alt || input.shift) return null
  switch (input.key) {
    case 'Home':
      // The head is the first cell of a row; it stands beside whatever nights are on screen.
      return { row: input.ctrl ? rowAt(0) : focus.row, night: null }
    case 'End':
      return { row: input.ctrl ? rowAt(rows.length - 1) : focus.row, night: lastSeen(context) }
    case 'PageUp':
      return { row: rowAt(index - context.pageRows), night: focus.night }
    case 'PageDown':
      return { row: rowAt(index + context.pageRows), night: focus.night }
  }
  const direction = directionOf(input.key, context.isRightToLeft)
  if (!direction) return null
  if (direction.rows !== 0) {
    if (!input.ctrl) return { row: rowAt(index + direction.rows), night: focus.night }
    const groups = rows
      .map((row, n) => (row.kind === 'group' ? n : -1))
      .filter((n) => (n - index) * direction.rows > 0)
    return {
      row: rowAt(direction.rows > 0 ? Math.min(...groups, rows.length - 1) : Math.max(...groups, 0)),
      night: focus.night,
    }
  }
  return walkNights(context, focus, direction.nights, input.ctrl)
}

/** The last night on screen. */
const lastSeen = ({ start, nightsSeen, range }: Context): Night =>
  clamp(start + nightsSeen - 1, range.from, range.to - 1)

/** From cell to cell: a bar is one cell, however many nights it has. Before the first night is the head of the row. */
function walkNights(context: Context, focus: Cell, forward: number, byWeek: boolean): Cell | 'toggle' {
  const { range, model } = context
  const row = model.row(focus.row)
  if (focus.night === null) {
    const isClosed =
      row?.kind === 'group' && !context.rows.some((one) => one.kind !== 'group' && one.typeId === row.typeId)
    if (row?.kind === 'group' && isClosed === forward > 0) return 'toggle'
    return forward > 0 ? { row: focus.row, night: context.start } : focus
  }
  if (byWeek) return { row: focus.row, night: clamp(focus.night + forward * WEEK, range.from, range.to - 1) }
  const item = model.onNight(focus.row, focus.night)
  const night = forward > 0 ? (item ? item.to : focus.night + 1) : (item ? item.from : focus.night) - 1
  if (night < range.from) return { row: focus.row, night: null }
  return { row: focus.row, night: night >= range.to ? focus.night : night }
}

function act(state: State, context: Context, focus: Cell, input: Key): Next {
  const { model } = context
  const row = model.row(focus.row)
  const item = focus.night === null ? undefined : model.onNight(focus.row, focus.night)
  const bar = barAt(context, item?.key ?? null)
  if (!row) return next(state)

  if (input.key === 'ContextMenu' || (input.key === 'F10' && input.shift)) {
    return next(state, { kind: 'menu', cell: focus, item: item?.key ?? null })
  }
  if (input.key === 'Enter' && !input.ctrl && !input.shift) {
    if (row.kind === 'group') return toggle(state, row.typeId)
    if (focus.night === null) return next(state, { kind: 'menu', cell: focus, item: null })
    return item
      ? next(state, { kind: 'open', item: item.key })
      : begin(state, context, { row: row.id, night: focus.night }, input.alt)
  }
  const direction = input.shift && !input.ctrl ? directionOf(input.key, context.isRightToLeft) : null
  if (direction && direction.nights !== 0 && focus.night !== null) {
    if (bar) return stretchBy(state, context, bar, input.alt ? 'start' : 'end', direction.nights)
    const block = blockAt(context, item?.key ?? null)
    if (block) {
      const part = input.alt ? 'start' : 'end'
      const taken = takeBlock(state, context, block, part, 'keys', 0)
      return taken.state.hand ? carried(taken, context, direction.nights) : taken
    }
    if (row.kind === 'group') return next(state)
    const range = takeRange(state, context, row, focus.night, input.alt, 'keys')
    return range.state.hand ? carried(range, context, focus.night + direction.nights) : range
  }
  const command = commandOf(input.key, input.ctrl, input.shift, input.alt)
  if (command) return next(state, { kind: 'command', command })
  const block = blockAt(context, item?.key ?? null)
  if (block && input.key.toLowerCase() === 'm' && !input.ctrl && !input.alt)
    return takeBlock(state, context, block, 'body', 'keys')
  return bar && focus.night !== null && !input.ctrl && !input.alt
    ? letter(state, context, bar, focus.night, input.key.toLowerCase())
    : next(state)
}

function letter(state: State, context: Context, bar: Bar, night: Night, key: string): Next {
  switch (key) {
    case 'm':
      return takeToMove(state, context, bar, 'keys')
    case 's':
      return takeToSplit(state, context, bar, night, 'keys')
    case 'p':
      return context.may('pms.calendar.move')
        ? direct(state, context, bar, { kind: 'pin', id: bar.id, isPinned: !bar.isPinned })
        : refused(state, reason('notAllowed'))
    case 'u': {
      const lane = context.model.rows.find(
        (row) => row.kind === 'lane' && row.typeId === context.model.row(bar.roomId ?? '')?.typeId,
      )
      if (!lane) return next(state)
      const taken = takeToMove(state, context, bar, 'keys')
      const { hand } = taken.state
      if (hand?.mode !== 'move') return taken
      return drop(
        {
          ...taken.state,
          hand: { ...hand, by: 'pointer', row: lane.id, plan: planMove(context.model, bar, lane, bar.from) },
        },
        context,
      )
    }
    default:
      return next(state)
  }
}

function direct(
  state: State,
  context: Context,
  bar: Bar,
  action: Extract<Effect, { kind: 'do' }>['task']['action'],
): Next {
  const stop = untouchable(context.model, bar)
  if (stop) return refused(state, stop)
  return next(state, {
    kind: 'do',
    task: { action, versions: { [bar.id]: bar.version }, key: context.newKey() },
  })
}

function stretchBy(state: State, context: Context, bar: Bar, edge: 'start' | 'end', by: number): Next {
  const taken = takeEdge(state, context, bar, edge, 'keys', 0)
  return taken.state.hand ? carried(taken, context, by) : taken
}

function carried(taken: Next, context: Context, night: Night): Next {
  const { hand } = taken.state
  if (!hand) return taken
  const moved = carry(
    context,
    hand,
    hand.mode === 'range' || hand.mode === 'move' ? hand.row : hand.home,
    night,
  )
  return {
    state: { ...taken.state, hand: moved },
    effects: [...taken.effects, saidAt(context, moved), ghostCell(moved)],
  }
}

function ghostCell(hand: Hand): Effect {
  const leads = {
    move: ghostOf(hand).span.from,
    resize: 'to' in hand ? hand.to : 0,
    split: 'at' in hand ? hand.at : 0,
    block: hand.mode === 'block' ? blockLead(hand.span, hand.part) : 0,
    range: 'span' in hand ? hand.span.to - 1 : 0,
  }
  return { kind: 'scroll', cell: { row: 'row' in hand ? hand.row : hand.home, night: leads[hand.mode] } }
}

function inHand(state: State, context: Context, hand: Hand, input: Key): Next {
  const isBack = input.key === 'Escape' || commandOf(input.key, input.ctrl, input.shift, input.alt) === 'undo'
  if (isBack) return putBack(state, 'calendar.say.cancelled', context)
  if (input.key === 'Enter') return drop(state, context, input.alt)
  const direction = directionOf(input.key, context.isRightToLeft) ?? pageOf(input.key, context)
  if (!direction) {
    // No other key means anything until it is put back.
    const { why } = ghostOf(hand)
    if (input.key.length > 1) return next(state)
    return why ? stuck(state, why) : next(state, { kind: 'say', messages: [message('calendar.say.escape')] })
  }
  const moved = step(context, hand, direction, input.ctrl)
  if (moved === null) return next(state, { kind: 'say', messages: [message('calendar.say.noOtherRoom')] })
  if (moved === hand) return next(state)
  return next({ ...state, hand: moved }, saidAt(context, moved), ghostCell(moved))
}

function pageOf(key: string, context: Context): Direction | null {
  return key === 'PageUp'
    ? { rows: -context.pageRows, nights: 0 }
    : key === 'PageDown'
      ? { rows: context.pageRows, nights: 0 }
      : null
}

/** One step of what is in hand; `null` when there is no other room that fits. */
function step(context: Context, hand: Hand, direction: Direction, ctrl: boolean): Hand | null {
  const { range } = context
  const by = direction.nights * (ctrl ? WEEK : 1)
  switch (hand.mode) {
    case 'move': {
      const row = direction.rows === 0 ? hand.row : rowFrom(context, hand, direction.rows, ctrl)
      if (row === null) return null
      // Who arrived before what is loaded keeps the dates.
      const from = by === 0 ? hand.from : clamp(hand.from + by, range.from, range.to - 1)
      return carry(context, hand, row, from - hand.bar.from + hand.grabbed)
    }
    case 'split': {
      if (direction.nights !== 0) return seamAt(context, hand, hand.at + by)
      const row = rowFrom(context, hand, direction.rows, ctrl)
      return row === null ? null : carry(context, hand, row, hand.at)
    }
    case 'resize': {
      const edge = hand.edge === 'start' ? hand.bar.from : hand.bar.to
      return carry(context, hand, hand.home, clamp(hand.to + by, range.from, range.to) - edge + hand.grabbed)
    }
    case 'block': {
      const lead = hand.part === 'end' ? hand.span.to : hand.span.from
      const at =
        clamp(lead + by, range.from, range.to) - (hand.part === 'end' ? hand.block.to : hand.block.from)
      return carry(context, hand, hand.home, hand.grabbed + at)
    }
    case 'range': {
      const head = hand.span.from < hand.anchor ? hand.span.from : hand.span.to - 1
      return carry(context, hand, hand.row, clamp(head + by, range.from, range.to - 1))
    }
  }
}

/** The next row that can hold a stay; with `fitting`, the next room in which it would be free. */
function rowFrom(
  context: Context,
  hand: Extract<Hand, { mode: 'move' | 'split' }>,
  rows: number,
  fitting: boolean,
): string | null {
  const way = Math.sign(rows)
  let left = Math.abs(rows)
  let found = hand.row
  for (let n = indexOf(context, hand.row) + way; n >= 0 && n < context.rows.length; n += way) {
    const row = context.rows[n]
    if (!row || row.kind === 'group' || (hand.mode === 'split' && row.kind !== 'room')) continue
    if (fitting) {
      const isOpen =
        hand.mode === 'move'
          ? fits(context.model, hand.bar, row, hand.from)
          : carriedFits(context, hand, row.id)
      if (row.kind === 'room' && isOpen) return row.id
      continue
    }
    found = row.id
    left -= 1
    if (left === 0) return found
  }
  return fitting ? null : found
}

function carriedFits(context: Context, hand: Extract<Hand, { mode: 'split' }>, row: string): boolean {
  const there = carry(context, hand, row, hand.at)
  return there.mode === 'split' && there.plan.why === null && there.plan.action !== null
}
