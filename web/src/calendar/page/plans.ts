/** A plan of Fit that was accepted, on whichever page: a step of the calendar's history. */
import type { QueryClient } from '@tanstack/react-query'
import type { Schemas } from '../../api/client'
import type { Format } from '../../i18n/format'
import type { AppState } from '../../shell/useApp'
import type { BlockType, Place, Single } from '../core/actions'
import { toldOfBlock, toldOfBooking } from '../core/answers'
import { nightOf } from '../core/days'
import { inverseOf } from '../core/inverse'
import { message } from '../core/message'
import type { Step } from '../core/undo'
import { Desk } from '../desk/Desk'
import { hotelOf } from '../desk/hotelOf'
import { teller } from './news'

type Executed = Schemas['FitExecuted']
type Planned = Schemas['PlannedMove']

/** `moves` as they were asked for, `text` what is said of them. */
export function remember(
  app: AppState,
  moves: readonly Planned[],
  executed: Executed,
  text: string,
  format: Format,
  client: QueryClient,
): void {
  const step = stepOf(moves, executed, text)
  if (!step) return
  const desk = Desk.onScreen ?? new Desk(hotelOf(app))
  const stop = Desk.onScreen ? undefined : desk.onNews(teller(desk, format, client))
  const { bookings, block } = executed
  const told = bookings.map((booking) => toldOfBooking(booking, desk.model.stay(booking.id)))
  desk.remember(step, block ? [...told, toldOfBlock(block)] : told)
  stop?.()
}

export function stepOf(moves: readonly Planned[], { undo, block }: Executed, text: string): Step | null {
  const steps: Single[] = []
  const [first] = undo
  if (first) {
    const back = new Map(undo.map((move) => [move.reservationId, placeOf(move)]))
    const planned = moves.map((move) => {
      const id = move.reservationId
      return { id, to: placeOf(move), was: back.get(id) ?? { roomId: null } }
    })
    steps.push({ kind: 'plan', id: first.reservationId, moves: planned })
  }
  if (block) {
    const { id, roomId, reason = null } = block
    const blockType = block.blockType as BlockType
    const nights = { from: nightOf(block.startDate), to: nightOf(block.endDate) }
    steps.push({ kind: 'block', id, roomId, ...nights, blockType, reason })
  }
  const [only, ...more] = steps
  const forward = only && more.length === 0 ? only : ({ kind: 'all', steps } as const)
  const inverse = inverseOf(forward, new Map(), new Map(), new Map(), '')
  if (!inverse) return null
  const left = { ...versionsOf(undo), ...(block ? { [block.id]: block.version } : {}) }
  return { label: message('calendar.did.plan', { text }), forward, inverse, found: versionsOf(moves), left }
}

const placeOf = ({ roomId = null, overrideWishes }: Planned): Place =>
  overrideWishes ? { roomId, overrideWishes } : { roomId }

const versionsOf = (moves: readonly Planned[]) =>
  Object.fromEntries(moves.map(({ reservationId, version }) => [reservationId, version]))
