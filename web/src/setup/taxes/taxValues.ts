import type { Schemas } from '../../api/client'
import { addDays, type Day, day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'

export type TaxRule = Schemas['TaxRule']
export type TaxKind = Schemas['TaxKind']

export interface TaxValues {
  code: string
  name: string
  kind: TaxKind
  percent: string
  amountCents: string
  isInclusive: boolean
  isFee: boolean
  appliesTo: readonly Schemas['AppliesTo'][]
  validFrom: Day | null
  /** The last day that it counts for; the API has the first that it does not. */
  validTo: Day | null
  minimumAge: string
  maximumNights: string
}

export const newTax: TaxValues = {
  code: '',
  name: '',
  kind: 'PERCENT',
  percent: '',
  amountCents: '',
  isInclusive: false,
  isFee: false,
  appliesTo: ['ROOM_CHARGE'],
  validFrom: null,
  validTo: null,
  minimumAge: '',
  maximumNights: '',
}

export const kindNames: Record<TaxKind, () => string> = {
  PERCENT: m.taxKindPercent,
  FIXED_STAY: m.taxKindStay,
  FIXED_NIGHT: m.taxKindNight,
  FIXED_PERSON_NIGHT: m.taxKindPersonNight,
  FIXED_ROOM_NIGHT: m.taxKindRoomNight,
}

export const lastDayOf = ({ validTo }: Pick<TaxRule, 'validTo'>): Day | null =>
  validTo ? addDays(day(validTo), -1) : null

export const endAfter = (last: Day | null): Day | null => (last ? addDays(last, 1) : null)

/** A percentage as it is typed, as the API reads it: `8,25` as `8.25`. Never a float: what is not a decimal is undefined. */
export function percentOf(text: string, plain: (text: string) => string): string | undefined {
  const typed = plain(text)
    .trim()
    .replace(/\s*[%٪]$/, '')
    .replace(',', '.')
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(typed)) return undefined
  return Number(typed) <= 100 ? typed : undefined
}

const isWhole = (text: string, least: number, most: number) =>
  text.trim() === '' || (/^\d{1,4}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most)

/** How numbers that were typed are read. */
export interface Reading {
  amount: (text: string) => number | undefined
  /** With the digits and the sign that the API knows. */
  plain: (text: string) => string
}

export function checkTax(values: TaxValues, { amount, plain }: Reading) {
  const isPercent = values.kind === 'PERCENT'
  const { validFrom, validTo } = values
  const needed = (amount(values.amountCents) ?? -1) < 0 ? m.taxAmountMissing() : undefined
  return {
    code: values.code.trim() ? undefined : m.setupCodeMissing(),
    name: values.name.trim() ? undefined : m.setupNameMissing(),
    percent: isPercent && percentOf(values.percent, plain) === undefined ? m.taxPercentMissing() : undefined,
    amountCents: isPercent ? undefined : needed,
    appliesTo: values.appliesTo.length > 0 ? undefined : m.taxAppliesMissing(),
    validTo: validFrom && validTo && validTo < validFrom ? m.taxEndsBefore() : undefined,
    minimumAge: isWhole(plain(values.minimumAge), 0, 120) ? undefined : m.taxAgeWrong(),
    maximumNights: isWhole(plain(values.maximumNights), 1, 1000) ? undefined : m.taxNightsWrong(),
  }
}

export function bodyOfTax(
  values: TaxValues,
  propertyId: string,
  { amount, plain }: Reading,
): Schemas['NewTaxRule'] {
  const isPercent = values.kind === 'PERCENT'
  const whole = (text: string) => (text.trim() ? Number(plain(text)) : null)
  return {
    propertyId,
    code: values.code.trim(),
    name: values.name.trim(),
    kind: values.kind,
    percent: isPercent ? (percentOf(values.percent, plain) ?? null) : null,
    amountCents: isPercent ? null : (amount(values.amountCents) ?? null),
    isInclusive: values.isInclusive,
    isFee: values.isFee,
    appliesTo: [...values.appliesTo],
    validFrom: values.validFrom,
    validTo: endAfter(values.validTo),
    minimumAge: whole(values.minimumAge),
    maximumNights: whole(values.maximumNights),
  }
}

/** `8.25` as the reader writes it: exact, for the API sends text. */
export const percentText = (percent: string, tag: string): string =>
  new Intl.NumberFormat(tag, { style: 'unit', unit: 'percent', maximumFractionDigits: 6 }).format(
    percent as `${number}`,
  )
