/** Mouse, pen and finger. A finger scrolls unless it rests first. */
import type { Night } from './days'
import { carry, drop, putBack } from './hand'
import { edgePull, type Place } from './layout'
import { planRange, reason } from './rules'
import {
  type Began,
  type Context,
  type Hand,
  type Input,
  type Next,
  next,
  type Press,
  type Spot,
  type State,
} from './state'
import { barAt, blockAt, refused, takeBlock, takeEdge, takeRange, takeToMove } from './taking'

/** How far a press may wander and still be a click, in pixels. */
const SLACK = 4

/**
 * How far it may wander sideways and keep its dates: no hand goes straight up or down, and who grabs a bar near the line between two days
 * means another room. Less than half of a cell, or a short way to the next day would do nothing; and no wider than a hand trembles.
 */
const DRIFT = { ofNight: 1 / 3, most: 12 }

type Of<T extends Input['type']> = Extract<Input, { type: T }>

export function down(state: State, context: Context, input: Of<'down'>): Next {
  if (state.asked || input.button !== 0) return next(state)
  // What is carried by keys, or out of a menu, follows the pointer and is let go by the next click.
  if (state.hand)
    return next({
      ...state,
      press: null,
      hand: { ...carriedOver(context, state.hand, input.at), by: 'pointer' },
    })
  return next({ ...state, press: { at: input.at, pointer: input.pointer, alt: input.alt } })
}

export function move(state: State, context: Context, input: Of<'move'>): Next {
  if (state.asked) return next(state)
  const { press, hand } = state
  if (hand && (hand.by === 'pointer' || hand.isLoose)) return carriedTo(state, context, hand, input)
  if (!press || Math.hypot(input.at.inline - press.at.inline, input.at.block - press.at.block) < SLACK)
    return next(state)
  if (press.pointer === 'touch') return next({ ...state, press: null })
  const taken = take(state, context, press)
  if (!taken.state.hand) return taken
  const begun = { ...taken.state, began: beganAt(press, input) }
  return { ...carriedTo(begun, context, taken.state.hand, input), effects: taken.effects }
}

/** Where in the view the button went down: nothing has scrolled since. */
const beganAt = ({ at }: Press, { at: now, place }: Of<'move'>): Began => ({
  inline: at.inline - now.inline + place.inline,
  block: at.block - now.block + place.block,
})

/** Who takes a bar that lies near an edge does not want to scroll: only who carries it so much nearer does, or who comes from elsewhere. */
const NEARER = 12

function pullAt(began: Began, place: Place): Pick<State, 'pull' | 'began'> {
  const asked = edgePull(place)
  const waits = (axis: keyof Began) =>
    began[axis] !== null && asked[axis] !== 0 && (place[axis] - began[axis]) * Math.sign(asked[axis]) < NEARER
  const [inline, block] = [waits('inline'), waits('block')]
  return {
    pull: { inline: inline ? 0 : asked.inline, block: block ? 0 : asked.block },
    began: { inline: inline ? began.inline : null, block: block ? began.block : null },
  }
}

/** In nights from the first there is: the axis may grow while something is carried. */
const nightsTo = ({ range, nightSize }: Context, { inline }: Spot) => range.from + inline / nightSize

function carriedOver(context: Context, hand: Hand, at: Spot): Hand {
  const { ofNight, most } = DRIFT
  const hasDrifted =
    hand.mode === 'move' &&
    hand.pressed !== null &&
    Math.abs(nightsTo(context, at) - hand.pressed) < Math.min(ofNight, most / context.nightSize)
  return carry(context, hand, at.row, hasDrifted ? hand.grabbed : at.night)
}

function carriedTo(state: State, context: Context, hand: Hand, input: Of<'move'>): Next {
  const { pull, began } = pullAt(state.began, input.place)
  const isStill =
    pull.inline === state.pull.inline &&
    pull.block === state.pull.block &&
    began.inline === state.began.inline &&
    began.block === state.began.block
  const carried = carriedOver(context, hand, input.at)
  if (isStill && carried === hand) return next(state)
  const rested = carried === hand ? state.rested : null
  return next({ ...state, rested, hand: carried, ...(isStill ? {} : { pull, began }) })
}

/** A finger that rested: what is under it is in hand, or, where nothing can be taken, its menu opens. */
export function longPress(state: State, context: Context): Next {
  const { press } = state
  if (press?.pointer !== 'touch' || state.asked) return next(state)
  const taken = take(state, context, press)
  if (!taken.state.hand) return menuAt({ ...state, press: null }, press.at)
  return { ...taken, state: { ...taken.state, rested: press.at } }
}

export function menuAt(state: State, at: Spot): Next {
  const cell = { row: at.row, night: at.part === 'head' ? null : at.night }
  return next({ ...state, press: null, focus: cell }, { kind: 'menu', cell, item: at.item })
}

function take(state: State, context: Context, press: Press): Next {
  const { at } = press
  const empty: State = { ...state, press: null }
  if (at.part === 'head') return next(empty)
  const bar = barAt(context, at.item)
  if (bar && at.part !== 'body') return takeEdge(empty, context, bar, at.part, 'pointer', at.night)
  if (bar) return takeToMove(empty, context, bar, 'pointer', at.night, nightsTo(context, at))
  const block = blockAt(context, at.item)
  if (block) return takeBlock(empty, context, block, at.part, 'pointer', at.night)
  const row = context.model.row(at.row)
  if (at.item !== null || !row || row.kind === 'group') return next(empty)
  return takeRange(empty, context, row, at.night, press.alt, 'pointer')
}

export function up(state: State, context: Context, input: Of<'up'>): Next {
  if (state.asked) return next(state)
  if (state.rested) {
    const back = putBack(state, 'calendar.say.back', context)
    const menu = menuAt({ ...back.state, rested: null }, state.rested)
    return next(menu.state, ...back.effects.filter(({ kind }) => kind !== 'say'), ...menu.effects)
  }
  if (state.hand?.by === 'pointer') {
    const hand = carriedOver(context, state.hand, input.at)
    return drop({ ...state, hand }, context)
  }
  const { press } = state
  return press ? click({ ...state, press: null }, context, press) : next(state)
}

function click(state: State, context: Context, press: Press): Next {
  const { at } = press
  const focused: State = { ...state, focus: { row: at.row, night: at.part === 'head' ? null : at.night } }
  const row = context.model.row(at.row)
  if (at.item !== null) return next(focused, { kind: 'open', item: at.item })
  if (!row || at.part === 'head' || row.kind === 'group') {
    return row?.kind === 'group'
      ? toggle(focused, row.typeId)
      : next(focused, { kind: 'menu', cell: { row: at.row, night: null }, item: null })
  }
  return begin(focused, context, at, press.alt)
}

/** One night, from a click or from Enter. */
export function begin(
  state: State,
  context: Context,
  at: Pick<Spot, 'row'> & { night: Night },
  isBlock: boolean,
): Next {
  const row = context.model.row(at.row)
  if (!row || row.kind === 'group') return next(state)
  const stop = planRange(context.model, row, { from: at.night, to: at.night + 1 })
  if (stop) return refused(state, stop)
  const range = takeRange(state, context, row, at.night, isBlock, 'pointer')
  return range.state.hand ? drop(range.state, context) : refused(state, reason('notAllowed'))
}

export function toggle(state: State, typeId: string): Next {
  const closed = new Set(state.closed)
  if (!closed.delete(typeId)) closed.add(typeId)
  return next({ ...state, closed })
}

export function cancel(state: State, context: Context): Next {
  if (state.hand && !state.asked)
    return putBack({ ...state, rested: null }, 'calendar.say.cancelled', context)
  return next({ ...state, press: null })
}
