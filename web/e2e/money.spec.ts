import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { daysAgo, enter, expect, Hotel, logIns, type Stay, tabTo, test } from './hotel'

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Ada Lovelace' })
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name, exact: true })
// A notice is an alertdialog, too.
const question = (page: Page) => page.locator('section[role=alertdialog]')
const folioOf = async (hotel: Hotel, stay: Stay) => {
  const list = await hotel.call('GET', `/folios?propertyId=${hotel.id}&reservationId=${stay.id}`)
  return (list as unknown as { id: string; balanceCents: number; name: string | null }[]).reverse()
}

async function pick(page: Page, field: Locator, option: string | RegExp) {
  await field.click()
  await page.getByRole('option', { name: option }).click()
}

async function openAccount(page: Page, hotel: Hotel, stay: Stay) {
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
}

const balance = (folio: Locator) => folio.locator('dl dd').last()

test('a charge, a discount, a payment and a refund stand on the statement, and a line is taken back', async ({
  page,
  hotel,
}) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  await openAccount(page, hotel, stay)
  const folio = drawer(page).getByRole('region', { name: 'Guest folio' })
  await expect(folio).toContainText('Nothing was posted yet.')
  await folio.getByRole('button', { name: 'Charge or discount' }).click()
  const charge = dialog(page, 'Charge or discount')
  await charge.getByRole('button', { name: 'Post' }).click()
  await expect(charge.getByText('Say what it is for.')).toBeVisible()
  await expect(charge.getByText('Enter an amount above zero.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await charge.getByLabel('Description').fill('Minibar')
  await charge.getByLabel('Amount in USD').fill('30')
  await charge.getByRole('button', { name: 'Post' }).dblclick()
  await expect(charge).toHaveCount(0)
  await expect(folio.getByRole('row', { name: /Minibar/ })).toHaveCount(1)
  await expect(balance(folio)).toHaveText('$30.00')

  await folio.getByRole('button', { name: 'Charge or discount' }).click()
  await pick(page, charge.getByRole('button', { name: /Kind/ }), 'Discount')
  await charge.getByLabel('Description').fill('Regular guest')
  await charge.getByLabel('Amount in USD').fill('5.50')
  await charge.getByRole('button', { name: 'Post' }).click()
  await expect(balance(folio)).toHaveText('$24.50')

  await folio.getByRole('button', { name: 'Payment' }).click()
  const payment = dialog(page, 'Take payment')
  await expect(payment.getByLabel('Amount in USD')).toHaveValue('24.50')
  await payment.getByLabel('Amount in USD').fill('40')
  await payment.getByLabel('Reference').fill('T-881')
  await expectAccessibleInBoth(page)
  await payment.getByRole('button', { name: 'Take payment' }).click()
  await expect(folio.getByRole('row', { name: /Payment · Card · T-881/ })).toContainText('-$40.00')
  await expect(balance(folio)).toHaveText('-$15.50')

  await folio.getByRole('button', { name: 'More for this folio' }).click()
  await page.getByRole('menuitem', { name: 'Refund' }).click()
  const refund = dialog(page, 'Refund')
  await refund.getByLabel('Amount in USD').fill('41')
  await refund.getByRole('button', { name: 'Give money back' }).click()
  await expect(refund.getByText('At most $40.00')).toBeVisible()
  await refund.getByLabel('Amount in USD').fill('15.5')
  await refund.getByRole('button', { name: 'Give money back' }).click()
  await expect(balance(folio)).toHaveText('$0.00')

  await folio.getByRole('button', { name: 'Take back Minibar, $30.00' }).click()
  const back = dialog(page, 'Take back')
  await back.getByRole('button', { name: 'Take back' }).click()
  await expect(back.getByText('Enter a reason.')).toBeVisible()
  await back.getByLabel('Reason').fill('Never opened')
  await expectAccessibleInBoth(page)
  await back.getByRole('button', { name: 'Take back' }).click()
  await expect(folio.locator('s', { hasText: 'Minibar' })).toBeVisible()
  await expect(folio.getByText('(taken back)')).toBeAttached()
  await expect(folio.getByRole('row', { name: /Taken back: Minibar \(Never opened\)/ })).toBeVisible()
  await expect(balance(folio)).toHaveText('-$30.00')
  await expectAccessibleInBoth(page)
})

test('a charge is posted and paid, and its folio closed, by the keyboard alone', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  await openAccount(page, hotel, stay)
  const folio = drawer(page).getByRole('region', { name: 'Guest folio' })
  await expect(folio).toContainText('Nothing was posted yet.')
  await tabTo(page, folio.getByRole('button', { name: 'Charge or discount' }))
  await page.keyboard.press('Enter')
  await expect(dialog(page, 'Charge or discount').getByLabel('Description')).toBeFocused()
  await page.keyboard.type('Laundry')
  await tabTo(page, dialog(page, 'Charge or discount').getByLabel('Amount in USD'))
  await page.keyboard.type('18')
  await page.keyboard.press('Enter')
  await expect(balance(folio)).toHaveText('$18.00')
  await tabTo(page, folio.getByRole('button', { name: 'Payment' }))
  await page.keyboard.press('Enter')
  await tabTo(page, dialog(page, 'Take payment').getByLabel('Amount in USD'))
  await page.keyboard.press('Enter')
  await expect(balance(folio)).toHaveText('$0.00')
  await tabTo(page, folio.getByRole('button', { name: 'More for this folio' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.type('Close')
  await page.keyboard.press('Enter')
  await expect(question(page)).toContainText('never changes again')
  await expectAccessibleInBoth(page)
  await tabTo(page, question(page).getByRole('button', { name: 'Close the folio' }))
  await page.keyboard.press('Enter')
  await expect(folio.getByText(/^Closed .* · invoice 1$/)).toBeVisible()
  await expect(folio.getByRole('button')).toHaveText(['Credit note', 'E-mail'])
  expect(await folioOf(hotel, stay)).toMatchObject([{ status: 'CLOSED', invoiceNumber: 1 }])
})

test('lines are moved to a folio that is opened for them, with their taxes', async ({ page, hotel }) => {
  await hotel.post('/tax-rules', {
    propertyId: hotel.id,
    code: 'VAT',
    name: 'VAT',
    kind: 'PERCENT',
    percent: '10',
    appliesTo: ['ADJUSTMENT'],
  })
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  const [first] = await folioOf(hotel, stay)
  for (const [description, amountCents] of [
    ['Dinner', 40_00],
    ['Laundry', 10_00],
  ] as const)
    await hotel.post(`/folios/${first?.id}/charges`, { description, amountCents })
  await openAccount(page, hotel, stay)
  const folio = drawer(page).getByRole('region', { name: 'Guest folio' })
  await expect(balance(folio)).toHaveText('$55.00')
  await folio.getByRole('button', { name: 'More for this folio' }).click()
  await page.getByRole('menuitem', { name: 'Move lines to another folio' }).click()
  const move = dialog(page, 'Move lines to another folio')
  await move.getByRole('button', { name: 'Move' }).click()
  await expect(move.getByText('Choose at least one line.')).toBeVisible()
  await move.getByText('Dinner').click()
  await move.getByLabel('Name of the folio').fill('ACME')
  await expectAccessibleInBoth(page)
  await move.getByRole('button', { name: 'Move' }).click()
  const company = drawer(page).getByRole('region', { name: 'ACME' })
  await expect(balance(company)).toHaveText('$44.00')
  await expect(company.getByRole('row')).toContainText(['Date', 'Dinner', 'VAT'])
  await expect(balance(drawer(page).getByRole('region', { name: 'Folio 1' }))).toHaveText('$11.00')
  await expect(drawer(page).getByText('Open on the account')).toBeVisible()
  await expectAccessibleInBoth(page)
})

test('who owes something pays and is checked out, or goes with the balance', async ({ page, hotel }) => {
  const arrive = async (room: string) => {
    const stay = await hotel.act(await hotel.book(room, 0, 1, 'Lovelace'), 'check-in')
    const [folio] = await folioOf(hotel, stay)
    await hotel.post(`/folios/${folio?.id}/charges`, { description: 'Dinner', amountCents: 40_00 })
    return stay
  }
  const leave = async (stay: Stay) => {
    await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
    await drawer(page).getByRole('button', { name: 'Check out' }).click()
    await question(page).getByRole('button', { name: 'Check out' }).click()
    await expect(question(page)).toContainText('its balance is $40.00')
  }
  const paying = await arrive('101')
  await leave(paying)
  await expectAccessibleInBoth(page)
  await question(page).getByRole('button', { name: 'Take payment' }).click()
  const payment = dialog(page, 'Take payment')
  await expect(payment.getByLabel('Amount in USD')).toHaveValue('40.00')
  await expectAccessibleInBoth(page)
  await payment.getByRole('button', { name: 'Take payment and check out' }).click()
  await expect(drawer(page).getByText('Departed').first()).toBeVisible()
  expect(await folioOf(hotel, paying)).toMatchObject([{ balanceCents: 0 }])

  const owing = await arrive('102')
  await leave(owing)
  await question(page).getByRole('button', { name: 'Let go with the balance' }).click()
  await expect(drawer(page).getByText('Departed').first()).toBeVisible()
  expect(await folioOf(hotel, owing)).toMatchObject([{ balanceCents: 40_00 }])
})

test('who may only read sees the statement and nothing to do', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  const [folio] = await folioOf(hotel, stay)
  await hotel.post(`/folios/${folio?.id}/charges`, { description: 'Dinner', amountCents: 40_00 })
  await page.context().clearCookies()
  await enter(page.context(), logIns.reader)
  await openAccount(page, hotel, stay)
  const seen = drawer(page).getByRole('region', { name: 'Guest folio' })
  await expect(balance(seen)).toHaveText('$40.00')
  await expect(seen.getByRole('button')).toHaveCount(0)
})

test('a day is closed once its guests are dealt with, and stands in the table', async ({ page }) => {
  await enter(page.context(), logIns.manager)
  const businessDate = daysAgo(3)
  const hotel = await Hotel.open(page.request, { businessDate })
  await hotel.act(await hotel.book('101', 0, 2, 'Lovelace'), 'check-in')
  const late = await hotel.book('102', 0, 1, 'Byron')
  await page.goto(`/day-close?property=${hotel.id}`)
  const arrivals = page.getByRole('region', { name: 'Should have come' })
  await expect(page.getByRole('region', { name: 'Will be posted' })).toContainText('$100.00')
  await expectAccessibleInBoth(page)
  await page.getByRole('button', { name: /^Close / }).click()
  await expect(page.getByText('Some arrivals or departures are unresolved.')).toBeVisible()
  await arrivals.getByRole('button', { name: 'Byron' }).click()
  await expect(page.getByRole('dialog', { name: 'Ada Byron' })).toBeVisible()
  await page.keyboard.press('Escape')
  await arrivals.getByText('Give them up').click()
  await page.getByRole('button', { name: /^Close / }).click()
  const record = page.getByRole('region', { name: /is closed\.$/ })
  await expect(record).toContainText('No-shows1')
  await expect(record).toContainText('$100.00')
  const row = page.getByRole('grid', { name: 'Closed days of the last month' }).getByRole('row').nth(1)
  await expect(row).toContainText('17%')
  await expect(row).toContainText('$16.67')
  await expectAccessibleInBoth(page)
  expect(await hotel.stay(late.id)).toMatchObject({ status: 'NO_SHOW' })
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/^closed-days-.*\.csv$/)

  // The next day, by the keyboard alone.
  const next = page.getByRole('button', { name: /^Close / })
  await expect(next).toContainText(/./)
  await tabTo(page, next)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: /^Closed days/ }).getByRole('row')).toHaveCount(3)
})

test('a day that is not over says so and cannot be closed', async ({ page, hotel }) => {
  await page.goto(`/day-close?property=${hotel.id}`)
  await expect(page.getByText('is not over yet in America/New_York')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Close / })).toBeDisabled()
  await expectAccessibleInBoth(page)
})

test('a tax rule is made, a quote shows it, and it is renamed, ended and taken out of use', async ({
  page,
  hotel,
}) => {
  await page.goto(`/set-up/taxes?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New tax or fee' }).first().click()
  const form = dialog(page, 'New tax or fee')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(form.getByText('Enter a percentage of 0 to 100')).toBeVisible()
  await expectAccessibleInBoth(page)
  await form.getByLabel('Code').fill('VAT')
  await form.getByRole('textbox', { name: 'Name' }).fill('Value added tax')
  await form.getByRole('textbox', { name: 'Percent' }).fill('8.25')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(form).toHaveCount(0)
  const row = page.getByRole('row', { name: /Value added tax/ })
  await expect(row).toContainText('8.25%')
  await expectAccessibleInBoth(page)

  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  const booking = page.getByRole('dialog', { name: 'New reservation' })
  await pick(page, booking.getByRole('button', { name: /Room type/ }), /Standard/)
  const price = booking.getByRole('region', { name: 'Price' })
  await expect(price).toContainText('VAT · Value added tax$8.25')
  await expect(price).toContainText('$108.25')
  await expectAccessibleInBoth(page)

  await page.goto(`/set-up/taxes?property=${hotel.id}`)
  await row.click()
  const change = dialog(page, 'Tax VAT')
  await change.getByRole('textbox', { name: 'Name' }).fill('Sales tax')
  await change.getByRole('button', { name: 'Save' }).click()
  await expect(change).toHaveCount(0)
  await page.getByRole('row', { name: /Sales tax/ }).click()
  await change.getByRole('button', { name: 'Deactivate' }).click()
  await expectAccessibleInBoth(page)
  await question(page).getByRole('button', { name: 'Deactivate' }).click()
  await expect(page.getByRole('row', { name: /Sales tax/ })).toContainText('Inactive')
})
