import type { ReactNode } from 'react'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { PriceLines } from '../reservations/QuoteBox'
import { useApp } from '../shell/useApp'
import type { Offer, Offers } from './queries'

interface Props {
  offer: Offer
  plan: Offers['ratePlans'][number] | undefined
  currency: string
}

/** What it costs, what is in it, what is paid ahead, and what it costs to give it up. */
export function OfferTerms({ offer: { price, roomsLeft }, plan, currency }: Props) {
  const format = useFormat()
  if (!price) return null
  const { depositCents, depositDueOn } = price
  const deposit = depositDueOn
    ? m.offersDepositDue({ amount: format.money(depositCents, currency), date: format.day(depositDueOn) })
    : m.offersDepositNone()
  const packages = plan?.packages.map(({ name }) => name) ?? []
  return (
    <>
      <section aria-label={m.stayPrice()} className="rounded-md bg-sunken px-3 py-2">
        <PriceLines {...price} currency={currency} />
        <p className="mt-1 text-muted">{m.stayLeft({ count: roomsLeft })}</p>
      </section>
      <dl className="mt-4 space-y-3">
        {packages.length > 0 && (
          <Term name={m.stayPackages()}>{m.packageOfPlan({ names: format.list(packages) })}</Term>
        )}
        <Term name={m.policyKindDeposit()} own={plan?.policies.deposit}>
          {deposit}
        </Term>
        <Term name={m.policyKindCancellation()} own={plan?.policies.cancellation}>
          <Steps steps={price.cancellationSteps} currency={currency} />
        </Term>
      </dl>
    </>
  )
}

/** With the words of the house below, where it has its own. */
function Term(props: {
  name: string
  own?: { text: string; isOwnWords: boolean } | undefined
  children: ReactNode
}) {
  const { name, own, children } = props
  return (
    <div>
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
      {own?.isOwnWords && (
        <dd dir="auto" className="whitespace-pre-line text-muted text-xs">
          {own.text}
        </dd>
      )}
    </div>
  )
}

type Step = NonNullable<Offer['price']>['cancellationSteps'][number]

function Steps({ steps, currency }: { steps: readonly Step[]; currency: string }) {
  const format = useFormat()
  const { property } = useApp()
  if (steps.every(({ amountCents }) => amountCents === 0)) return m.offersCancelFree()
  const open = steps.filter(({ until }) => !until || Date.parse(until) > Date.now())
  const told = open.map(({ until, amountCents }) => {
    const fee = amountCents === 0 ? m.policyFree() : format.money(amountCents, currency)
    if (until) return m.offersCancelUntil({ time: format.instant(until, property.timezone), fee })
    return open.length > 1 ? m.policyAfterThat({ fee }) : m.policyAlways({ fee })
  })
  return (
    <>
      {told.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
    </>
  )
}
