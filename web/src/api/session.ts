import { store } from '../kernel/store'

/** `ended`: the server no longer knows the cookie. The page stays as it is, with what was typed, and asks for the password over it. */
const state = store<'open' | 'ended'>('open')

export const session = {
  state,
  ended: () => state.set('ended'),
  opened: () => state.set('open'),
}
