import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOf, nightOf, realNight, weekdayOf } from './days'

test('nights are days of the calendar, counted', () => {
  expect(nightOf('1970-01-01')).toBe(0)
  expect(nightOf('2028-03-01') - nightOf('2028-02-28')).toBe(2)
  expect(nightOf('2027-03-29') - nightOf('2027-03-27')).toBe(2)
  expect(weekdayOf(nightOf('2027-02-01'))).toBe(1)
})

test('what is no day is none', () => {
  for (const text of [
    '2027-02-29',
    '2027-13-01',
    '2027-00-10',
    '27-02-01',
    '2027-02-01T00:00',
    '',
    'today',
  ]) {
    expect(realNight(text)).toBeNull()
  }
  expect(() => nightOf('2027-02-30')).toThrow('2027-02-30')
})

test('a day written and read is the same, and the next one is one more', () => {
  fc.assert(
    fc.property(fc.integer({ min: -25_567, max: 84_000 }), (night) => {
      expect(nightOf(dateOf(night))).toBe(night)
      expect(dateOf(night)).toBe(new Date(night * 86_400_000).toISOString().slice(0, 10))
    }),
  )
})
