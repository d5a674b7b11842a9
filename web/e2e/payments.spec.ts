import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { daysAgo, enter, expect, Hotel, logIns, type Stay, test } from './hotel'

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Ada Lovelace' })
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name, exact: true })
const balance = (folio: Locator) => folio.locator('dl dd').last()
const byGateway = 'Card, through the gateway'

/** The fake knows payments of this hotel by its id. */
async function withGateway(hotel: Hotel): Promise<void> {
  await hotel.call('PATCH', `/properties/${hotel.id}`, { version: 1, paymentAccount: hotel.id })
}

const putCardIn = (page: Page, hotel: Hotel) =>
  page.request.post(`${process.env.PMS_GATEWAY_URL}/release/${hotel.id}`)

/** A stay that owes 40 dollars, with its account open. */
async function owing(page: Page, hotel: Hotel): Promise<{ stay: Stay; folio: Locator }> {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  const list = await hotel.call('GET', `/folios?propertyId=${hotel.id}&reservationId=${stay.id}`)
  const [first] = list as unknown as { id: string }[]
  await hotel.post(`/folios/${first?.id}/charges`, { description: 'Dinner', amountCents: 4000 })
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
  return { stay, folio: drawer(page).getByRole('region', { name: 'Guest folio' }) }
}

async function pick(page: Page, field: Locator, option: string | RegExp) {
  await field.click()
  await page.getByRole('option', { name: option }).click()
}

async function payByGateway(page: Page, folio: Locator, note = ''): Promise<Locator> {
  await folio.getByRole('button', { name: 'Payment', exact: true }).click()
  const payment = dialog(page, 'Take payment')
  await pick(page, payment.getByRole('button', { name: /Method/ }), byGateway)
  await expect(payment.getByLabel('Reference')).toHaveCount(0)
  if (note) await payment.getByLabel('Note on the line').fill(note)
  await payment.getByRole('button', { name: 'Take payment' }).click()
  return payment
}

test('a card is charged through the gateway, and given back to it', async ({ page, hotel }) => {
  await withGateway(hotel)
  const { folio } = await owing(page, hotel)
  const payment = await payByGateway(page, folio)
  await expect(payment).toHaveCount(0)
  const row = folio.getByRole('row', { name: /Payment · Card · ref-/ })
  await expect(row).toContainText('-$40.00')
  await expect(balance(folio)).toHaveText('$0.00')
  // What the gateway took is given back by it, not simply taken back.
  await expect(row.getByRole('button')).toHaveCount(0)

  await folio.getByRole('button', { name: 'More for this folio' }).click()
  await page.getByRole('menuitem', { name: 'Refund' }).click()
  const refund = dialog(page, 'Refund')
  await pick(
    page,
    refund.getByRole('button', { name: /Method/ }),
    /Back to the card of the payment of \$40.00/,
  )
  await refund.getByLabel('Amount in USD').fill('15')
  await expectAccessibleInBoth(page)
  await refund.getByRole('button', { name: 'Give money back' }).click()
  await expect(folio.getByRole('row', { name: /Refund · Card · ref-/ })).toContainText('$15.00')
  await expect(balance(folio)).toHaveText('$15.00')
})

test('a card that is declined posts nothing, and the guest pays in another way', async ({ page, hotel }) => {
  await withGateway(hotel)
  const { folio } = await owing(page, hotel)
  const payment = await payByGateway(page, folio, 'declined')
  await expect(payment.getByRole('alert')).toHaveText(
    'It was declined, and no money moved: Not enough money.',
  )
  await expectAccessibleInBoth(page)
  await page.keyboard.press('Enter')
  await expect(payment.getByLabel('Amount in USD')).toHaveValue('40.00')
  await pick(page, payment.getByRole('button', { name: /Method/ }), 'Cash')
  await payment.getByRole('button', { name: 'Take payment' }).click()
  await expect(folio.getByRole('row', { name: /declined · Cash/ })).toContainText('-$40.00')
})

test('a payment without an answer is told until the gateway knows', async ({ page, hotel }) => {
  await withGateway(hotel)
  const { folio } = await owing(page, hotel)
  const payment = await payByGateway(page, folio, 'waits')
  await expect(payment.getByRole('status')).toContainText('has not said yet whether $40.00 was taken')
  await payment.getByRole('button', { name: 'Close' }).last().click()
  const note = drawer(page).getByRole('status').filter({ hasText: 'has not said yet' })
  await expect(note).toBeVisible()
  await expect(balance(folio)).toHaveText('$40.00')
  await expectAccessibleInBoth(page)
  await note.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText('The gateway does not know yet.')).toBeVisible()
  await putCardIn(page, hotel)
  await note.getByRole('button', { name: 'Check again' }).click()
  await expect(note).toHaveCount(0)
  await expect(page.getByText('Payment taken')).toBeVisible()
  await expect(folio.getByRole('row', { name: /waits · Card · ref-/ })).toContainText('-$40.00')
  await expect(balance(folio)).toHaveText('$0.00')
})

test('money for a folio that was closed meanwhile is posted to another', async ({ page, hotel }) => {
  await withGateway(hotel)
  const { stay, folio } = await owing(page, hotel)
  const payment = await payByGateway(page, folio, 'waits')
  await payment.getByRole('button', { name: 'Close' }).last().click()
  const list = await hotel.call('GET', `/folios?propertyId=${hotel.id}&reservationId=${stay.id}`)
  const [first] = list as unknown as { id: string; version: number }[]
  await hotel.post(`/folios/${first?.id}/payments`, { method: 'CASH', amountCents: 4000 })
  await hotel.post(`/folios/${first?.id}/close`, { version: Number(first?.version) + 1 })
  await hotel.post('/folios', { propertyId: hotel.id, reservationId: stay.id, name: 'Paid twice' })
  await putCardIn(page, hotel)
  await page.reload()
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
  await drawer(page).getByRole('button', { name: 'Check again' }).click()
  await expect(drawer(page).getByText('$40.00 moved when the folio was closed already')).toBeVisible()
  await drawer(page).getByRole('button', { name: 'Post to a folio' }).click()
  await page.getByRole('menuitem', { name: 'Paid twice' }).click()
  const second = drawer(page).getByRole('region', { name: 'Paid twice' })
  await expect(second.getByRole('row', { name: /waits · Card · ref-/ })).toContainText('-$40.00')
  await expect(drawer(page).getByRole('button', { name: 'Post to a folio' })).toHaveCount(0)
})

test('a guest checks out with a card through the gateway', async ({ page }) => {
  await enter(page.context(), logIns.manager)
  // Three days ago: its day can be closed.
  const hotel = await Hotel.open(page.request, {
    businessDate: daysAgo(3),
  })
  await withGateway(hotel)
  const stay = await hotel.act(await hotel.book('101', 0, 1, 'Lovelace'), 'check-in')
  await hotel.post(`/properties/${hotel.id}/day-close`, { businessDate: hotel.today })
  await page.goto(`/front-desk?list=departures&property=${hotel.id}`)
  await page.getByRole('button', { name: 'Check out: Ada Lovelace' }).click()
  await page.locator('section[role=alertdialog]').getByRole('button', { name: 'Take payment' }).click()
  const payment = dialog(page, 'Take payment')
  await pick(page, payment.getByRole('button', { name: /Method/ }), byGateway)
  await payment.getByRole('button', { name: 'Take payment and check out' }).click()
  await expect(page.getByText('Nobody is left to depart today.')).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ status: 'CHECKED_OUT' })
})

test('without an account at the gateway it is not offered, and the set-up gives one', async ({
  page,
  hotel,
}) => {
  const { folio } = await owing(page, hotel)
  await folio.getByRole('button', { name: 'Payment', exact: true }).click()
  await dialog(page, 'Take payment')
    .getByRole('button', { name: /Method/ })
    .click()
  await expect(page.getByRole('option', { name: 'Cash' })).toBeVisible()
  await expect(page.getByRole('option', { name: byGateway })).toHaveCount(0)

  await page.goto(`/set-up?property=${hotel.id}`)
  const account = page.getByLabel('Account at the payment gateway')
  await account.fill('grand-hotel')
  await expectAccessibleInBoth(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(account).toHaveValue('grand-hotel')
  const me = (await hotel.call('GET', '/me')) as unknown as {
    properties: { id: string; takesGatewayPayments: boolean }[]
  }
  expect(me.properties.find(({ id }) => id === hotel.id)?.takesGatewayPayments).toBe(true)
})
