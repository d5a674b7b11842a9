import type { Schemas } from '../../api/client'
import { m } from '../../paraglide/messages'
import type { Policy } from '../queries'
import { percentOf } from '../taxes/taxValues'

export type PolicyKind = Schemas['PolicyKind']
export type AmountKind = Schemas['AmountKind']

/** An amount as it is typed. */
export interface AmountDraft {
  kind: AmountKind
  percent: string
  nights: string
  amountCents: string
}

export interface TierDraft {
  unit: Schemas['TierUnit']
  before: string
  at: string
  fee: AmountDraft
}

export interface PolicyValues {
  kind: PolicyKind
  code: string
  name: string
  guestText: string
  isDefault: boolean
  /** The deposit, what a no-show costs, or what a cancellation costs after the last deadline. */
  amount: AmountDraft
  /** Of a deposit: empty is at booking. */
  days: string
  tiers: readonly TierDraft[]
}

export const policyKinds: Record<PolicyKind, () => string> = {
  DEPOSIT: m.policyKindDeposit,
  CANCELLATION: m.policyKindCancellation,
  NO_SHOW: m.policyKindNoShow,
}

export const amountKinds: Record<AmountKind, () => string> = {
  NOTHING: m.policyNothing,
  PERCENT: m.policyPercent,
  NIGHTS: m.policyNights,
  FIXED: m.policyFixed,
  WHOLE_STAY: m.policyWhole,
}

const draft = (kind: AmountKind): AmountDraft => ({ kind, percent: '', nights: '1', amountCents: '' })

export const newTier: TierDraft = { unit: 'DAYS', before: '1', at: '18:00', fee: draft('NOTHING') }

export const newPolicy: PolicyValues = {
  kind: 'CANCELLATION',
  code: '',
  name: '',
  guestText: '',
  isDefault: false,
  amount: draft('NIGHTS'),
  days: '',
  tiers: [newTier],
}

/** How numbers that were typed are read, and stored ones are written. */
export interface Reading {
  amount: (text: string) => number | undefined
  plain: (text: string) => string
  written: (minor: number) => string
}

const amountDraft = (
  { kind, percent, nights, amountCents }: Schemas['PolicyAmount'],
  { written }: Reading,
): AmountDraft => ({
  kind,
  percent: percent ?? '',
  nights: String(nights ?? 1),
  amountCents: amountCents ? written(amountCents) : '',
})

export function valuesOfPolicy(policy: Policy, reading: Reading): PolicyValues {
  const { deposit, cancellation, noShow } = policy
  const amount = deposit?.amount ?? cancellation?.afterwards ?? noShow?.fee
  return {
    kind: policy.kind,
    code: policy.code,
    name: policy.name,
    guestText: policy.guestText ?? '',
    isDefault: policy.isDefault,
    amount: amount ? amountDraft(amount, reading) : draft('NOTHING'),
    days: deposit?.daysBeforeArrival == null ? '' : String(deposit.daysBeforeArrival),
    tiers: (cancellation?.tiers ?? []).map(({ unit, before, at, fee }) => ({
      unit,
      before: String(before),
      at: at.slice(0, 5),
      fee: amountDraft(fee, reading),
    })),
  }
}

const wholeIn = (text: string, { plain }: Reading): number | undefined => {
  const typed = plain(text).trim()
  return /^\d{1,5}$/.test(typed) ? Number(typed) : undefined
}

/** What is wrong with an amount, in words. */
export function amountFault(amount: AmountDraft, reading: Reading, isDeposit = false): string | undefined {
  const nights = wholeIn(amount.nights, reading) ?? 0
  switch (amount.kind) {
    case 'NOTHING':
      return isDeposit ? m.policyDepositMissing() : undefined
    case 'PERCENT': {
      const percent = percentOf(amount.percent, reading.plain)
      return percent === undefined || Number(percent) === 0 ? m.taxPercentMissing() : undefined
    }
    case 'NIGHTS':
      return nights >= 1 && nights <= 365 ? undefined : m.policyNightsMissing()
    case 'FIXED':
      return (reading.amount(amount.amountCents) ?? 0) > 0 ? undefined : m.taxAmountMissing()
    default:
      return undefined
  }
}

/** Before the midnight of the arrival, in minutes, on days of 24 hours: two deadlines are compared by it, as the server does. */
function minutesBefore({ unit, before, at }: TierDraft, reading: Reading): number {
  const [hours = '0', minutes = '0'] = at.split(':')
  const each = unit === 'DAYS' ? 24 * 60 : 60
  return (wholeIn(before, reading) ?? 0) * each - Number(hours) * 60 - Number(minutes)
}

/** What is wrong with a deadline, in words. */
export function tierFault(tiers: readonly TierDraft[], index: number, reading: Reading): string | undefined {
  const [tier, ahead] = [tiers[index], tiers[index - 1]]
  if (!tier) return undefined
  const before = wholeIn(tier.before, reading)
  if (before === undefined || before > (tier.unit === 'DAYS' ? 730 : 17_520)) return m.policyBeforeMissing()
  if (!/^\d{2}:\d{2}/.test(tier.at)) return m.policyTimeMissing()
  if (ahead && minutesBefore(ahead, reading) <= minutesBefore(tier, reading)) return m.policyTierOrder()
  return amountFault(tier.fee, reading)
}

export function checkPolicy(values: PolicyValues, reading: Reading) {
  const isDeposit = values.kind === 'DEPOSIT'
  const days = values.days.trim() === '' ? 0 : wholeIn(values.days, reading)
  const isCancellation = values.kind === 'CANCELLATION'
  const wrong = values.tiers.find((_, n) => tierFault(values.tiers, n, reading))
  return {
    code: values.code.trim() ? undefined : m.setupCodeMissing(),
    name: values.name.trim() ? undefined : m.setupNameMissing(),
    amount: amountFault(values.amount, reading, isDeposit),
    days: isDeposit && (days === undefined || days > 730) ? m.policyDaysMissing() : undefined,
    tiers: isCancellation && wrong ? m.uiFormCheck() : undefined,
  }
}

function amountOf(
  { kind, percent, nights, amountCents }: AmountDraft,
  reading: Reading,
): Schemas['PolicyAmount'] {
  if (kind === 'PERCENT') return { kind, percent: percentOf(percent, reading.plain) ?? null }
  if (kind === 'NIGHTS') return { kind, nights: wholeIn(nights, reading) ?? null }
  if (kind === 'FIXED') return { kind, amountCents: reading.amount(amountCents) ?? null }
  return { kind }
}

/** The terms of its kind, as the API takes them: always whole. */
export function termsOf({ kind, amount, days, tiers }: PolicyValues, reading: Reading) {
  const asked = amountOf(amount, reading)
  if (kind === 'DEPOSIT')
    return {
      deposit: { amount: asked, daysBeforeArrival: days.trim() ? (wholeIn(days, reading) ?? null) : null },
    }
  if (kind === 'NO_SHOW') return { noShow: { fee: asked } }
  const written = tiers.map(({ unit, before, at, fee }) => ({
    unit,
    before: wholeIn(before, reading) ?? 0,
    at,
    fee: amountOf(fee, reading),
  }))
  return { cancellation: { tiers: written, afterwards: asked } }
}

/** What of the form the API is told: of a change, what was changed. */
export function bodyOfPolicy(values: PolicyValues, changes: Partial<PolicyValues>, reading: Reading) {
  const { code, name, guestText, isDefault, amount, days, tiers } = changes
  const hasTerms = amount !== undefined || days !== undefined || tiers !== undefined
  return {
    ...(code !== undefined ? { code: code.trim() } : {}),
    ...(name !== undefined ? { name: name.trim() } : {}),
    ...(guestText !== undefined ? { guestText: guestText.trim() || null } : {}),
    ...(isDefault !== undefined ? { isDefault } : {}),
    ...(hasTerms ? termsOf(values, reading) : {}),
  }
}
