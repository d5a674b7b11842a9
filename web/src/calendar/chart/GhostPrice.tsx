import { useEffect } from 'react'
import { day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { useChangeQuote } from '../../reservations/useQuote'
import { dateOf as dayOf, type Span } from '../core/days'
import type { Hand } from '../core/state'
import { useFrame } from './frame'

/** What other dates would change at the price; who does not look at the ghost hears it. */
export function GhostPrice({ hand, span }: { hand: Hand; span: Span }) {
  const { desk } = useFrame()
  if ((hand.mode !== 'move' && hand.mode !== 'resize') || hand.plan.why) return null
  const { id, checkIn, checkOut } = hand.bar
  const stay =
    hand.mode === 'move'
      ? span
      : hand.edge === 'start'
        ? { from: span.from, to: checkOut }
        : { from: checkIn, to: span.to }
  const isSame = stay.from === checkIn && stay.to === checkOut
  if (isSame || !desk.hotel.may('pms.reservations.view')) return null
  return <Difference id={id} stay={stay} />
}

function Difference({ id, stay }: { id: string; stay: Span }) {
  const { desk, format } = useFrame()
  const { data, isPlaceholderData } = useChangeQuote(id, day(dayOf(stay.from)), day(dayOf(stay.to)), true)
  const cents = isPlaceholderData ? 0 : (data?.differenceCents ?? 0)
  const amount = format.money(Math.abs(cents), desk.model.currency)
  const text = cents > 0 ? m.calendarSayMore({ amount }) : m.calendarSayLess({ amount })
  useEffect(() => {
    if (cents !== 0) desk.spoken.set(`${desk.spoken.get()}. ${text}`)
  }, [desk, cents, text])
  return cents === 0 ? null : <span className="ghost-price">{text}</span>
}
