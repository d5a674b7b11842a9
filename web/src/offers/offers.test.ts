import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import { countIn } from '../i18n/counted'
import { addDays, day } from '../kernel/dates'
import { locales, overwriteGetLocale } from '../paraglide/runtime'
import { askedOf, questionOf } from './asked'
import { at, gridOf } from './grid'
import type { Offer, OfferRefusal, Offers } from './queries'
import { offersSearch } from './search'
import { refusalWord } from './words'

const today = day('2027-02-12')
const asked = addDays(today, 1)

/** `S1 300` is type S at plan 1 for 300; without a price it is refused. */
const offer = (text: string, days: number): Offer => {
  const [[roomTypeId = '', ratePlanId = ''] = '', cents] = text.split(' ')
  return {
    roomTypeId,
    ratePlanId,
    checkInDate: addDays(today, days),
    checkOutDate: addDays(today, days + 2),
    isAvailable: cents !== undefined,
    roomsLeft: roomTypeId === 'S' ? 3 - days : 0,
    price: cents === undefined ? null : ({ totalCents: Number(cents) } as Offer['price']),
    refusals: [],
    nearest: [],
  } as Offer
}

const answer = (...offers: Offer[]) =>
  ({
    currency: 'EUR',
    roomTypes: [
      { id: 'S', name: 'Standard' },
      { id: 'D', name: 'Deluxe' },
    ],
    ratePlans: [
      { id: '1', name: 'Best' },
      { id: '2', name: 'Saver' },
    ],
    offers,
  }) as unknown as Offers

/** A line for each row: the type with its rooms, the plan, a total or a dash for each date. */
const drawn = (offers: Offers) =>
  gridOf(offers, asked, today).sections.flatMap(({ type, left, rows }) =>
    rows.map(({ plan, cells }) =>
      [`${type.name} ${left}`, plan.name, ...cells.map((one) => one?.price?.totalCents ?? '–')].join(' '),
    ),
  )

test('an answer is a section for each type, a row for each plan and a column for each date', () => {
  const offers = answer(
    ...[offer('S1 90', -1), offer('S1 100', 0), offer('S2', 0), offer('D1 200', 0), offer('D2 180', 0)],
    ...[offer('S1 120', 1), offer('S2 110', 1), offer('D1', 1), offer('D2 110', 1)],
  )
  expect(drawn(offers)).toEqual([
    'Standard 2 Best 100 120',
    'Standard 2 Saver – 110',
    'Deluxe 0 Best 200 –',
    'Deluxe 0 Saver 180 110',
  ])
  const grid = gridOf(offers, asked, today)
  expect(grid.arrivals, 'yesterday has no column').toEqual([today, asked])
  expect([grid.bookable, grid.all]).toEqual([3, 4])
  // The cheapest of the date that was asked for, not of all.
  expect(grid.cheapest.map((one) => one.roomTypeId + one.ratePlanId)).toEqual(['S2', 'D2'])
  expect(at(offers, offer('D2', 1))?.price?.totalCents).toBe(110)
  expect(
    at(offers, { ...offer('D2', 1), checkOutDate: addDays(asked, 3) }),
    'of another length',
  ).toBeUndefined()
})

test('where nothing can be had, nothing is the cheapest', () => {
  const grid = gridOf(answer(offer('S1', 1), offer('S2', 1)), asked, today)
  expect([grid.bookable, grid.all, grid.cheapest]).toEqual([0, 2, []])
})

const rules: OfferRefusal['rule'][] = ['RESTRICTED', 'NO_AVAILABILITY', 'NO_PRICE', 'OCCUPANCY', 'ARRIVAL']
const restrictions: Schemas['RestrictionRule'][] = [
  'CLOSED',
  'CLOSED_TO_ARRIVAL',
  'CLOSED_TO_DEPARTURE',
  'MIN_STAY_ARRIVAL',
  'MAX_STAY_ARRIVAL',
  'MIN_STAY_THROUGH',
  'MAX_STAY_THROUGH',
  'MIN_ADVANCE',
  'MAX_ADVANCE',
]

const broken = (rule: Schemas['RestrictionRule'], limit?: number): OfferRefusal => ({
  rule: 'RESTRICTED',
  date: asked,
  message: '',
  restriction: { id: 'R', rule, scope: 'PROPERTY', ...(limit === undefined ? {} : { limit }) },
})

const words = () => [
  ...restrictions.map((rule) => refusalWord(broken(rule, 3), today)),
  ...rules.map((rule) => refusalWord({ rule, date: asked, message: '' }, today)),
  refusalWord({ rule: 'ARRIVAL', date: addDays(today, -1), message: '' }, today),
]

test('a reason is told in a word', () => {
  overwriteGetLocale(() => 'en')
  countIn('en-GB')
  expect(words()).toEqual([
    ...['Closed', 'Closed to arrival', 'Closed to departure'],
    ...['Min. 3 nights', 'Max. 3 nights', 'Min. 3 nights', 'Max. 3 nights'],
    ...['Min. 3 days ahead', 'Max. 3 days ahead'],
    ...['Closed', 'Sold out', 'No price', 'Too many guests', 'Too far ahead', 'Past'],
  ])
  expect(refusalWord(broken('MIN_STAY_ARRIVAL', 1), today)).toBe('Min. 1 night')
})

test.each(locales)('each reason has a word of its own that is short: %s', (locale) => {
  overwriteGetLocale(() => locale)
  expect(new Set(words()).size).toBe(12)
  for (const word of words()) expect(word.length, word).toBeLessThanOrEqual(28)
})

test('the search in the URL is lenient, and begins today', () => {
  const search = (text: object) => askedOf(v.parse(offersSearch, text), today)
  const usual = { arrival: today, nights: 1, adults: 2, children: 0, ages: '', around: 3 }
  expect(search({})).toEqual(usual)
  expect(search({ arrival: '2027-02-30', nights: 0, adults: 1.5, children: 13, around: 8 })).toEqual(usual)
  const told = { arrival: '2027-03-01', nights: 3, adults: 1, children: 2, ages: '4,9', around: 0 }
  expect(search(told)).toEqual(told)
  expect(search({ children: 1, ages: 4 }).ages).toBe('4')
})

test('the API is asked once all is told, and about other days only for stays that it searches them for', () => {
  const question = (part: object) => questionOf({ ...askedOf({}, today), ...part }, 'P', today)
  expect(question({})).toEqual({ propertyId: 'P', arrival: today, nights: 1, adults: 2, flexibleDays: 3 })
  expect(question({ children: 2, ages: '4,9' })).toMatchObject({ children: '4,9' })
  expect(question({ children: 1, ages: '0' })).toMatchObject({ children: '0' })
  expect(question({ children: 2, ages: '4,' })).toBeUndefined()
  expect(question({ children: 1 })).toBeUndefined()
  expect(question({ around: 0 })).not.toHaveProperty('flexibleDays')
  expect(question({ nights: 31 })).toHaveProperty('flexibleDays')
  expect(question({ nights: 32 })).not.toHaveProperty('flexibleDays')
  expect(question({ arrival: addDays(today, -1) })).toBeUndefined()
})
