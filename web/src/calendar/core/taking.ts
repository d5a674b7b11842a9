/** Taking a bar, an edge, a block or a range of nights in hand: what may be taken, and what is said of it. */
import type { Edge } from './actions'
import { type BlockPart, blockFault } from './blocks'
import type { Night } from './days'
import type { Bar, Block } from './items'
import { message } from './message'
import type { Row } from './rows'
import {
  edgeFault,
  type Plan,
  planRange,
  type Reason,
  reason,
  reasonMessage,
  sleptNights,
  splitNights,
  untouchable,
} from './rules'
import { ANYWHERE, type Context, type Hand, type Held, heldIn, type Next, next, type State } from './state'
import { itemFacts } from './words'

type By = Hand['by']

/** Taken, and not carried anywhere. */
const NOTHING_YET: Plan = { action: null, why: null, asks: [] }

/** Nothing is pressed, nothing scrolls. */
export const AT_EASE = { press: null, pull: { inline: 0, block: 0 }, began: ANYWHERE } as const

export function barAt(context: Context, key: string | null): Bar | null {
  const item = key === null ? undefined : context.model.item(key)
  return item?.kind === 'stay' ? item : null
}

export function blockAt(context: Context, key: string | null): Block | null {
  const item = key === null ? undefined : context.model.item(key)
  return item?.kind === 'block' ? item : null
}

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
  const item = heldIn(hand)
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
  pressed: number | null = null,
): Next {
  const stop = why(context, bar, 'pms.calendar.move')
  const home = context.model.rowOf(bar)
  if (stop || home === undefined) return refused(state, stop ?? reason('notARoom'))
  return inHand(state, context, {
    mode: 'move',
    by,
    key: context.newKey(),
    bar,
    home,
    grabbed,
    pressed,
    row: home,
    from: bar.from,
    slept: sleptNights(context.model, bar),
    plan: NOTHING_YET,
  })
}

export function takeEdge(state: State, context: Context, bar: Bar, edge: Edge, by: By, grabbed: Night): Next {
  const stop = why(context, bar, 'pms.calendar.resize') ?? edgeFault(bar, edge)
  const home = context.model.rowOf(bar)
  if (stop || home === undefined) return refused(state, stop ?? reason('notARoom'))
  const to = edge === 'start' ? bar.from : bar.to
  return inHand(state, context, {
    mode: 'resize',
    by,
    key: context.newKey(),
    bar,
    home,
    grabbed,
    edge,
    to,
    plan: NOTHING_YET,
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
  return inHand(state, context, {
    mode: 'split',
    by,
    key: context.newKey(),
    bar,
    home,
    at: night,
    row: home,
    plan: NOTHING_YET,
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
    plan: NOTHING_YET,
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
