import { useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { NightPrices, TotalLine } from './QuoteBox'
import { type Booking, useHouse } from './queries'

/** What is open on the accounts of the stay: what was charged so far, less what was paid. */
function useBalance(stay: Booking): number | undefined {
  const { may } = useApp()
  const { data } = useQuery({
    queryKey: ['folios', stay.id],
    enabled: may('pms.folio.view'),
    queryFn: ({ signal }) => {
      const query = { propertyId: stay.propertyId, reservationId: stay.id }
      return dataOf(api.GET('/api/v1/pms/folios', { params: { query }, signal }))
    },
  })
  return data?.reduce((sum, folio) => sum + folio.balanceCents, 0)
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
