/** Carrying what is in hand, and letting it go: the same for a pointer and for keys. */
import { type Action, subjectsOf } from './actions'
import { blockSpan, planBlock } from './blocks'
import type { Night, Span } from './days'
import type { Item } from './items'
import { type Facts, type Message, message } from './message'
import type { Model } from './model'
import { notesOf, notesOn } from './notes'
import { offersFor } from './offers'
import type { Versions } from './requests'
import type { RowId } from './rows'
import {
  freeRange,
  planMove,
  planRange,
  planResize,
  planSplit,
  type Reason,
  reason,
  reasonMessage,
  splitNights,
} from './rules'
import {
  type Asked,
  type Context,
  type Effect,
  type Hand,
  type Held,
  heldIn,
  type Input,
  type Next,
  next,
  type State,
} from './state'
import { AT_EASE, refused, stuck } from './taking'
import { itemFacts, keptFacts, rowFacts, spanFacts } from './words'

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
    case 'move': {
      // At home it is the bar itself.
      const slept = hand.row === hand.home ? 0 : hand.slept
      const span = { from: hand.from + slept, to: hand.from + hand.bar.to - hand.bar.from }
      return { row: hand.row, span, why: hand.plan.why }
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

/** The dates that the stay in hand would have; `null` when it keeps its own. */
export function datesBy(hand: Hand): Span | null {
  if (hand.mode !== 'move' && hand.mode !== 'resize') return null
  const { checkIn, checkOut } = hand.bar
  const by = hand.mode === 'move' ? hand.from - hand.bar.from : 0
  const from = hand.mode === 'resize' && hand.edge === 'start' ? hand.to : checkIn + by
  const to = hand.mode === 'resize' && hand.edge === 'end' ? hand.to : checkOut + by
  return from === checkIn && to === checkOut ? null : { from, to }
}

/** The nights that the room of a guest in the house keeps when the others go to another one. */
export function keptBy(hand: Hand): Span | null {
  if (hand.mode !== 'move' || hand.slept === 0 || hand.row === hand.home || hand.plan.why) return null
  return { from: hand.bar.from, to: hand.bar.from + hand.slept }
}

/** What is otherwise about the room over which it is. */
export function notesAt(model: Model, hand: Hand): Message[] {
  if ((hand.mode !== 'move' && hand.mode !== 'split') || hand.plan.why || hand.row === hand.home) return []
  return notesOf(notesOn(model, hand.home, hand.row, ghostOf(hand).span.from))
}

function placeFacts(model: Model, hand: Hand): Facts {
  const { row, span } = ghostOf(hand)
  return { ...rowFacts(model, row), ...spanFacts(span), ...keptFacts(model, heldIn(hand), keptBy(hand)) }
}

/** What the live region hears as it is carried. */
export function saidAt({ model }: Context, hand: Hand): Effect {
  const { why } = ghostOf(hand)
  const at = message('calendar.say.at', placeFacts(model, hand))
  return { kind: 'say', messages: [at, ...notesAt(model, hand), ...(why ? [reasonMessage(why)] : [])] }
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
  const item = heldIn(hand)
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
    ...placeFacts(context.model, hand),
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
  const item = heldIn(hand)
  const said = message(key, itemFacts(context.model, item))
  const focused: State = hand.by === 'keys' ? { ...rest, focusRequest: (state.focusRequest ?? 0) + 1 } : rest
  return next(focused, { kind: 'letGo', id: item.id }, { kind: 'say', messages: [said] })
}
