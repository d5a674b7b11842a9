import { expect, test } from 'vitest'
import { day } from '../../../kernel/dates'
import { inParts } from '../writes'
import { type BulkValues, bulkFaults, changesOf, compared, type PricedRange } from './bulkValues'

const reading = {
  amount: (text: string) => (/^-?\d+$/.test(text) ? Number(text) * 100 : undefined),
  percent: (text: string) => text.replace(',', '.'),
}
const values: BulkValues = {
  planIds: ['P', 'Q'],
  typeIds: ['S'],
  range: { from: day('2027-03-01'), to: day('2027-03-31') },
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  way: 'ADJUST',
  price: '',
  percent: '-7,5',
  amount: '',
  roundTo: '5',
  rounding: 'DOWN',
}
const faulty = (part: Partial<BulkValues>) => Object.keys(bulkFaults({ ...values, ...part }, reading)).sort()

test('one change for each plan and type, the last night counts', () => {
  const one = {
    roomTypeId: 'S',
    startDate: '2027-03-01',
    endDate: '2027-04-01',
    adjust: { percent: '-7.5', roundToCents: 500, rounding: 'DOWN' },
  }
  expect(changesOf(values, reading)).toEqual([
    { ratePlanId: 'P', ...one },
    { ratePlanId: 'Q', ...one },
  ])
  const set = changesOf({ ...values, planIds: ['P'], way: 'SET', price: '80', weekdays: [5, 6] }, reading)
  expect(set).toEqual([
    {
      ratePlanId: 'P',
      roomTypeId: 'S',
      startDate: '2027-03-01',
      endDate: '2027-04-01',
      weekdays: [5, 6],
      nightlyBaseCents: 8000,
    },
  ])
  expect(changesOf({ ...values, way: 'CLEAR' }, reading)[0]).toMatchObject({ nightlyBaseCents: null })
})

test('every fault is told at its field', () => {
  expect(faulty({})).toEqual([])
  expect(faulty({ planIds: [], typeIds: [], range: null, weekdays: [] })).toEqual([
    'planIds',
    'range',
    'typeIds',
    'weekdays',
  ])
  expect(faulty({ way: 'SET', price: '-1' })).toEqual(['price'])
  expect(faulty({ way: 'SET', price: '0', percent: 'x' })).toEqual([])
  expect(faulty({ percent: '1e1', amount: 'x', roundTo: '-5' })).toEqual(['amount', 'percent', 'roundTo'])
  expect(faulty({ percent: '-100' })).toEqual([])
  expect(faulty({ percent: '-100.5' })).toEqual(['percent'])
  expect(faulty({ percent: '1001' })).toEqual(['percent'])
  expect(faulty({ range: { from: day('2027-03-31'), to: day('2027-03-01') } })).toEqual(['range'])
  expect(faulty({ percent: '', amount: '', roundTo: '' })).toEqual(['percent'])
  expect(faulty({ range: { from: day('2027-03-01'), to: day('2030-03-31') } })).toEqual(['range'])
})

const range = (type: string, from: string, to: string, cents: number | null): PricedRange => ({
  ratePlanId: 'P',
  roomTypeId: type,
  startDate: from,
  endDate: to,
  nightlyBaseCents: cents,
})

test('before and after are laid side by side, wherever each is cut', () => {
  const before = [
    range('S', '2027-03-01', '2027-03-03', 100),
    range('S', '2027-03-03', '2027-03-05', 120),
    range('S', '2027-03-08', '2027-03-09', null),
    range('T', '2027-03-08', '2027-03-09', 70),
  ]
  const after = [
    range('S', '2027-03-01', '2027-03-02', 90),
    range('S', '2027-03-02', '2027-03-05', 80),
    range('S', '2027-03-08', '2027-03-09', 90),
    range('T', '2027-03-08', '2027-03-09', null),
  ]
  const drawn = compared(before, after).map(
    ({ roomTypeId, from, to, was, is }) => `${roomTypeId} ${from.slice(8)}-${to.slice(8)} ${was} ${is}`,
  )
  expect(drawn).toEqual([
    'S 01-02 100 90',
    'S 02-03 100 80',
    'S 03-05 120 80',
    'S 08-09 null 90',
    'T 08-09 70 null',
  ])
})

test('an undo goes in parts that one request may have', () => {
  const before = Array.from({ length: 1001 }, (_, n) => n)
  expect(inParts(before).map((part) => part.length)).toEqual([500, 500, 1])
  expect(inParts(before).flat()).toEqual(before)
  expect(inParts([])).toEqual([])
})
