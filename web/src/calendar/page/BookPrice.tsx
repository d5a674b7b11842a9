import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../../api/client'
import { useFormat } from '../../i18n/locale'
import { sentenceOf } from '../../i18n/sentences'
import { idempotencyKey } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import type { DayRange } from '../../ui/DatePicker'
import { nightOf, overlaps } from '../core/days'
import type { Model } from '../core/model'
import type { Desk } from '../desk/Desk'

interface Props {
  desk: Desk
  range: DayRange | null
  typeId: string
  planId: string | null
}

/** Stays that wait for a room of the type on some of these nights: they need those that look free. */
function waitingIn(model: Model, typeId: string, { from, to }: DayRange): number {
  const span = { from: nightOf(from), to: nightOf(to) }
  const lanes = model.rows.filter((row) => row.kind === 'lane' && row.typeId === typeId)
  const ids = lanes.flatMap((lane) => model.itemsOf(lane.id)).filter((item) => overlaps(item, span))
  return new Set(ids.map(({ id }) => id)).size
}

/** What it would cost now; nothing is held by asking. */
export function BookPrice({ desk, range, typeId, planId }: Props) {
  const format = useFormat()
  const { propertyId } = desk.hotel
  const quote = useQuery({
    queryKey: ['quote', propertyId, typeId, planId, range],
    enabled: range !== null && range.from < range.to,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) => {
      const body = {
        propertyId,
        roomTypeId: typeId,
        checkInDate: range?.from ?? '',
        checkOutDate: range?.to ?? '',
        ...(planId ? { ratePlanId: planId } : {}),
      }
      const header = { 'Idempotency-Key': idempotencyKey() }
      return dataOf(api.POST('/api/v1/pms/reservations/quote', { params: { header }, body, signal }))
    },
  })
  if (quote.error) return <p className="mt-4 text-danger-text">{sentenceOf(quote.error)}</p>
  if (!quote.data) return <p className="mt-4 text-muted">{m.calendarBookQuoting()}</p>
  const { totalCents, nightlyRateCents, currency, available, nights, taxes } = quote.data
  const waiting = range ? waitingIn(desk.model, typeId, range) : 0
  return (
    <div aria-live="polite" className="mt-4 flex flex-wrap items-baseline gap-x-3 border-line border-t pt-3">
      <span className="text-muted">
        {m.calendarBookTotal()} · {m.reservationNights({ count: nights.length })}
      </span>
      <strong className="text-lg">{format.money(totalCents, currency)}</strong>
      <span className="text-muted">
        {m.calendarBookPerNight({ amount: format.moneyShort(nightlyRateCents, currency) })}
      </span>
      {taxes.length > 0 && (
        <span className="text-muted">
          {taxes.map((tax) => `${tax.name} ${format.money(tax.amountCents, currency)}`).join(' · ')}
        </span>
      )}
      {available < 1 && (
        <span className="w-full text-danger-text">
          {m.calendarBookSoldOut()} {waiting > 0 && m.calendarBookWaiting({ count: waiting })}
        </span>
      )}
    </div>
  )
}
