import type { Schemas } from '../../api/client'
import { addDays, type Day, day, weekday } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import type { Package, PackageItem, PostingRhythm, PriceBasis } from '../../reservations/packages'
import type { Reading } from '../policies/policyValues'

/** An item as it is typed. */
export interface ItemDraft {
  name: string
  amountCents: string
  priceBasis: PriceBasis
  postingRhythm: PostingRhythm
  weekdays: readonly number[]
  everyNights: string
  fromNight: string
}

export interface PackageValues {
  code: string
  name: string
  description: string
  isIncluded: boolean
  /** Empty: it is chosen with the booking. */
  ratePlanId: string
  validFrom: Day | null
  /** The last night; the API has the one after it. */
  validTo: Day | null
  items: readonly ItemDraft[]
}

export const newItem: ItemDraft = {
  name: '',
  amountCents: '',
  priceBasis: 'PERSON_NIGHT',
  postingRhythm: 'EVERY_NIGHT',
  weekdays: [5, 6],
  everyNights: '2',
  fromNight: '1',
}

export const newPackage: PackageValues = {
  code: '',
  name: '',
  description: '',
  isIncluded: false,
  ratePlanId: '',
  validFrom: null,
  validTo: null,
  items: [newItem],
}

const itemDraft = (item: PackageItem, { written }: Reading): ItemDraft => ({
  name: item.name,
  amountCents: written(item.amountCents),
  priceBasis: item.priceBasis,
  postingRhythm: item.postingRhythm,
  weekdays: item.weekdays ?? newItem.weekdays,
  everyNights: String(item.everyNights ?? newItem.everyNights),
  fromNight: String(item.fromNight ?? newItem.fromNight),
})

export const valuesOfPackage = (row: Package, reading: Reading): PackageValues => ({
  code: row.code,
  name: row.name,
  description: row.description ?? '',
  isIncluded: row.isIncluded,
  ratePlanId: row.ratePlanId ?? '',
  validFrom: row.validFrom ? day(row.validFrom) : null,
  validTo: row.validTo ? addDays(day(row.validTo), -1) : null,
  items: row.items.map((item) => itemDraft(item, reading)),
})

const mostNights = 731

function nightsIn(text: string, { plain }: Pick<Reading, 'plain'>): number | undefined {
  const typed = plain(text).trim()
  const nights = /^\d{1,4}$/.test(typed) ? Number(typed) : 0
  return nights >= 1 && nights <= mostNights ? nights : undefined
}

/** What is wrong with an item, by its field. */
export function itemFaults(item: ItemDraft, reading: Reading): Partial<Record<keyof ItemDraft, string>> {
  const faults: Partial<Record<keyof ItemDraft, string>> = {}
  if (!item.name.trim()) faults.name = m.setupNameMissing()
  if ((reading.amount(item.amountCents) ?? 0) <= 0) faults.amountCents = m.taxAmountMissing()
  if (item.postingRhythm === 'WEEKDAYS' && item.weekdays.length === 0)
    faults.weekdays = m.packageWeekdaysMissing()
  if (item.postingRhythm !== 'EVERY_N') return faults
  if (!nightsIn(item.everyNights, reading)) faults.everyNights = m.packageNightsWrong()
  if (!nightsIn(item.fromNight, reading)) faults.fromNight = m.packageNightsWrong()
  return faults
}

export function checkPackage(values: PackageValues, reading: Reading) {
  const { validFrom, validTo, items } = values
  const isWrong = items.some((item) => Object.keys(itemFaults(item, reading)).length > 0)
  return {
    code: values.code.trim() ? undefined : m.setupCodeMissing(),
    name: values.name.trim() ? undefined : m.setupNameMissing(),
    validTo: validFrom && validTo && validTo < validFrom ? m.taxEndsBefore() : undefined,
    items: items.length === 0 ? m.packageItemsMissing() : isWrong ? m.uiFormCheck() : undefined,
  }
}

function itemBody(item: ItemDraft, reading: Reading): Schemas['NewPackageItem'] {
  const { postingRhythm: rhythm } = item
  const nights = (text: string) => nightsIn(text, reading) ?? null
  return {
    name: item.name.trim(),
    amountCents: reading.amount(item.amountCents) ?? 0,
    priceBasis: item.priceBasis,
    postingRhythm: rhythm,
    ...(rhythm === 'WEEKDAYS' ? { weekdays: [...item.weekdays] as Schemas['Weekday'][] } : {}),
    ...(rhythm === 'EVERY_N'
      ? { everyNights: nights(item.everyNights), fromNight: nights(item.fromNight) }
      : {}),
  }
}

/** What of the form the API is told: of a change, what was changed. The items go together. */
export function bodyOfPackage(changes: Partial<PackageValues>, reading: Reading) {
  const { code, name, description, isIncluded, ratePlanId, validFrom, validTo, items } = changes
  return {
    ...(code !== undefined ? { code: code.trim() } : {}),
    ...(name !== undefined ? { name: name.trim() } : {}),
    ...(description !== undefined ? { description: description.trim() || null } : {}),
    ...(isIncluded !== undefined ? { isIncluded } : {}),
    ...(ratePlanId !== undefined ? { ratePlanId: ratePlanId || null } : {}),
    ...(validFrom !== undefined ? { validFrom } : {}),
    ...(validTo !== undefined ? { validTo: validTo && addDays(validTo, 1) } : {}),
    ...(items !== undefined ? { items: items.map((item) => itemBody(item, reading)) } : {}),
  }
}

const isOnce = ({ priceBasis }: ItemDraft) => priceBasis === 'STAY' || priceBasis === 'PERSON'

const shortPreview = 7
const longPreview = 21

/** Of a stay from `start`, on which nights the item is posted, as the server does it; 1 is the night of arrival. */
export function postedNights(
  item: ItemDraft,
  start: Day,
  nights: number,
  reading: Pick<Reading, 'plain'>,
): number[] {
  const every = nightsIn(item.everyNights, reading)
  const first = nightsIn(item.fromNight, reading)
  const isIn = (night: number): boolean => {
    switch (item.postingRhythm) {
      case 'EVERY_NIGHT':
        return true
      case 'ARRIVAL':
        return night === 1
      case 'LAST_NIGHT':
        return night === nights
      case 'ALL_BUT_ARRIVAL':
        return night > 1
      case 'ALL_BUT_LAST':
        return night < nights
      case 'WEEKDAYS':
        return item.weekdays.includes(weekday(addDays(start, night - 1)))
      case 'EVERY_N':
        return !!every && !!first && night >= first && (night - first) % every === 0
    }
  }
  const posted = Array.from({ length: nights }, (_, n) => n + 1).filter(isIn)
  return isOnce(item) ? posted.slice(0, 1) : posted
}

/** A week shows every rhythm but one whose second night lies beyond it. */
export function previewNights(item: ItemDraft, reading: Pick<Reading, 'plain'>): number {
  if (item.postingRhythm !== 'EVERY_N') return shortPreview
  const second = (nightsIn(item.fromNight, reading) ?? 1) + (nightsIn(item.everyNights, reading) ?? 1)
  return Math.min(longPreview, Math.max(shortPreview, second))
}
