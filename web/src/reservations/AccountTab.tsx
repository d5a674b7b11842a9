import { Account } from '../folios/Account'
import { useFormat } from '../i18n/locale'
import { day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { type PackageSum, packageSums } from './packages'
import { NightPrices, TotalLine } from './QuoteBox'
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

/** What each package costs, where that still makes what was booked: of nights that are over under other rules nobody knows it any more. */
function useStayPackages(stay: Booking): PackageSum[] {
  const { checkInDate, checkOutDate, packages = [] } = stay
  const { data } = useChangeQuote(stay.id, day(checkInDate), day(checkOutDate), packages.length > 0)
  const isSame = data?.feeCents === stay.feeCents && data.subtotalCents === stay.subtotalCents
  return isSame ? packageSums(data.packages) : []
}

/** What the nights cost as booked; they are posted one by one, when their day is closed. */
function Price({ stay }: { stay: Booking }) {
  const format = useFormat()
  const { plan } = useHouse()
  const money = (amount: number) => format.money(amount, stay.currency)
  const packages = useStayPackages(stay)
  const rest = packages.reduce((sum, { amountCents }) => sum - amountCents, stay.feeCents)
  const lines = [
    { id: 'nights', name: m.stayNightsSum(), amount: stay.subtotalCents },
    ...packages.map(({ id, name, amountCents, isIncluded }) => ({
      id,
      name: isIncluded ? `${name} · ${m.taxIsInclusive()}` : name,
      amount: amountCents,
    })),
    { id: 'taxes', name: m.stayTaxes(), amount: stay.taxCents },
    { id: 'fees', name: m.stayFees(), amount: rest },
  ].filter(({ amount }) => amount !== 0)
  return (
    <>
      <p className="mb-2 text-muted">{plan(stay.ratePlanId)}</p>
      <NightPrices nights={stay.nights} currency={stay.currency} />
      {lines.length > 1 && (
        <dl className="mt-3 space-y-0.5">
          {lines.map(({ id, name, amount }) => (
            <div key={id} className="flex justify-between">
              <dt className="text-muted">
                <bdi>{name}</bdi>
              </dt>
              <dd>{money(amount)}</dd>
            </div>
          ))}
        </dl>
      )}
      <TotalLine
        label={`${m.stayTotal()} · ${m.reservationNights({ count: stay.nights.length })}`}
        amount={money(stay.totalCents)}
      />
    </>
  )
}
