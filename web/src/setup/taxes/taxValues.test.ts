import { expect, test } from 'vitest'
import { day } from '../../kernel/dates'
import { bodyOfTax, checkTax, lastDayOf, newTax, percentOf, percentText, type Reading } from './taxValues'

const reading: Reading = { amount: (text) => (text ? Number(text) * 100 : undefined), plain: (text) => text }
const same = (text: string) => text

test('a percentage stays text, and is refused when it is none', () => {
  expect(['8.25', '8,25', ' 7 %', '100', '0.000001'].map((text) => percentOf(text, same))).toEqual([
    '8.25',
    '8.25',
    '7',
    '100',
    '0.000001',
  ])
  for (const wrong of ['', '.5', '5.', '100.1', '-1', '1e1', '1.1234567', '1.000,5'])
    expect(percentOf(wrong, same), wrong).toBeUndefined()
  expect(percentText('8.25', 'de-DE').replace(/\s/g, ' ')).toBe('8,25 %')
})

test('the last day counts, where the API has the day after it', () => {
  const values = {
    ...newTax,
    code: ' VAT ',
    name: 'VAT',
    percent: '8,25',
    validFrom: day('2026-01-01'),
    validTo: day('2026-12-31'),
  }
  expect(bodyOfTax(values, 'p', reading)).toMatchObject({
    code: 'VAT',
    percent: '8.25',
    amountCents: null,
    validFrom: '2026-01-01',
    validTo: '2027-01-01',
    minimumAge: null,
  })
  expect(lastDayOf({ validTo: '2027-01-01' })).toBe('2026-12-31')
  expect(lastDayOf({ validTo: null })).toBeNull()
})

test('each kind asks for its own value, and every fault is told at its field', () => {
  const wrong = {
    ...newTax,
    kind: 'FIXED_NIGHT' as const,
    appliesTo: [],
    validFrom: day('2026-02-01'),
    validTo: day('2026-01-31'),
    minimumAge: '121',
    maximumNights: '0',
  }
  const faults = checkTax(wrong, reading)
  const named = Object.entries(faults).filter(([, fault]) => fault)
  expect(named.map(([field]) => field)).toEqual([
    'code',
    'name',
    'amountCents',
    'appliesTo',
    'validTo',
    'minimumAge',
    'maximumNights',
  ])
  const right = checkTax({ ...newTax, code: 'A', name: 'A', percent: '5' }, reading)
  expect(Object.values(right).filter(Boolean)).toEqual([])
  const fixed = { ...newTax, kind: 'FIXED_STAY' as const, amountCents: '3', percent: '9' }
  expect(bodyOfTax(fixed, 'p', reading)).toMatchObject({ percent: null, amountCents: 300 })
})
