import { moneyText, parseMoney, westernDigits } from '../../kernel/money'
import { m } from '../../paraglide/messages'
import type { RatePlan } from '../queries'
import { type ChildDraft, type ChildReading, childFaults, childRates } from './childRates'

/** How a plan is made of another, and what more adults pay, as a person types it. */
export interface DerivedValues {
  /** Empty: the plan has prices of its own alone. */
  parentPlanId: string
  percent: string
  amount: string
  roundTo: string
  /** Empty: a night costs the same whoever sleeps there. */
  includedAdults: string
  extraAdult: string
  /** What children pay by their age; the others pay nothing. */
  children: readonly ChildDraft[]
}

export const notDerived: DerivedValues = {
  parentPlanId: '',
  percent: '',
  amount: '',
  roundTo: '',
  includedAdults: '',
  extraAdult: '',
  children: [],
}

/** The money and the digits of who types. */
export interface Typing {
  currency: string
  tag: string
}

export function derivedOf(plan: RatePlan, { currency, tag }: Typing): DerivedValues {
  const text = (minor: number | null | undefined) => (minor ? moneyText(minor, currency, tag) : '')
  const { derivation, occupancy } = plan
  return {
    parentPlanId: plan.parentPlanId ?? '',
    percent: derivation?.percent ?? '',
    amount: text(derivation?.amountCents),
    roundTo: text(derivation?.roundToCents),
    includedAdults: occupancy ? String(occupancy.includedAdults) : '',
    extraAdult: text(occupancy?.extraAdultCents),
    children: (occupancy?.children ?? []).map(({ fromAge, toAge, amountCents }) => ({
      from: String(fromAge),
      to: String(toAge),
      amount: moneyText(amountCents, currency, tag),
    })),
  }
}

export const childReading = ({ currency, tag }: Typing): ChildReading => ({
  amount: (text) => parseMoney(text, currency, tag),
  plain: (text) => westernDigits(text, tag),
})

/** A share with its sign, as the API reads it. */
export const percentOf = (text: string, tag: string) =>
  westernDigits(text.trim(), tag).replace(',', '.').replace('\u2212', '-')

/** Of -100 to 1000, with as many decimals as the API takes; nothing is fine. */
export const isPercent = (share: string): boolean =>
  /^$|^[+-]?\d{1,4}(\.\d{1,6})?$/.test(share) && Number(share) >= -100 && Number(share) <= 1000

export function checkDerived(values: DerivedValues, typing: Typing) {
  const { currency, tag } = typing
  const isMoney = (text: string, isPositive: boolean) => {
    if (!text.trim()) return undefined
    const minor = parseMoney(text, currency, tag)
    return minor === undefined || (isPositive && minor <= 0) ? m.setupPlanAmountWrong() : undefined
  }
  const adults = westernDigits(values.includedAdults.trim(), tag)
  const isWrong = ({ children }: DerivedValues) =>
    children.some((_, n) => Object.keys(childFaults(children, n, childReading(typing))).length > 0)
  return {
    percent: isPercent(percentOf(values.percent, tag)) ? undefined : m.setupPlanPercentWrong(),
    amount: isMoney(values.amount, false),
    roundTo: isMoney(values.roundTo, true),
    includedAdults: /^$|^[1-9]\d{0,2}$/.test(adults) ? undefined : m.setupPlanAdultsWrong(),
    extraAdult: isMoney(values.extraAdult, true),
    // Without adults in the price nobody pays more, and none of them is sent.
    children: adults && isWrong(values) ? m.uiFormCheck() : undefined,
  }
}

/** What has to be sent of what was changed. The rounding of a plan, which this form does not show, stays as it is. */
export function derivedBody(
  values: DerivedValues,
  changes: Partial<DerivedValues>,
  plan: RatePlan | undefined,
  typing: Typing,
) {
  const { currency, tag } = typing
  const touches = (...names: (keyof DerivedValues)[]) => names.some((name) => changes[name] !== undefined)
  const minor = (text: string) => (text.trim() ? parseMoney(text, currency, tag) : undefined)
  const body: Record<string, unknown> = {}
  if (touches('parentPlanId', 'percent', 'amount', 'roundTo') && (plan || values.parentPlanId)) {
    const percent = percentOf(values.percent, tag)
    const roundTo = minor(values.roundTo)
    body.parentPlanId = values.parentPlanId || null
    body.derivation = values.parentPlanId
      ? {
          ...(percent ? { percent } : {}),
          // Without anything else: as much as the parent.
          amountCents: minor(values.amount) ?? 0,
          ...(roundTo ? { roundToCents: roundTo, rounding: plan?.derivation?.rounding ?? 'NEAREST' } : {}),
        }
      : null
  }
  if (touches('includedAdults', 'extraAdult', 'children') && (plan || values.includedAdults)) {
    const adults = westernDigits(values.includedAdults.trim(), tag)
    body.occupancy = adults
      ? {
          includedAdults: Number(adults),
          extraAdultCents: minor(values.extraAdult) ?? 0,
          children: childRates(values.children, childReading(typing)),
        }
      : null
  }
  return body
}
