import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { day } from '../../kernel/dates'
import { changeOf, isCount, stepOf, toldOn, valuesOf } from './values'

const date = day('2027-02-10')
const row = (roomTypeId: string | null, set: object, more: object = {}) =>
  ({
    ratePlanId: null,
    roomTypeId,
    own: [{ startDate: '2027-02-09', endDate: '2027-02-12', set }],
    merged: [],
    ...more,
  }) as unknown as Schemas['RestrictionRow']
const rows = [
  row(null, { isClosed: true, minStayArrival: 2 }),
  row('std', { closedToArrival: true, minStayThrough: 3, isClosed: null }),
  row('std', { closedToDeparture: true }, { ratePlanId: 'bar' }),
]

test('a type says its own, and what the house says to it', () => {
  const told = toldOn(rows, 'std', date)
  expect(valuesOf(told)).toEqual({
    flags: { isClosed: true, closedToArrival: true, closedToDeparture: false },
    counts: { minStayArrival: '', minStayThrough: '3' },
  })
  expect(valuesOf(toldOn(rows, 'std', day('2027-02-12'))).flags.isClosed).toBe(false)
})

test('only what was changed is said; no is said aloud against a yes of the house alone', () => {
  const told = toldOn(rows, 'std', date)
  const was = valuesOf(told)
  expect(changeOf(told, was)).toEqual({})
  const open = { ...was, flags: { ...was.flags, isClosed: false, closedToArrival: false } }
  expect(changeOf(told, open)).toEqual({ isClosed: false, closedToArrival: null })
  const again = toldOn([rows[0] as never, row('std', { isClosed: false })], 'std', date)
  const closed = valuesOf(again)
  expect(changeOf(again, { ...closed, flags: { ...closed.flags, isClosed: true } })).toEqual({
    isClosed: null,
  })
  const counted = { ...was, counts: { minStayArrival: ' 4 ', minStayThrough: '' } }
  expect(changeOf(told, counted)).toEqual({ minStayArrival: 4, minStayThrough: null })
  const house = toldOn(rows, null, date)
  const free = valuesOf(house)
  expect(changeOf(house, { ...free, flags: { ...free.flags, isClosed: false } })).toEqual({ isClosed: null })
})

test('more dates than the one that was looked at all say what it says', () => {
  const told = toldOn(rows, 'std', date)
  const was = valuesOf(told)
  expect(changeOf(told, was, true)).toEqual({ closedToArrival: true, minStayThrough: 3 })
  const open = { ...was, flags: { ...was.flags, closedToArrival: false } }
  expect(changeOf(told, open, true)).toEqual({ closedToArrival: false, minStayThrough: 3 })
  const house = toldOn(rows, null, date)
  const free = valuesOf(house)
  const opened = { ...free, flags: { ...free.flags, isClosed: false } }
  expect(changeOf(house, opened, true)).toEqual({ isClosed: null, minStayArrival: 2 })
})

test('nights are whole numbers of 1 to 731, or nothing', () => {
  expect(['', ' 2 ', '731'].every(isCount)).toBe(true)
  expect(['0', '732', '1.5', '-1', 'x'].some(isCount)).toBe(false)
})

test('a change is a step that sends what was said before, and again what was asked for', () => {
  const dates = { startDate: '2027-02-10', endDate: '2027-02-12', roomTypeId: 'std' }
  const changes = [
    { ...dates, set: { isClosed: true } },
  ] as unknown as Schemas['RestrictionsChange']['changes']
  const before = [
    { ...dates, set: { isClosed: null } },
  ] as unknown as Schemas['RestrictionsChanged']['before']
  expect(stepOf(changes, before)).toMatchObject({
    label: { key: 'calendar.did.restrict', facts: { from: '2027-02-10', to: '2027-02-11' } },
    forward: { kind: 'restrict', changes },
    inverse: { kind: 'restrict', changes: before },
  })
  expect(stepOf(changes, [])).toBeNull()
})
