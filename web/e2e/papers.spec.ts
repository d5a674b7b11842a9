import type { Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { expect, type Hotel, type Stay, test } from './hotel'

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Ada Lovelace' })
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })
const region = (page: Page, name: string) => drawer(page).getByRole('region', { name, exact: true })
const folioOf = async (hotel: Hotel, stay: Stay) => {
  const list = await hotel.call('GET', `/folios?propertyId=${hotel.id}&reservationId=${stay.id}`)
  return (list as unknown as { id: string; version: number }[])[0] as { id: string; version: number }
}

async function openAccount(page: Page, hotel: Hotel, stay: Stay) {
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
}

/** What the link leads to, as the browser of who is logged in gets it. */
async function expectPdf(page: Page, folio: string, link: string) {
  const href = await region(page, folio).getByRole('link', { name: link }).getAttribute('href')
  const answer = await page.request.get(href ?? '')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
}

test('a statement is printed, then the invoice, and a credit note takes some of it back', async ({
  page,
  hotel,
}) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  const { id } = await folioOf(hotel, stay)
  for (const [description, amountCents] of [
    ['Minibar', 3000],
    ['Laundry', 1800],
  ])
    await hotel.post(`/folios/${id}/charges`, {
      description: description ?? '',
      amountCents: amountCents ?? 0,
    })
  await openAccount(page, hotel, stay)
  await expectPdf(page, 'Guest folio', 'Print the statement')
  await expectAccessibleInBoth(page)

  await hotel.post(`/folios/${id}/payments`, { method: 'CASH', amountCents: 4800 })
  await hotel.post(`/folios/${id}/close`, { version: (await folioOf(hotel, stay)).version })
  await page.reload()
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
  await expectPdf(page, 'Guest folio', 'Print the invoice')

  await region(page, 'Guest folio').getByRole('button', { name: 'Credit note' }).click()
  const credit = dialog(page, 'Credit note')
  await credit.getByRole('button', { name: 'Make the credit note' }).click()
  await expect(credit.getByText('Choose at least one line.')).toBeVisible()
  await credit.getByText('Laundry').click()
  await credit.getByLabel('Reason').fill('Lost a shirt')
  await expectAccessibleInBoth(page)
  await credit.getByRole('button', { name: 'Make the credit note' }).click()
  const note = region(page, 'Credit note 1')
  await expect(note.locator('dl dd').last()).toHaveText('-$18.00')
  await expectPdf(page, 'Credit note 1', 'Print the credit note')

  await note.getByRole('button', { name: 'More for this folio' }).click()
  await page.getByRole('menuitem', { name: 'Refund' }).click()
  await dialog(page, 'Refund').getByLabel('Amount in USD').fill('18')
  await dialog(page, 'Refund').getByRole('button', { name: 'Give money back' }).click()
  await expect(note.locator('dl dd').last()).toHaveText('$0.00')
  await expectAccessibleInBoth(page)
})

test('charges go to the folio that the rules name', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  const { id } = await folioOf(hotel, stay)
  await hotel.post('/folios', { propertyId: hotel.id, reservationId: stay.id, name: 'Company' })
  await openAccount(page, hotel, stay)
  await drawer(page).getByRole('button', { name: 'Where charges go' }).click()
  const routing = dialog(page, 'Where charges go')
  await routing.getByRole('button', { name: /Other charges and discounts/ }).click()
  await page.getByRole('option', { name: 'Company' }).click()
  await expectAccessibleInBoth(page)
  await routing.getByRole('button', { name: 'Save' }).click()
  await expect(routing).toHaveCount(0)

  await hotel.post(`/folios/${id}/charges`, { description: 'Spa', amountCents: 9000 })
  await page.reload()
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
  await expect(region(page, 'Company').getByRole('row', { name: /Spa/ })).toBeVisible()
  // The rule is there when it is looked at again.
  await drawer(page).getByRole('button', { name: 'Where charges go' }).click()
  await expect(routing.getByRole('button', { name: /Other charges and discounts/ })).toContainText('Company')
})
