/** The one state machine: every input, whatever hand it came from, goes through here. */
import { answer } from './hand'
import { goTo, pressed } from './keyboard'
import { cancel, down, longPress, menuAt, move, toggle, up } from './pointer'
import { type Context, type Input, type Next, next, type State } from './state'
import { barAt, blockAt, takeBlock, takeToMove, takeToSplit } from './taking'

export function react(state: State, context: Context, input: Input): Next {
  switch (input.type) {
    case 'down':
      return down(state, context, input)
    case 'move':
      return move(state, context, input)
    case 'up':
      return up(state, context, input)
    case 'cancel':
      return cancel(state, context)
    case 'longPress':
      return longPress(state, context)
    case 'menu':
      return state.hand || state.asked ? next(state) : menuAt(state, input.at)
    case 'key':
      return pressed(state, context, input)
    case 'answer':
      return answer(state, context, input.choice)
    case 'focused':
      return next(input.request === state.focusRequest ? { ...state, focusRequest: null } : state)
    case 'goTo':
      return goTo(state, context, input.cell)
    case 'take':
    case 'split': {
      if (state.hand || state.asked) return next(state)
      const block = blockAt(context, input.item)
      if (block) return loose(takeBlock(state, context, block, 'body', 'keys', input.at))
      const bar = barAt(context, input.item)
      if (!bar) return next(state)
      return input.type === 'take'
        ? loose(takeToMove(state, context, bar, 'keys', input.at))
        : loose(takeToSplit(state, context, bar, input.at, 'keys'))
    }
    case 'toggle':
      return toggle(state, input.typeId)
  }
}

const loose = ({ state, effects }: Next): Next => ({
  state: { ...state, hand: state.hand && { ...state.hand, isLoose: true } },
  effects,
})
