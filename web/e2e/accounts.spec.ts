import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { daysAgo, enter, expect, Hotel, logIns, type Stay, tabTo, test } from './hotel'

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name, exact: true })
const balance = (folio: Locator) => folio.locator('dl dd').last()

async function dinner(hotel: Hotel): Promise<Stay> {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  const folio = await hotel.folioOf(stay)
  for (const [description, amountCents] of [
    ['Dinner', 40_00],
    ['Laundry', 10_00],
  ] as const)
    await hotel.post(`/folios/${folio}/charges`, { description, amountCents })
  return stay
}

test('what a company pays later goes to its account, and the account is paid', async ({ page, hotel }) => {
  const stay = await dinner(hotel)
  await page.goto(`/accounts?property=${hotel.id}`)
  await expect(page.getByText('No account is open')).toBeVisible()
  await expectAccessibleInBoth(page)
  // By the keyboard alone.
  await page.keyboard.press('n')
  const form = dialog(page, 'New account')
  await expect(form.getByLabel('Name').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(form.getByText('Enter a name')).toBeVisible()
  await page.keyboard.type('Analytical Engines')
  await form.getByLabel('Address, line by line').fill('1 Mill Lane\nLondon')
  await expectAccessibleInBoth(page)
  await tabTo(page, form.getByRole('button', { name: 'Open the account' }))
  await page.keyboard.press('Enter')
  const account = dialog(page, 'Analytical Engines')
  await expect(account.getByRole('region', { name: 'Statement' })).toContainText('Nothing was posted yet.')
  await expect(account).toContainText('Bill to: Analytical Engines, 1 Mill Lane, London')
  await expectAccessibleInBoth(page)

  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await dialog(page, 'Ada Lovelace').getByRole('tab', { name: 'Account' }).click()
  const folio = dialog(page, 'Ada Lovelace').getByRole('region', { name: 'Guest folio' })
  await folio.getByRole('button', { name: 'More for this folio' }).click()
  await page.getByRole('menuitem', { name: 'Move lines to another folio' }).click()
  const move = dialog(page, 'Move lines to another folio')
  await move.getByText('Dinner').click()
  await move.getByRole('button', { name: /folio/i }).first().click()
  await page.getByRole('option', { name: 'Analytical Engines · City ledger' }).click()
  await move.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(balance(folio)).toHaveText('$10.00')

  await page.goto(`/accounts?property=${hotel.id}`)
  const row = page.getByRole('row', { name: /Analytical Engines/ })
  await expect(row).toContainText('$40.00')
  await row.click()
  await expect(account.getByRole('row', { name: /Dinner/ })).toBeVisible()
  await account.getByRole('button', { name: 'Payment' }).click()
  await dialog(page, 'Take payment').getByRole('button', { name: 'Take payment' }).click()
  await expect(balance(account)).toHaveText('$0.00')
  await page.keyboard.press('Escape')
  await expect(row).toContainText('$0.00')
})

test('a percentage is taken off some lines, and the invoice is made out to somebody else', async ({
  page,
  hotel,
}) => {
  const stay = await dinner(hotel)
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await dialog(page, 'Ada Lovelace').getByRole('tab', { name: 'Account' }).click()
  const folio = dialog(page, 'Ada Lovelace').getByRole('region', { name: 'Guest folio' })
  const more = async (item: string) => {
    await folio.getByRole('button', { name: 'More for this folio' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await more('Discount in percent')
  const discount = dialog(page, 'Discount')
  await discount.getByLabel('Percent').fill('120')
  await discount.getByRole('button', { name: 'Give the discount' }).click()
  await expect(discount.getByText('Above 0, at most 100.')).toBeVisible()
  await expect(discount.getByText('Choose at least one line.')).toBeVisible()
  await discount.getByText('Dinner').click()
  await discount.getByLabel('Percent').fill('33,33')
  await expectAccessibleInBoth(page)
  await discount.getByRole('button', { name: 'Give the discount' }).dblclick()
  await expect(balance(folio)).toHaveText('$36.67')
  await expect(folio.getByRole('row', { name: /Discount/ })).toHaveCount(1)

  await more('Bill to')
  const bill = dialog(page, 'To whom the invoice is made out')
  await bill.getByLabel('Tax number').fill('GB 1')
  await bill.getByRole('button', { name: 'Save' }).click()
  await expect(bill.getByText('Enter a name')).toBeVisible()
  await bill.getByLabel('Name').fill('Babbage & Co.')
  await expectAccessibleInBoth(page)
  await bill.getByRole('button', { name: 'Save' }).click()
  await expect(folio).toContainText('Bill to: Babbage & Co.')
})

test('whose deposit is due stands on the front desk until it is paid', async ({ page, hotel }) => {
  await hotel.post('/policies', {
    propertyId: hotel.id,
    kind: 'DEPOSIT',
    code: 'AHEAD',
    name: 'Ahead',
    isDefault: true,
    deposit: { amount: { kind: 'WHOLE_STAY' } },
  })
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  await page.goto(`/front-desk?property=${hotel.id}`)
  const line = page.getByRole('main').getByRole('listitem', { name: 'Ada Lovelace', exact: true })
  await expect(line).toContainText('$200.00Deposit open')
  await page.getByRole('tab', { name: /^Deposits due ?1$/ }).click()
  const due = page.getByRole('list', { name: 'Deposits due' })
  await expect(due).toContainText('of $200.00')
  await expectAccessibleInBoth(page)
  await due.getByRole('button', { name: 'Ada Lovelace', exact: true }).click()
  await expect(dialog(page, 'Ada Lovelace')).toBeVisible()
  await page.keyboard.press('Escape')
  // A part on the account, and the rest from the list.
  await hotel.post(`/folios/${await hotel.folioOf(stay)}/payments`, { method: 'CARD', amountCents: 50_00 })
  await expect(due).toContainText('$150.00')
  await due.getByRole('button', { name: 'Take payment: Ada Lovelace' }).click()
  const payment = dialog(page, 'Take payment')
  await expect(payment.getByLabel('Amount')).toHaveValue('150.00')
  await expectAccessibleInBoth(page)
  await payment.getByRole('button', { name: 'Take payment' }).dblclick()
  await expect(page.getByText('No deposit is due')).toBeVisible()
})

test('days that are over are closed one after the other, and days close by themselves when they shall', async ({
  page,
}) => {
  await enter(page.context(), logIns.manager)
  const businessDate = daysAgo(4)
  const hotel = await Hotel.open(page.request, { businessDate })
  await hotel.act(await hotel.book('101', 0, 4, 'Lovelace'), 'check-in')
  await page.goto(`/day-close?property=${hotel.id}`)
  await page.getByText(/^Close the days after it as well/).click()
  await expectAccessibleInBoth(page)
  await page.getByRole('button', { name: /^Close .* to / }).click()
  await expect(page.getByText(/^All days through .* are closed/)).toBeVisible()
  const closed = page.getByRole('grid', { name: 'Closed days of the last month' }).getByRole('row')
  await expect(closed.nth(4)).toBeVisible()

  await page.goto(`/set-up/property?property=${hotel.id}`)
  await page.getByText('Days close by themselves').click()
  await page.getByLabel('At', { exact: true }).fill('04:30')
  await page.getByLabel('Tax number').fill('US 12-345')
  await expectAccessibleInBoth(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  expect(await hotel.call('GET', `/properties/${hotel.id}`)).toMatchObject({
    autoCloseAt: '04:30:00',
    taxNumber: 'US 12-345',
  })
})

test('the audit shows who changed what, and opens the stay', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  await hotel.act(stay, 'check-in')
  await page.goto(`/reports?property=${hotel.id}&report=audit`)
  const table = page.getByRole('grid', { name: 'Audit' })
  const checkedIn = table.getByRole('row', { name: /Reservation · Checked in/ })
  await expect(checkedIn).toContainText(/Lovelace · 101 · /)
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const text = await readFile(await (await file).path(), 'utf8')
  expect(text).toMatch(/^id,occurredAt,.*entityName/)
  expect(text).toContain('Lovelace · 101')
  await page.getByRole('button', { name: /^(Of|Everything)/ }).click()
  await page.getByRole('option', { name: 'Folio', exact: true }).click()
  await expect(table.getByRole('row', { name: /Reservation ·/ })).toHaveCount(0)
  await expectAccessibleInBoth(page)
  await page.getByRole('button', { name: /Folio/ }).click()
  await page.getByRole('option', { name: 'Reservation', exact: true }).click()
  await table.getByRole('row', { name: /Checked in/ }).click()
  await expect(dialog(page, 'Ada Lovelace')).toBeVisible()
})
