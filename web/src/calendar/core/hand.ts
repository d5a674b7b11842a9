/** Taking a bar or a range in hand, carrying it, and letting it go: the same for a pointer and for keys. */
import { type Action, type Edge, subjectsOf } from './actions'
import { type BlockPart, blockFault, blockSpan, planBlock } from './blocks'
import type { Night, Span } from './days'
import type { Bar, Block, Item } from './items'
import { message } from './message'
import { offersFor } from './offers'
import type { Versions } from './requests'
import type { Row, RowId } from './rows'
import {
  edgeFault,
  freeRange,
  planMove,
  planRange,
  planResize,
  planSplit,
  type Reason,
  reason,
  reasonMessage,
  splitNights,
  untouchable,
} from './rules'
import {
  type Asked,
  type Context,
  type Effect,
  type Hand,
  type Input,
  type Next,
  next,
  type State,
} from './state'
import { itemFacts, rowFacts, spanFacts } from './words'

type By = Hand['by']
type Held = Exclude<Hand, { mode: 'range' }>
const AT_EASE = { press: null, pull: { inline: 0, block: 0 } } as const

export function barAt(context: Context, key: string | null): Bar | null {
  const item = key === null ? undefined : context.model.item(key)
  return item?.kind === 'stay' ? item : null
}

export function blockAt(context: Context, key: string | null): Block | null {
  const item = key === null ? undefined : context.model.item(key)
  return item?.kind === 'block' ? item : null
}

const itemIn = (hand: Held): Item => (hand.mode === 'block' ? hand.block : hand.bar)

export function refused(state: State, why: Reason): Next {
  return next({ ...state, ...AT_EASE }, { kind: 'say', messages: [reasonMessage(why)] })
}

/** Still in hand: why it cannot be there, and the way out. */
export function stuck(state: State, why: Reason): Next {
  const messages = [reasonMessage(why), message('calendar.say.escape')]
  return next({ ...state, ...AT_EASE }, { kind: 'say', messages })
}

function why(context: Context, bar: Bar, permission: string): Reason | null {
  return context.may(permission) ? untouchable(context.model, bar) : reason('notAllowed')
}

function inHand(state: State, context: Context, hand: Held): Next {
  const item = itemIn(hand)
  const said = message(`calendar.say.taken.${hand.mode}`, itemFacts(context.model, item))
  return next(
    { ...state, ...AT_EASE, hand },
    { kind: 'hold', id: item.id },
    { kind: 'say', messages: [said] },
  )
}

export function takeToMove(
  state: State,
  context: Context,
  bar: Bar,
  by: By,
  grabbed: Night = bar.from,
): Next {
  const stop = why(context, bar, 'pms.calendar.move')
  const home = context.model.rowOf(bar)
  if (stop || home === undefined) return refused(state, stop ?? reason('notARoom'))
  const plan = { action: null, why: null, asks: [] }
  return inHand(state, context, {
    mode: 'move',
    by,
    key: context.newKey(),
    bar,
    home,
    grabbed,
    row: home,
    from: bar.from,
    plan,
  })
}

export function takeEdge(state: State, context: Context, bar: Bar, edge: Edge, by: By, grabbed: Night): Next {
  const stop = why(context, bar, 'pms.calendar.resize') ?? edgeFault(bar, edge)
  const home = context.model.rowOf(bar)
  if (stop || home === undefined) return refused(state, stop ?? reason('notARoom'))
  const to = edge === 'start' ? bar.from : bar.to
  const plan = { action: null, why: null, asks: [] }
  return inHand(state, context, {
    mode: 'resize',
    by,
    key: context.newKey(),
    bar,
    home,
    grabbed,
    edge,
    to,
    plan,
  })
}

export function takeToSplit(state: State, context: Context, bar: Bar, at: Night, by: By): Next {
  const home = context.model.rowOf(bar)
  const nights = splitNights(context.model, bar)
  const stop =
    why(context, bar, 'pms.calendar.move') ??
    (nights.from < nights.to ? null : reason('tooShort', { name: bar.lastName }))
  if (stop || home === undefined || bar.roomId === null) return refused(state, stop ?? reason('notARoom'))
  const night = Math.max(nights.from, Math.min(nights.to - 1, at))
  const plan = { action: null, why: null, asks: [] }
  return inHand(state, context, {
    mode: 'split',
    by,
    key: context.newKey(),
    bar,
    home,
    at: night,
    row: home,
    plan,
  })
}

export function takeBlock(
  state: State,
  context: Context,
  block: Block,
  part: BlockPart,
  by: By,
  grabbed: Night = block.from,
): Next {
  const { model } = context
  const isSaving = model.isPending(block.id) ? reason('saving', { name: '' }) : null
  const stop = context.may('pms.calendar.move')
    ? (isSaving ?? blockFault(model, block, part))
    : reason('notAllowed')
  if (stop) return refused(state, stop)
  const span = { from: block.from, to: block.to }
  const plan = { action: null, why: null, asks: [] }
  const key = context.newKey()
  return inHand(state, context, {
    mode: 'block',
    by,
    key,
    block,
    home: block.roomId,
    part,
    grabbed,
    span,
    plan,
  })
}

export function takeRange(
  state: State,
  context: Context,
  row: Row,
  anchor: Night,
  isBlock: boolean,
  by: By,
): Next {
  const permission = isBlock ? 'pms.calendar.move' : 'pms.reservations.create'
  if (!context.may(permission)) return refused(state, reason('notAllowed'))
  const span = { from: anchor, to: anchor + 1 }
  const stop = isBlock && row.kind !== 'room' ? reason('notARoom') : planRange(context.model, row, span)
  if (stop) return refused(state, stop)
  const hand: Hand = {
    mode: 'range',
    by,
    key: context.newKey(),
    row: row.id,
    anchor,
    span,
    isBlock,
    why: null,
  }
  return next({ ...state, ...AT_EASE, hand })
}

/** Over another cell. Computed from what was taken, never from where it was a moment ago. */
export function carry(context: Context, hand: Hand, row: RowId, night: Night): Hand {
  const { model } = context
  const over = model.row(row)
  switch (hand.mode) {
    case 'move': {
      const isToLane = over?.kind === 'lane' && hand.bar.roomId !== null
      const from = isToLane ? hand.bar.from : hand.bar.from + night - hand.grabbed
      if (!over || (row === hand.row && from === hand.from)) return hand
      return { ...hand, row, from, plan: planMove(model, hand.bar, over, from) }
    }
    case 'resize': {
      const { bar, edge } = hand
      const moved = (edge === 'start' ? bar.from : bar.to) + night - hand.grabbed
      const to = edge === 'start' ? Math.min(moved, bar.to - 1) : Math.max(moved, bar.from + 1)
      return to === hand.to ? hand : { ...hand, to, plan: planResize(model, bar, edge, to) }
    }
    case 'split':
      return over && row !== hand.row
        ? { ...hand, row, plan: planSplit(model, hand.bar, hand.at, over) }
        : hand
    case 'block': {
      const span = blockSpan(hand.block, hand.part, night - hand.grabbed)
      if (span.from === hand.span.from && span.to === hand.span.to) return hand
      return { ...hand, span, plan: planBlock(model, hand.block, span) }
    }
    case 'range': {
      const own = model.row(hand.row)
      if (!own) return hand
      const span = freeRange(model, own, hand.anchor, night)
      if (span.from === hand.span.from && span.to === hand.span.to) return hand
      return { ...hand, span, why: planRange(model, own, span) }
    }
  }
}

export function seamAt(context: Context, hand: Extract<Hand, { mode: 'split' }>, at: Night): Hand {
  const nights = splitNights(context.model, hand.bar)
  if (at < nights.from || at >= nights.to) return hand
  const over = context.model.row(hand.row)
  return over ? { ...hand, at, plan: planSplit(context.model, hand.bar, at, over) } : hand
}

/** Where the ghost is. */
export function ghostOf(hand: Hand): { row: RowId; span: Span; why: Reason | null } {
  switch (hand.mode) {
    case 'move':
      return {
        row: hand.row,
        span: { from: hand.from, to: hand.from + hand.bar.to - hand.bar.from },
        why: hand.plan.why,
      }
    case 'resize': {
      const span =
        hand.edge === 'start' ? { from: hand.to, to: hand.bar.to } : { from: hand.bar.from, to: hand.to }
      return { row: hand.home, span, why: hand.plan.why }
    }
    case 'split':
      return { row: hand.row, span: { from: hand.at, to: hand.bar.checkOut }, why: hand.plan.why }
    case 'block':
      return { row: hand.home, span: hand.span, why: hand.plan.why }
    case 'range':
      return { row: hand.row, span: hand.span, why: hand.why }
  }
}

/** What the live region hears as it is carried. */
export function saidAt(context: Context, hand: Hand): Effect {
  const { row, span, why: stop } = ghostOf(hand)
  const at = message('calendar.say.at', { ...rowFacts(context.model, row), ...spanFacts(span) })
  return { kind: 'say', messages: stop ? [at, reasonMessage(stop)] : [at] }
}

/** Let go where it is. */
export function drop(state: State, context: Context, asBlock = false): Next {
  const { hand } = state
  if (!hand) return next(state)
  if (hand.mode === 'range') return dropRange(state, context, hand, asBlock)
  const { plan } = hand
  if (plan.why) return dropRefused(state, context, hand, plan.why)
  if (!plan.action) return putBack(state, 'calendar.say.unchanged', context)
  if (plan.asks.length > 0) {
    return asks(state, { kind: 'sure', questions: plan.asks, action: plan.action, offers: null, why: null })
  }
  return perform(state, context, hand, plan.action)
}

function dropRange(
  state: State,
  context: Context,
  hand: Extract<Hand, { mode: 'range' }>,
  asBlock: boolean,
): Next {
  const row = context.model.row(hand.row)
  const rest = { ...state, ...AT_EASE, hand: null }
  if (!row || row.kind === 'group') return next(rest)
  if (hand.why) return refused(rest, hand.why)
  const { from, to } = hand.span
  if (!hand.isBlock && !asBlock) {
    return next(rest, {
      kind: 'create',
      typeId: row.typeId,
      roomId: row.kind === 'room' ? row.roomId : null,
      from,
      to,
      key: hand.key,
    })
  }
  if (!context.may('pms.calendar.move')) return refused(rest, reason('notAllowed'))
  if (row.kind !== 'room') return refused(rest, reason('notARoom'))
  return next(rest, { kind: 'block', roomId: row.roomId, from, to, key: hand.key })
}

function dropRefused(state: State, context: Context, hand: Held, stop: Reason): Next {
  const row = hand.mode === 'move' ? context.model.row(hand.row) : undefined
  if (hand.mode === 'move' && row && stop.code === 'booked') {
    const offers = offersFor(context.model, hand.bar, row, hand.from, stop, context.model.rows)
    if (offers.swap || offers.displace || offers.mayFit) {
      const questions = hand.bar.status === 'CHECKED_IN' ? (['inHouse'] as const) : []
      return asks(state, { kind: 'occupied', questions, action: null, offers, why: stop })
    }
  }
  // Keys go on from here; a pointer has let go.
  if (hand.by === 'keys') return stuck(state, stop)
  const back = putBack(state, 'calendar.say.back', context)
  return next(back.state, ...back.effects.filter((effect) => effect.kind !== 'say'), {
    kind: 'say',
    messages: [reasonMessage(stop)],
  })
}

function asks(state: State, asked: Asked): Next {
  return next({ ...state, ...AT_EASE, asked }, { kind: 'ask', asked })
}

export function answer(
  state: State,
  context: Context,
  choice: Extract<Input, { type: 'answer' }>['choice'],
): Next {
  const { asked, hand } = state
  if (!asked || !hand || hand.mode === 'range') return next(state)
  const choices = {
    yes: asked.action,
    no: null,
    swap: asked.offers?.swap ?? null,
    displace: asked.offers?.displace ?? null,
  }
  const action = choices[choice]
  return action ? perform(state, context, hand, action) : putBack(state, 'calendar.say.cancelled', context)
}

/** The version of what was in hand is the one it had when it was taken: who changed it meanwhile is not overwritten. */
function versionsSeen(context: Context, held: Item, action: Action): Versions {
  return Object.fromEntries(
    subjectsOf(action).map((id) => [
      id,
      id === held.id ? held.version : (context.model.versionOfSubject(id) ?? 0),
    ]),
  )
}

function perform(state: State, context: Context, hand: Held, action: Action): Next {
  const { row, span } = ghostOf(hand)
  const item = itemIn(hand)
  const focus = { row, night: action.kind === 'swap' ? item.from : span.from }
  const rest: State = {
    ...state,
    ...AT_EASE,
    hand: null,
    asked: null,
    focus,
    focusRequest: (state.focusRequest ?? 0) + 1,
  }
  const task = { action, versions: versionsSeen(context, item, action), key: hand.key }
  const said = message('calendar.say.dropped', {
    ...itemFacts(context.model, item),
    ...rowFacts(context.model, row),
    ...spanFacts(span),
  })
  // The change is on the screen before the hand opens, so that nothing flickers in between.
  return next(
    rest,
    { kind: 'do', task },
    { kind: 'letGo', id: item.id },
    { kind: 'say', messages: [said] },
    { kind: 'scroll', cell: focus },
  )
}

/** Nothing happened. */
export function putBack(state: State, key: string, context: Context): Next {
  const { hand } = state
  const rest: State = { ...state, ...AT_EASE, hand: null, asked: null }
  if (!hand) return next(rest)
  if (hand.mode === 'range') return next(rest, { kind: 'say', messages: [message(key)] })
  const item = itemIn(hand)
  const said = message(key, itemFacts(context.model, item))
  const focused: State = hand.by === 'keys' ? { ...rest, focusRequest: (state.focusRequest ?? 0) + 1 } : rest
  return next(focused, { kind: 'letGo', id: item.id }, { kind: 'say', messages: [said] })
}
