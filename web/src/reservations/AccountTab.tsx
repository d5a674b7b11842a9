import { useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { NightPrices, TotalLine } from './QuoteBox'
import { type Booking, useHouse } from './queries'

/** What is open on the account. Only the chart tells it: the day of the arrival is the smallest part of it that has the stay. */
function useBalance(stay: Booking): number | undefined {
  const { may } = useApp()
  const isOnChart = stay.status !== 'CANCELLED' && stay.status !== 'NO_SHOW'
  const { data } = useQuery({
    queryKey: ['balance', stay.id, stay.version],
    enabled: isOnChart && may('pms.folio.view') && may('pms.calendar.view'),
    queryFn: async ({ signal }) => {
      const query = { propertyId: stay.propertyId, date: stay.checkInDate }
      const { bars } = await dataOf(api.GET('/api/v1/pms/calendar/day', { params: { query }, signal }))
      const bar = bars.find((one) => one.reservationId === stay.id)
      return bar ? (bar.balanceCents ?? 0) : null
    },
  })
  return data ?? undefined
}

/** What the nights cost, and what of it is open. */
export function AccountTab({ stay }: { stay: Booking }) {
  const format = useFormat()
  const { plan } = useHouse()
  const balance = useBalance(stay)
  const money = (amount: number) => format.money(amount, stay.currency)
  const lines = [
    { name: m.stayNightsSum(), amount: stay.subtotalCents },
    { name: m.stayTaxes(), amount: stay.taxCents },
    { name: m.stayFees(), amount: stay.feeCents },
  ].filter(({ amount }) => amount !== 0)
  return (
    <>
      <p className="mb-2 text-muted">{plan(stay.ratePlanId)}</p>
      <NightPrices nights={stay.nights} currency={stay.currency} />
      {lines.length > 1 && (
        <dl className="mt-3 space-y-0.5">
          {lines.map(({ name, amount }) => (
            <div key={name} className="flex justify-between">
              <dt className="text-muted">{name}</dt>
              <dd>{money(amount)}</dd>
            </div>
          ))}
        </dl>
      )}
      <TotalLine
        label={`${m.stayTotal()} · ${m.reservationNights({ count: stay.nights.length })}`}
        amount={money(stay.totalCents)}
      />
      {balance !== undefined && (
        <p className="mt-1 flex items-baseline justify-between">
          <span className="text-muted">{m.stayBalance()}</span>
          <span className={balance > 0 ? 'font-semibold text-danger-text' : ''}>{money(balance)}</span>
        </p>
      )}
    </>
  )
}
