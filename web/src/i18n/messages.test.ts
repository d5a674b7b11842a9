import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { m } from '../paraglide/messages'
import { locales, overwriteGetLocale } from '../paraglide/runtime'
import { countIn } from './counted'

const read = (locale: string) =>
  JSON.parse(readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), 'utf8')) as Record<
    string,
    string
  >

const catalogues = Object.fromEntries(locales.map((locale) => [locale, read(locale)]))
const english = catalogues.en ?? {}
const plural = /_(zero|one|two|few|many|other)$/
const namesOf = (catalogue: Record<string, string>) =>
  [...new Set(Object.keys(catalogue).map((key) => key.replace(plural, '')))].sort()
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

test.each(locales)('%s has every text, and none too many', (locale) => {
  expect(namesOf(catalogues[locale] ?? {})).toEqual(namesOf(english))
})

test.each(locales)('%s has every plural form of its language', (locale) => {
  const catalogue = catalogues[locale] ?? {}
  const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  const counted = namesOf(Object.fromEntries(Object.entries(catalogue).filter(([key]) => plural.test(key))))
  for (const name of counted) {
    for (const form of wanted) expect(catalogue, `${name}_${form}`).toHaveProperty(`${name}_${form}`)
  }
})

test.each(locales)('%s fills the same holes, and leaves no text empty', (locale) => {
  for (const [key, text] of Object.entries(catalogues[locale] ?? {})) {
    expect(text.trim(), key).not.toBe('')
    const original = english[key]
    if (original !== undefined && !plural.test(key)) expect(holes(text), key).toEqual(holes(original))
  }
})

test('a name has no underline but that of a plural form, which i18next reads as a context', () => {
  expect(Object.keys(english).filter((key) => key.replace(plural, '').includes('_'))).toEqual([])
})

test('the number of nights agrees with its noun', () => {
  const tags = { en: 'en-GB', de: 'de-DE', ar: 'ar-EG' }
  const said = (locale: (typeof locales)[number], count: number) => {
    overwriteGetLocale(() => locale)
    countIn(tags[locale])
    return m.reservationNights({ count })
  }
  expect([said('en', 1), said('en', 2)]).toEqual(['1 night', '2 nights'])
  expect([said('de', 1), said('de', 7)]).toEqual(['1 Nacht', '7 Nächte'])
  expect([said('ar', 2), said('ar', 5), said('ar', 14)]).toEqual(['ليلتان', '٥ ليالٍ', '١٤ ليلة'])
})

test('a number is written in the digits of its reader, also where nothing is counted', () => {
  overwriteGetLocale(() => 'ar')
  countIn('ar-EG')
  expect(m.calendarCellAvailable({ count: 12, date: '' })).toMatch(/١٢/)
  expect(m.calendarCardAdultsChildren({ adults: 2, children: 1 })).not.toMatch(/\d/)
  overwriteGetLocale(() => 'en')
  countIn('en-GB')
  expect(m.reservationNights({ count: 1234 })).toBe('1,234 nights')
})
