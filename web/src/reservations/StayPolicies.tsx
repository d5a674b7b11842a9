import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { usePolicyWords } from './policyWords'
import type { Booking } from './queries'

/** What the booking was made under: the words of the house where it has its own, else the terms. */
export function StayPolicies({ stay }: { stay: Booking }) {
  const words = usePolicyWords(stay.currency)
  const { deposit, cancellation, noShow } = stay.policies
  const all = [
    { title: m.policyKindDeposit(), policy: deposit, told: deposit && words({ deposit: deposit.terms }) },
    {
      title: m.policyKindCancellation(),
      policy: cancellation,
      told: cancellation && words({ cancellation: cancellation.terms }),
    },
    { title: m.policyKindNoShow(), policy: noShow, told: noShow && words({ noShow: noShow.terms }) },
  ].filter(({ policy }) => policy)
  return (
    <section aria-label={m.policyOfBooking()} className="mt-6 border-line border-t pt-4">
      <h3 className="mb-1 font-semibold">{m.policyOfBooking()}</h3>
      {all.length === 0 ? (
        <p className="text-muted">{m.policyNoneOfBooking()}</p>
      ) : (
        <dl className="space-y-2">
          {all.map(({ title, policy, told }) => (
            <div key={title}>
              <dt className="text-muted">
                {title} · <bdi>{policy?.name}</bdi>
              </dt>
              {policy?.isOwnWords ? (
                <dd dir="auto" className="whitespace-pre-line">
                  {policy.text}
                </dd>
              ) : (
                told?.map((line) => <dd key={line}>{line}</dd>)
              )}
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

/** What it cost to give the stay up. */
export function ClosingFee({ stay }: { stay: Booking }) {
  const format = useFormat()
  const fee = stay.closingFee
  if (!fee || fee.totalCents === 0) return null
  const amount = format.money(fee.totalCents, stay.currency)
  return (
    <p className="mt-2 text-muted">{fee.isWaived ? m.feeWaived({ amount }) : m.feeCharged({ amount })}</p>
  )
}
