import { useEffect } from 'react'
import { useFormat } from '../../i18n/locale'
import { day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { useChangeQuote } from '../../reservations/useQuote'
import { dateOf as dayOf, type Span } from '../core/days'
import { datesBy } from '../core/hand'
import type { Hand } from '../core/state'
import type { Desk } from '../desk/Desk'

/** What other dates would change at the price; who does not look at the ghost hears it. */
export function GhostPrice({ desk, hand }: { desk: Desk; hand: Hand }) {
  if ((hand.mode !== 'move' && hand.mode !== 'resize') || hand.plan.why) return null
  const stay = datesBy(hand)
  if (!stay || !desk.hotel.may('pms.reservations.view')) return null
  return <Difference desk={desk} id={hand.bar.id} stay={stay} />
}

function Difference({ desk, id, stay }: { desk: Desk; id: string; stay: Span }) {
  const format = useFormat()
  const { data, isPlaceholderData } = useChangeQuote(id, day(dayOf(stay.from)), day(dayOf(stay.to)), true)
  const cents = isPlaceholderData ? 0 : (data?.differenceCents ?? 0)
  const amount = format.money(Math.abs(cents), desk.model.currency)
  const text = cents > 0 ? m.calendarSayMore({ amount }) : m.calendarSayLess({ amount })
  useEffect(() => {
    if (cents !== 0) desk.spoken.set(`${desk.spoken.get()}. ${text}`)
  }, [desk, cents, text])
  return cents === 0 ? null : <span className="ghost-price">{text}</span>
}
