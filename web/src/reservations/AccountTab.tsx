import { Account } from '../folios/Account'
import { useFormat } from '../i18n/locale'
import { day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { NightPrices, PriceLines, TotalLine } from './QuoteBox'
import { type Booking, useHouse } from './queries'
import { StayPackages } from './StayPackages'
import { StayPolicies } from './StayPolicies'
import { useChangeQuote } from './useQuote'

/** What the stay costs, and its folios with what was posted and paid. */
export function AccountTab({ stay }: { stay: Booking }) {
  const { may } = useApp()
  return (
    <>
      {may('pms.folio.view') && (
        <Account
          propertyId={stay.propertyId}
          stayId={stay.id}
          email={stay.primaryGuestJson.email ?? undefined}
        />
      )}
      <section
        aria-label={m.stayPrice()}
        className="not-first:mt-6 not-first:border-line not-first:border-t not-first:pt-4"
      >
        <h3 className="mb-1 font-semibold">{m.stayPrice()}</h3>
        <Price stay={stay} />
      </section>
      <StayPackages stay={stay} />
      <StayPolicies stay={stay} />
    </>
  )
}

/**
 * What the nights cost as booked; they are posted one by one, when their day is closed. Line by line as it was quoted, where that still makes
 * what was booked: of nights that are over under other rules only their sums are known.
 */
function Price({ stay }: { stay: Booking }) {
  const format = useFormat()
  const { plan } = useHouse()
  const { checkInDate, checkOutDate, nights, currency } = stay
  const { data, isPending } = useChangeQuote(stay.id, day(checkInDate), day(checkOutDate), true)
  const isSame = SUMS.every((sum) => data?.[sum] === stay[sum])
  const label = `${m.stayTotal()} · ${m.reservationNights({ count: nights.length })}`
  return (
    <>
      <p className="mb-2 text-muted">{plan(stay.ratePlanId)}</p>
      {data && isSame ? (
        <PriceLines {...data} label={label} />
      ) : (
        <>
          <NightPrices nights={nights} currency={currency} />
          {!isPending && <Sums stay={stay} />}
          <TotalLine label={label} amount={format.money(stay.totalCents, currency)} />
        </>
      )}
    </>
  )
}

const SUMS = ['subtotalCents', 'taxCents', 'feeCents', 'totalCents'] as const

function Sums({ stay }: { stay: Booking }) {
  const format = useFormat()
  const lines = [
    { name: m.stayNightsSum(), amount: stay.subtotalCents },
    { name: m.stayTaxes(), amount: stay.taxCents },
    { name: m.stayFees(), amount: stay.feeCents },
  ].filter(({ amount }) => amount !== 0)
  if (lines.length < 2) return null
  return (
    <dl className="mt-3 space-y-0.5">
      {lines.map(({ name, amount }) => (
        <div key={name} className="flex justify-between">
          <dt className="text-muted">{name}</dt>
          <dd>{format.money(amount, stay.currency)}</dd>
        </div>
      ))}
    </dl>
  )
}
