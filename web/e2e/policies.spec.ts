import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { enter, expect, type Hotel, type Json, logIns, test } from './hotel'
import { Tape } from './tape'

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })
// A notice is an alertdialog, too.
const question = (page: Page) => page.locator('section[role=alertdialog]')
const drawer = (page: Page) => page.getByRole('dialog', { name: 'Ada Lovelace' })

async function pick(page: Page, field: Locator, option: string | RegExp) {
  await field.click()
  await page.getByRole('option', { name: option }).click()
}

const policy = (hotel: Hotel, kind: string, code: string, more: object) =>
  hotel.post('/policies', { propertyId: hotel.id, kind, code, name: code, isDefault: true, ...more })

const night = { kind: 'NIGHTS', nights: 1 }

test('a policy is made, faults are told at their fields, a plan names it, and in use it is not deactivated', async ({
  page,
  hotel,
}) => {
  await page.goto(`/set-up/policies?property=${hotel.id}`)
  await expect(
    page.getByText('No policies yet: nothing is paid ahead, and a cancellation is free.'),
  ).toBeVisible()
  await page.getByRole('button', { name: 'New policy' }).first().click()
  const form = dialog(page, 'New policy')
  await form.getByRole('button', { name: 'Add a deadline' }).click()
  await form.getByRole('button', { name: 'Create the policy' }).click()
  await expect(form.getByText('Enter a name.')).toBeVisible()
  await expect(form.getByText('Must be later than the deadline before it.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await form.getByRole('textbox', { name: 'Code' }).fill('FLEX')
  await form.getByRole('textbox', { name: 'Name' }).fill('Flexible')
  const [first, second] = [1, 2].map((n) => form.getByRole('group', { name: `Deadline ${n}` }))
  await first?.getByLabel('Before the arrival').fill('7')
  await second?.getByLabel('Before the arrival').fill('2')
  if (second)
    await pick(
      page,
      second.getByRole('button', { name: /A cancellation until then costs/ }),
      'Percent of the stay',
    )
  await second?.getByRole('textbox', { name: /^Percent/ }).fill('50')
  await pick(page, form.getByRole('button', { name: /A cancellation after that costs/ }), 'The whole stay')
  await form.getByRole('button', { name: 'Create the policy' }).dblclick()
  await expect(form).toHaveCount(0)
  const row = page.getByRole('row', { name: /Flexible/ })
  await expect(row).toContainText(/Until 6:00\sPM, 7 days before the arrival: free of charge/)
  await expect(row).toContainText(/Until 6:00\sPM, 2 days before the arrival: 50\s?% of the stay/)
  await expectAccessibleInBoth(page)

  await page.goto(`/set-up/rates?property=${hotel.id}`)
  await page.getByRole('button', { name: /About the plan|Edit the plan/ }).click()
  const plan = dialog(page, /^Rate plan/)
  await pick(page, plan.getByRole('button', { name: /Cancellation/ }), 'Flexible')
  await expectAccessibleInBoth(page)
  await plan.getByRole('button', { name: 'Save' }).click()
  await expect(plan).toHaveCount(0)

  await page.goto(`/set-up/policies?property=${hotel.id}`)
  await page.getByRole('row', { name: /Flexible/ }).click()
  await dialog(page, 'Policy Flexible').getByRole('button', { name: 'Deactivate' }).click()
  await question(page).getByRole('button', { name: 'Deactivate' }).click()
  await expect(page.getByText(/holds for the rate plans BAR/)).toBeVisible()
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  // Bookings from now on are made under it.
  const stay = await hotel.book('101', 20, 22, 'Lovelace')
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
  await expect(drawer(page).getByRole('region', { name: 'Policies of the booking' })).toContainText(
    'After that: the whole stay',
  )
})

test('the fee is shown before, taken of the deposit, and taken back', async ({ page, hotel }) => {
  await policy(hotel, 'CANCELLATION', 'STRICT', { cancellation: { tiers: [], afterwards: night } })
  await policy(hotel, 'DEPOSIT', 'AHEAD', { deposit: { amount: { kind: 'WHOLE_STAY' } } })
  await hotel.post('/tax-rules', {
    propertyId: hotel.id,
    code: 'VAT',
    name: 'VAT',
    kind: 'PERCENT',
    percent: '10',
    appliesTo: ['CANCELLATION_FEE'],
  })
  const stay = await hotel.book('101', 5, 8, 'Lovelace')
  const list = await hotel.call('GET', `/folios?propertyId=${hotel.id}&reservationId=${stay.id}`)
  const [folio] = list as unknown as { id: string }[]
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
  const account = drawer(page).getByRole('region', { name: 'Guest folio' })
  await expect(account).toContainText(/Deposit: \$0\.00 of \$300\.00 paid, due on/)
  await expectAccessibleInBoth(page)
  await hotel.post(`/folios/${folio?.id}/payments`, { method: 'CARD', amountCents: 300_00 })
  await page.reload()
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
  await expect(account).toContainText('Deposit of $300.00 paid.')

  await act(page, 'Cancel the reservation')
  const fee = question(page).getByRole('region', { name: 'Fee' })
  await expect(fee).toContainText('$110.00')
  await expect(fee.locator('dl > div', { hasText: 'Can be given back' })).toContainText('$190.00')
  await expectAccessibleInBoth(page)
  await question(page).getByRole('button', { name: 'Cancel the reservation' }).click()
  await expect(drawer(page).getByText('Fee charged: $110.00')).toBeVisible()
  await expect(account.getByRole('row', { name: /Cancellation fee/ })).toContainText('$100.00')

  await drawer(page).getByRole('button', { name: 'Reinstate' }).first().click()
  await question(page).getByLabel('Reason').fill('After all')
  await question(page)
    .getByRole('button', { name: /Reinstate/ })
    .click()
  await expect(account.locator('s', { hasText: 'Cancellation fee' })).toBeVisible()
  await expect(account.locator('dl dd').last()).toHaveText('-$300.00')
})

test('a manager waives the fee with a reason, the desk is not offered it, and a new fee is looked at again', async ({
  page,
  hotel,
  browser,
}) => {
  await policy(hotel, 'CANCELLATION', 'STRICT', {
    cancellation: { tiers: [], afterwards: night },
  })
  const stay = await hotel.book('101', 5, 8, 'Lovelace')
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await act(page, 'Cancel the reservation')
  const asked = question(page)
  await asked.getByRole('switch', { name: 'Waive the fee' }).focus()
  await page.keyboard.press('Space')
  await asked.getByRole('button', { name: 'Cancel the reservation' }).click()
  await expect(asked.getByText('Enter a reason.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await asked.getByLabel('Reason').fill('A death in the family')
  await asked.getByRole('button', { name: 'Cancel the reservation' }).click()
  await expect(drawer(page).getByText('Fee waived: $100.00')).toBeVisible()

  const other = await hotel.book('102', 5, 8, 'Lovelace')
  const context = await browser.newContext()
  await enter(context, logIns.desk)
  const desk = await context.newPage()
  await desk.goto(`/reservations?property=${hotel.id}&stay=${other.id}`)
  await act(desk, 'Cancel the reservation')
  await expect(question(desk).getByRole('region', { name: 'Fee' })).toContainText('$100.00')
  await expect(question(desk).getByRole('switch')).toHaveCount(0)
  // A tax comes in while somebody thinks about it: nobody is charged what he was not shown.
  await hotel.post('/tax-rules', {
    propertyId: hotel.id,
    code: 'VAT',
    name: 'VAT',
    kind: 'PERCENT',
    percent: '10',
    appliesTo: ['CANCELLATION_FEE'],
  })
  await question(desk).getByRole('button', { name: 'Cancel the reservation' }).click()
  await expect(question(desk).getByText('The fee has changed meanwhile.')).toBeVisible()
  await expect(question(desk).getByRole('region', { name: 'Fee' })).toContainText('$110.00')
  await question(desk).getByRole('button', { name: 'Cancel the reservation' }).click()
  await expect(drawer(desk).getByText('Fee charged: $110.00')).toBeVisible()
  await context.close()
})

test('the chart tells the fee, and what is taken back costs nothing', async ({ page, hotel }) => {
  await policy(hotel, 'CANCELLATION', 'ALL', {
    cancellation: { tiers: [], afterwards: { kind: 'WHOLE_STAY' } },
  })
  const stay = await hotel.book('101', 1, 3, 'Archer')
  const tape = await new Tape(page, hotel).open()
  await tape.menu('keys', '101@1')
  await tape.choose('keys', 'Cancel the booking')
  await expect(page.getByRole('region', { name: 'Fee' })).toContainText('$200.00')
  await expectAccessibleInBoth(page)
  await tape.answer('keys', 'Cancel the booking')
  await expect
    .poll(async () => (await hotel.call('GET', `/reservations/${stay.id}`)).closingFee)
    .toMatchObject({
      totalCents: 200_00,
      isWaived: false,
    })
  await tape.press('Control+z')
  await expect.poll(async () => (await hotel.stay(stay.id)).status).toBe('CONFIRMED')
  expect((await hotel.call('GET', `/reservations/${stay.id}`)).closingFee).toBeNull()

  await tape.focus('102@1')
  await tape.press('Enter')
  await expect(page.getByRole('dialog', { name: 'New booking' })).toBeVisible()
  await page.keyboard.type('Baker')
  await page.keyboard.press('Enter')
  await tape.keeps('102 |.B.....')
  await tape.press('Control+z')
  await tape.keeps('102 |.......')
  const [booking] = (await hotel.call(
    'GET',
    `/reservations?propertyId=${hotel.id}&q=Baker`,
  )) as unknown as Json[]
  expect(booking).toMatchObject({ status: 'CANCELLED', closingFee: { isWaived: true } })
})

/** Opens the menu of the stay and chooses. */
async function act(page: Page, name: string) {
  await drawer(page).getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}
