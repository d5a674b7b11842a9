import { expect, test } from 'vitest'
import { day } from '../../kernel/dates'
import type { PostingRhythm } from '../../reservations/packages'
import { choosable, ofPlan, type Package } from '../../reservations/packages'
import {
  bodyOfPackage,
  checkPackage,
  itemFaults,
  newItem,
  newPackage,
  postedNights,
  previewNights,
  valuesOfPackage,
} from './packageValues'

const reading = {
  amount: (text: string) => (/^\d+$/.test(text) ? Number(text) * 100 : undefined),
  plain: (text: string) => text,
  written: (minor: number) => String(minor / 100),
}
const monday = day('2027-03-01')

test('each rhythm shows the nights on which the server posts it', () => {
  const of = (postingRhythm: PostingRhythm) => ({
    ...newItem,
    priceBasis: 'NIGHT' as const,
    postingRhythm,
    weekdays: [3, 6],
    everyNights: '3',
    fromNight: '2',
  })
  // The table of the server's own test, of a stay of six nights from a Monday on.
  const table: [PostingRhythm, number[]][] = [
    ['EVERY_NIGHT', [1, 2, 3, 4, 5, 6]],
    ['ARRIVAL', [1]],
    ['LAST_NIGHT', [6]],
    ['ALL_BUT_ARRIVAL', [2, 3, 4, 5, 6]],
    ['ALL_BUT_LAST', [1, 2, 3, 4, 5]],
    ['WEEKDAYS', [3, 6]],
    ['EVERY_N', [2, 5]],
  ]
  for (const [rhythm, nights] of table)
    expect(postedNights(of(rhythm), monday, 6, reading), rhythm).toEqual(nights)
  expect(postedNights({ ...of('WEEKDAYS'), priceBasis: 'STAY' }, monday, 6, reading)).toEqual([3])
  expect(postedNights({ ...of('EVERY_NIGHT'), priceBasis: 'PERSON' }, monday, 6, reading)).toEqual([1])
  expect(postedNights({ ...of('EVERY_N'), everyNights: 'x' }, monday, 6, reading)).toEqual([])
})

test('a preview is as long as it takes to see the rhythm, and no longer than three weeks', () => {
  const every = (everyNights: string, fromNight: string) =>
    previewNights({ ...newItem, postingRhythm: 'EVERY_N', everyNights, fromNight }, reading)
  expect([previewNights(newItem, reading), every('2', '1'), every('10', '1'), every('99', '1')]).toEqual([
    7, 7, 11, 21,
  ])
})

test('what is wrong with an item is told at its field', () => {
  const named = (part: object) => Object.keys(itemFaults({ ...newItem, ...part }, reading))
  expect(named({})).toEqual(['name', 'amountCents'])
  const right = { name: 'Spa', amountCents: '3' }
  expect(named(right)).toEqual([])
  expect(named({ ...right, amountCents: '0' })).toEqual(['amountCents'])
  expect(named({ ...right, postingRhythm: 'WEEKDAYS', weekdays: [] })).toEqual(['weekdays'])
  expect(named({ ...right, postingRhythm: 'EVERY_N', everyNights: '0', fromNight: '732' })).toEqual([
    'everyNights',
    'fromNight',
  ])
  const faults = checkPackage({ ...newPackage, code: 'A', name: 'A', items: [] }, reading)
  expect(Object.entries(faults).flatMap(([field, fault]) => (fault ? [field] : []))).toEqual(['items'])
})

const row: Package = {
  id: 'p',
  propertyId: 'h',
  code: 'BB',
  name: 'Breakfast',
  isIncluded: true,
  ratePlanId: 'plan',
  validFrom: '2027-03-01',
  validTo: '2027-04-01',
  items: [
    {
      id: 'i',
      name: 'Breakfast',
      amountCents: 1500,
      priceBasis: 'PERSON_NIGHT',
      postingRhythm: 'EVERY_N',
      everyNights: 3,
      fromNight: 2,
    },
  ],
  isActive: true,
  version: 1,
  createdAt: '',
  createdBy: '',
  updatedAt: '',
  updatedBy: '',
}

test('a package goes through the form unchanged, and the last night counts', () => {
  const values = valuesOfPackage(row, reading)
  expect(values.validTo).toBe('2027-03-31')
  expect(bodyOfPackage(values, reading)).toEqual({
    code: 'BB',
    name: 'Breakfast',
    description: null,
    isIncluded: true,
    ratePlanId: 'plan',
    validFrom: '2027-03-01',
    validTo: '2027-04-01',
    items: [
      {
        name: 'Breakfast',
        amountCents: 1500,
        priceBasis: 'PERSON_NIGHT',
        postingRhythm: 'EVERY_N',
        everyNights: 3,
        fromNight: 2,
      },
    ],
  })
  expect(bodyOfPackage({ ratePlanId: '' }, reading)).toEqual({ ratePlanId: null })
})

test('a booking may choose what is part of no plan and sold on one of its nights', () => {
  const free = { ...row, ratePlanId: null }
  const of = (from: string, to: string, one: Package = free) => choosable([one], day(from), day(to)).length
  expect([of('2027-02-26', '2027-03-01'), of('2027-02-26', '2027-03-02')]).toEqual([0, 1])
  expect([of('2027-03-31', '2027-04-02'), of('2027-04-01', '2027-04-02')]).toEqual([1, 0])
  expect(of('2027-03-05', '2027-03-06', row)).toBe(0)
  expect(of('2027-03-05', '2027-03-06', { ...free, isActive: false })).toBe(0)
  expect([ofPlan([row], 'plan').length, ofPlan([row], 'other').length, ofPlan([row], null).length]).toEqual([
    1, 0, 0,
  ])
})
