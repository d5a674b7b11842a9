import { expect, test } from 'vitest'
import { overwriteGetLocale } from '../paraglide/runtime'
import { averageRate, closesCsv, nightSum, occupancy, paidOn, revenueOf, revenuePerRoom } from './figures'
import type { DayClose, NightDue } from './queries'

const closed: DayClose = {
  propertyId: 'p',
  businessDate: '2026-11-25',
  roomsTotal: 12,
  roomsOffMarket: 2,
  roomsOutOfOrder: 1,
  roomsSold: 4,
  roomsFreeOfCharge: 0,
  guestsInHouse: 7,
  arrivals: 3,
  departures: 2,
  noShows: 1,
  cancellations: 0,
  roomRevenueCents: 410_01,
  adjustmentCents: 20_00,
  taxCents: 33_00,
  feeCents: 5_00,
  paymentCents: -300_00,
  refundCents: 50_00,
  guestLedgerCents: 218_01,
  depositLedgerCents: -100_00,
  houseLedgerCents: 0,
  cityLedgerCents: 0,
  closedAt: '2026-11-26T03:00:00Z',
  closedBy: 'u',
}

test('occupancy and the revenue of a room count the rooms that could be sold, the rate those that were', () => {
  expect(occupancy(closed)).toBe(0.4)
  expect(averageRate(closed)).toBe(102_50)
  expect(revenuePerRoom(closed)).toBe(41_00)
  const nothing = { ...closed, roomsSold: 0, roomsOffMarket: 12 }
  expect([occupancy(nothing), averageRate(nothing), revenuePerRoom(nothing)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('revenue has no taxes, and payments are what came in', () => {
  expect(revenueOf(closed)).toBe(435_01)
  expect(paidOn(closed)).toBe(250_00)
})

test('a night adds its price and its taxes', () => {
  const tax = { code: 'VAT', name: 'VAT', amountCents: 8_25, isFee: false, isInclusive: false }
  const night = { priceCents: 100_00, taxes: [tax, { ...tax, code: 'CITY', amountCents: 2_00 }] }
  expect(nightSum(night as NightDue)).toBe(110_25)
})

test('the file has a line for each day, with plain numbers', () => {
  overwriteGetLocale(() => 'en')
  const [head, line] = closesCsv([closed], 'EUR').slice(1).split('\r\n')
  expect(head).toContain('Day,Rooms sold,Occupancy,ADR,RevPAR')
  expect(line).toBe('2026-11-25,4,0.4,102.5,41,410.01,435.01,33,250,218.01,-100,0,0,EUR')
})
