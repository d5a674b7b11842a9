import { expect, test } from 'vitest'
import { day } from '../kernel/dates'
import { spanOf } from './span'

const on = (today: string, search = {}) => ({
  taxes: spanOf('taxes', search, day(today)),
  occupancy: spanOf('occupancy', search, day(today)),
  pickUp: spanOf('pickUp', search, day(today)),
})

test('what was is of the month so far, what is booked of the time to come', () => {
  expect(on('2026-03-10')).toEqual({
    taxes: { from: '2026-03-01', to: '2026-03-09' },
    occupancy: { from: '2026-03-01', to: '2026-03-31' },
    pickUp: { from: '2026-03-10', to: '2026-05-09' },
  })
})

test('on the first of a month it is the month before', () => {
  expect(on('2026-03-01').taxes).toEqual({ from: '2026-02-01', to: '2026-02-28' })
})

test('days of the address count when both are there and in order', () => {
  const asked = { from: '2026-01-05', to: '2026-01-07' }
  expect(on('2026-03-10', asked).taxes).toEqual(asked)
  expect(on('2026-03-10', { from: '2026-01-07', to: '2026-01-05' }).taxes.from).toBe('2026-03-01')
  expect(on('2026-03-10', { from: '2026-01-07' }).taxes.from).toBe('2026-03-01')
})
