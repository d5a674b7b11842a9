import type { Schemas } from '../api/client'
import { useSpoken } from '../i18n/locale'
import { m } from '../paraglide/messages'

export type PolicyAmount = Schemas['PolicyAmount']
type Tier = Schemas['Tier']
/** The terms of a policy, as the set-up and a booking have them: those of one kind. */
export interface Terms {
  deposit?: Schemas['DepositTerms'] | null | undefined
  cancellation?: Schemas['CancellationTerms'] | null | undefined
  noShow?: Schemas['NoShowTerms'] | null | undefined
}

/** `8.25` as the reader writes it: exact, for the API sends text. */
export const percentIn = (percent: string, tag: string): string =>
  new Intl.NumberFormat(tag, { style: 'unit', unit: 'percent', maximumFractionDigits: 6 }).format(
    percent as `${number}`,
  )

/** Terms in the words of the page, a sentence for each step. */
export function usePolicyWords(currency: string): (terms: Terms) => string[] {
  const { tag, format } = useSpoken()
  const amount = ({ kind, percent, nights, amountCents }: PolicyAmount): string => {
    if (kind === 'PERCENT') return m.policyOfStay({ percent: percentIn(percent ?? '0', tag) })
    if (kind === 'NIGHTS') return m.policyFirstNights({ count: nights ?? 1 })
    if (kind === 'FIXED') return format.money(amountCents ?? 0, currency)
    return kind === 'WHOLE_STAY' ? m.policyWholeStay() : m.policyFree()
  }
  const until = ({ unit, before, at, fee }: Tier): string => {
    const [time, cost] = [format.time(at), amount(fee)]
    if (before === 0) return m.policyUntilOn({ time, fee: cost })
    return unit === 'DAYS'
      ? m.policyUntilDays({ time, days: m.policyDays({ count: before }), fee: cost })
      : m.policyUntilHours({ time, hours: m.policyHours({ count: before }), fee: cost })
  }
  return ({ deposit, cancellation, noShow }) => {
    if (deposit) {
      const [days, asked] = [deposit.daysBeforeArrival ?? undefined, amount(deposit.amount)]
      if (days === undefined) return [m.policyAtBooking({ amount: asked })]
      if (days === 0) return [m.policyOnArrival({ amount: asked })]
      return [m.policyBeforeArrival({ days: m.policyDays({ count: days }), amount: asked })]
    }
    if (cancellation) {
      const last = amount(cancellation.afterwards)
      if (cancellation.tiers.length === 0) return [m.policyAlways({ fee: last })]
      return [...cancellation.tiers.map(until), m.policyAfterThat({ fee: last })]
    }
    return noShow ? [m.policyNoShowPays({ fee: amount(noShow.fee) })] : []
  }
}
