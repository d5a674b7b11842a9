import { useFormat } from '../../i18n/locale'
import { day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { useChangeQuote } from '../../reservations/useQuote'
import { dateOf } from '../core/days'
import type { Bar } from '../core/items'
import { isUnready } from '../core/rules'
import type { Desk } from '../desk/Desk'
import { Question } from './Asks'
import { act } from './useActs'

/** Before the day of arrival a check-in sells nights: which, and for how much, is said first. */
export function EarlyCheckIn({ desk, bar, onClose }: { desk: Desk; bar: Bar; onClose(): void }) {
  const format = useFormat()
  const { id, version, lastName: name } = bar
  const today = dateOf(desk.model.businessDate)
  const count = bar.checkIn - desk.model.businessDate
  const { data: quote } = useChangeQuote(id, day(today), day(dateOf(bar.checkOut)), true)
  const room = bar.roomId === null ? undefined : desk.model.room(bar.roomId)
  const isDirty = isUnready(desk.model, bar)
  const texts = [
    m.calendarAskEarlyText({
      nights: m.reservationNights({ count }),
      days: format.days(today, dateOf(bar.checkIn)),
    }),
    quote?.differenceCents
      ? m.calendarAskEarlyPrice({ amount: format.money(quote.differenceCents, quote.currency) })
      : '',
    isDirty
      ? `${m.calendarAskDirtyTitle({ room: room?.roomNumber ?? '' })}. ${m.calendarAskDirtyText({ name })}`
      : '',
  ]
  return (
    <Question
      title={m.calendarAskEarlyTitle({ name, count })}
      texts={texts.filter(Boolean)}
      yes={m.calendarAskEarlyYes()}
      onYes={() => {
        onClose()
        const overrideDirty = isDirty ? { overrideDirty: true } : {}
        void act(desk, { kind: 'checkIn', id, addNights: true, ...overrideDirty }, version)
      }}
      onClose={onClose}
    />
  )
}
