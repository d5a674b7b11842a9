import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { daysAgo, enter, expect, Hotel, logIns, plus, test } from './hotel'

const open = (page: Page, hotel: Hotel, search: string) =>
  page.goto(`/reports?property=${hotel.id}&${search}`)
const grid = (page: Page, name: string) => page.getByRole('grid', { name })
const row = (table: Locator, name: string | RegExp) => table.getByRole('row', { name })
const rowOf = (page: Page, report: string, name: string | RegExp) => row(grid(page, report), name)

/** A closed day with a stay of 100 dollars, a dinner, a payment and one who did not come; the next day is open. */
async function hotelWithADay(page: Page) {
  await enter(page.context(), logIns.manager)
  const businessDate = daysAgo(3)
  const hotel = await Hotel.open(page.request, { businessDate })
  const rule = { propertyId: hotel.id, code: 'VAT', name: 'City tax', kind: 'PERCENT', percent: '10' }
  await hotel.post('/tax-rules', rule)
  const stay = await hotel.act(await hotel.book('101', 0, 2, 'Lovelace'), 'check-in')
  await hotel.book('102', 0, 1, 'Byron')
  const list = await hotel.call('GET', `/folios?propertyId=${hotel.id}&reservationId=${stay.id}`)
  const [folio] = list as unknown as { id: string }[]
  await hotel.post(`/folios/${folio?.id}/charges`, { description: 'Dinner', amountCents: 40_00 })
  await hotel.post(`/folios/${folio?.id}/payments`, { amountCents: 50_00, method: 'CASH' })
  await hotel.post(`/properties/${hotel.id}/day-close`, { businessDate, arrivals: 'NO_SHOW' })
  return { hotel, day: businessDate }
}

test('a closed day at a glance, as a table and as a file', async ({ page }) => {
  const { hotel } = await hotelWithADay(page)
  await page.goto(`/calendar?property=${hotel.id}`)
  await page.getByRole('link', { name: 'Reports' }).first().click()
  const flash = grid(page, 'Manager flash')
  await expect(row(flash, /^Occupancy/)).toContainText('17%')
  await expect(row(flash, /^ADR/)).toContainText('$100.00')
  await expect(row(flash, /^Room revenue/)).toContainText('$100.00')
  await expect(row(flash, /^Other charges/)).toContainText('$40.00')
  await expect(row(flash, /^Payments/)).toContainText('$50.00')
  await expect(row(flash, /^No-shows/)).toContainText('1')
  await expect(page.getByText('is not closed')).toHaveCount(0)
  await expectAccessibleInBoth(page)
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/\.csv$/)
})

test('the forecast sets the books against last year', async ({ page }) => {
  const { hotel, day } = await hotelWithADay(page)
  await open(page, hotel, `report=forecast&from=${day}&to=${plus(day, 1)}`)
  await expect(grid(page, 'Forecast').getByRole('row')).toHaveCount(4)
  await expect(rowOf(page, 'Forecast', /^Total/)).toContainText('$200.00')
  await expect(page.getByRole('img', { name: /same weekday of last year/ })).toBeVisible()
  await expectAccessibleInBoth(page)
})

test('occupancy is drawn and told by day, type and source', async ({ page }) => {
  const { hotel, day } = await hotelWithADay(page)
  await open(page, hotel, `report=occupancy&from=${day}&to=${plus(day, 1)}`)
  const name = 'Occupancy and rates'
  await expect(page.getByRole('img', { name: 'Occupancy' }).locator('rect')).toHaveCount(2)
  await expect(grid(page, name).getByRole('row')).toHaveCount(4)
  await expect(rowOf(page, name, /^Total/)).toContainText('$200.00')
  await page.getByRole('radio', { name: 'Room type' }).click()
  await expect(rowOf(page, name, /^Standard/)).toContainText('$200.00')
  await expect(rowOf(page, name, /^Suite/)).toContainText('0%')
  await expectAccessibleInBoth(page)
  // By the keyboard: the next of the group.
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(rowOf(page, name, /^Direct/)).toContainText('$200.00')
  await expect(page).toHaveURL(/by=SOURCE/)
  await page.reload()
  await expect(rowOf(page, name, /^Direct/)).toContainText('$200.00')
})

test('what was picked up, and how the ledgers moved', async ({ page }) => {
  const { hotel, day } = await hotelWithADay(page)
  const span = `from=${day}&to=${plus(day, 1)}`
  await open(page, hotel, `report=pickUp&${span}&since=${plus(day, -2)}`)
  await expect(rowOf(page, 'Pick-up', /^Total/)).toContainText('$')
  await expectAccessibleInBoth(page)
  await page.getByRole('tab', { name: 'Ledgers' }).click()
  await expect(page.getByText('Opening and movements make the closing')).toBeVisible()
  await expect(rowOf(page, 'Ledgers', /^Payments/)).toContainText('-$50.00')
  await expectAccessibleInBoth(page)
})

test('what is owed to the authorities, by rule', async ({ page }) => {
  const { hotel, day } = await hotelWithADay(page)
  await open(page, hotel, `report=taxes&from=${day}&to=${day}`)
  await expect(rowOf(page, 'Taxes and fees', /^City tax/)).toContainText('$100.00')
  await expect(page.getByText('Taxes $10.00, fees $0.00')).toBeVisible()
  await expectAccessibleInBoth(page)
})

test('what is in the till, by method and cashier, and line by line', async ({ page }) => {
  const { hotel, day } = await hotelWithADay(page)
  await open(page, hotel, `report=payments&from=${day}&to=${plus(day, 1)}`)
  await expect(rowOf(page, 'Payments', /^(Card|Cash)/)).toContainText('$50.00')
  await expect(page.getByText('Received $50.00, refunded $0.00: $50.00 net')).toBeVisible()
  const line = grid(page, 'Payment journal').getByRole('row', { name: /Ada/ })
  await expect(line).toContainText('$50.00')
  await expectAccessibleInBoth(page)
  await line.click()
  await expect(page.getByRole('dialog', { name: /^Ada/ })).toBeVisible()
})

test('who comes, leaves and sleeps here on a day', async ({ page }) => {
  const { hotel, day } = await hotelWithADay(page)
  await open(page, hotel, `report=movements&date=${day}`)
  const line = rowOf(page, 'Arrivals', /Ada Lovelace/)
  await expect(line).toContainText('101')
  await expect(page.getByText('1 stay', { exact: true })).toBeVisible()
  await expectAccessibleInBoth(page)
  await page.getByRole('radio', { name: 'Departures' }).click()
  await expect(page.getByText('Nobody on this day.')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/movement=IN_HOUSE/)
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  expect((await file).suggestedFilename()).toBe(`movements-${day}.csv`)
  await rowOf(page, 'In house', /Ada Lovelace/).click()
  await expect(page.getByRole('dialog', { name: 'Ada Lovelace' })).toBeVisible()
})

test('who did not come opens as a stay', async ({ page }) => {
  const { hotel, day } = await hotelWithADay(page)
  await open(page, hotel, `report=noShows&from=${day}&to=${day}`)
  const line = rowOf(page, 'No-shows', /^Ada Byron/)
  await expect(line).toContainText('$100.00')
  await expectAccessibleInBoth(page)
  await line.click()
  await expect(page.getByRole('dialog', { name: 'Ada Byron' })).toBeVisible()
})

test('who may not see money is not offered it', async ({ page, hotel }) => {
  await page.context().clearCookies()
  await enter(page.context(), logIns.housekeeping)
  await open(page, hotel, 'report=flash')
  await expect(page.getByRole('link', { name: 'Reports' })).toHaveCount(0)
  await expect(page.getByRole('grid')).toHaveCount(0)
})
