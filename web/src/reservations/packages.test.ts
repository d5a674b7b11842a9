import { beforeEach, expect, test } from 'vitest'
import { countIn } from '../i18n/counted'
import { formatIn } from '../i18n/format'
import { overwriteGetLocale } from '../paraglide/runtime'
import { isAmong, type PostingRhythm, type PriceBasis, packageSums } from './packages'
import { termsWords } from './packageWords'

beforeEach(() => {
  overwriteGetLocale(() => 'en')
  countIn('en-US')
})

const format = formatIn('en-US')
const words = (priceBasis: PriceBasis, postingRhythm: PostingRhythm) =>
  termsWords({ priceBasis, postingRhythm, weekdays: [6, 7], everyNights: 3, fromNight: 2 }, format).join(
    ' · ',
  )

test('what basis and rhythm say alike is said once', () => {
  expect(words('NIGHT', 'EVERY_NIGHT')).toBe('Each night')
  expect(words('PERSON_NIGHT', 'EVERY_NIGHT')).toBe('Each person and night')
  expect(words('NIGHT', 'ALL_BUT_ARRIVAL')).toBe('Every night but the first')
  expect(words('NIGHT', 'LAST_NIGHT')).toBe('On the last night')
  expect(words('NIGHT', 'WEEKDAYS')).toBe('On Sat and Sun')
  expect(words('PERSON_NIGHT', 'ALL_BUT_LAST')).toBe('Each person · Every night but the last')
  expect(words('PERSON_NIGHT', 'EVERY_N')).toBe('Each person · Every 3 nights from night 2 on')
})

test('what is charged once is not said to be charged each night', () => {
  expect(words('STAY', 'EVERY_NIGHT')).toBe('The stay, once')
  expect(words('STAY', 'LAST_NIGHT')).toBe('The stay, once · On the last night')
  expect(words('STAY', 'ALL_BUT_ARRIVAL')).toBe('The stay, once · On night 2')
  expect(words('PERSON', 'ALL_BUT_LAST')).toBe('Each person, once · On the night of arrival')
  expect(words('PERSON', 'WEEKDAYS')).toBe('Each person, once · On the first of Sat and Sun')
  expect(words('PERSON', 'EVERY_N')).toBe('Each person, once · On night 2')
})

test('each part of a package has one sum, also where two have the same name', () => {
  const line = (itemId: string, amountCents: number, isIncluded = false) => ({
    night: '2027-02-01',
    itemId,
    name: 'Breakfast',
    amountCents,
    isIncluded,
    taxes: [],
  })
  expect(packageSums([line('A', 5, true), line('B', 10), line('A', 7, true), line('B', 1)])).toEqual([
    { id: 'A', name: 'Breakfast', amountCents: 12, isIncluded: true },
    { id: 'B', name: 'Breakfast', amountCents: 11, isIncluded: false },
  ])
})

test('a part is told with the taxes in its price, as nights are; those on top are told by themselves', () => {
  const tax = (amountCents: number, isInclusive: boolean) => {
    return { code: 'VAT', name: 'VAT', amountCents, isFee: false, isInclusive }
  }
  const parking = { night: '2027-02-01', itemId: 'P', name: 'Parking', amountCents: 935, isIncluded: false }
  const [sum] = packageSums([{ ...parking, taxes: [tax(65, true), tax(20, false)] }])
  expect(sum?.amountCents).toBe(1_000)
})

test('a package that the plan has already is known by its name, or that of a part', () => {
  const item = (name: string) => ({ name }) as never
  const board = { name: 'Half board', items: [item('Breakfast'), item('Dinner')] }
  expect(isAmong({ name: 'breakfast ', items: [item('Buffet')] }, [board])).toBe(true)
  expect(isAmong({ name: 'Evening', items: [item('Dinner')] }, [board])).toBe(true)
  expect(isAmong({ name: 'Parking', items: [item('Parking')] }, [board])).toBe(false)
})
