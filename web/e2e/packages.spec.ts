import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { expect, type Json, tabTo, test } from './hotel'

async function pick(page: Page, field: Locator, option: string | RegExp) {
  await field.click()
  await page.getByRole('option', { name: option }).click()
}

const question = (page: Page) => page.locator('section[role=alertdialog]')

test('a package is made with what it posts shown, is part of a plan, and is taken out of use', async ({
  page,
  hotel,
}) => {
  await page.goto(`/set-up/packages?property=${hotel.id}`)
  await expect(page.getByText('No packages yet: a stay is the room alone.')).toBeVisible()
  await page.getByRole('button', { name: 'New package' }).first().click()
  const form = page.getByRole('dialog', { name: 'New package' })
  await form.getByRole('button', { name: 'Create the package' }).click()
  await expect(form.getByText('Enter a name.').first()).toBeVisible()
  await expectAccessibleInBoth(page)
  await form.getByRole('textbox', { name: 'Code' }).fill('BB')
  await form.getByRole('textbox', { name: 'Name' }).fill('Breakfast')
  await pick(page, form.getByRole('button', { name: /How it is sold/ }), 'With every stay at Best available')
  await form.getByText('In the price of the night').click()
  await expect(form.getByText('It is carved out of that price')).toBeVisible()
  const item = form.getByRole('group', { name: 'Item 1' })
  await item.getByRole('textbox', { name: /What the folio says/ }).fill('Breakfast')
  await item.getByRole('textbox', { name: /Amount in USD/ }).fill('15')
  const nights = item.getByRole('list', { name: 'In a stay of 7 nights from today:' })
  await expect(nights.getByRole('listitem')).toHaveCount(7)
  await pick(page, item.getByRole('button', { name: /^.*Posted/ }), 'Every night but the first')
  await expect(nights.getByRole('listitem')).toHaveCount(6)
  await expectAccessibleInBoth(page)
  await form.getByRole('button', { name: 'Create the package' }).dblclick()
  await expect(form).toHaveCount(0)
  const row = page.getByRole('row', { name: /Breakfast/ })
  await expect(row).toContainText('Breakfast · $15.00 · Each person · Every night but the first')
  await expect(row).toContainText('With every stay at Best available')
  await expectAccessibleInBoth(page)

  await page.goto(`/set-up/rates?property=${hotel.id}`)
  await page.getByRole('button', { name: 'Edit the plan' }).click()
  await expect(page.getByRole('dialog', { name: /^Rate plan/ })).toContainText('Every stay has: Breakfast')

  await page.goto(`/set-up/packages?property=${hotel.id}`)
  await row.click()
  await page
    .getByRole('dialog', { name: 'Package Breakfast' })
    .getByRole('button', { name: 'Deactivate' })
    .click()
  await question(page).getByRole('button', { name: 'Deactivate' }).click()
  await expect(row).toContainText('Inactive')
})

test('a package is changed by the keyboard alone, beneath what another changed meanwhile', async ({
  page,
  hotel,
}) => {
  const item = { name: 'Parking', amountCents: 12_00, priceBasis: 'NIGHT', postingRhythm: 'EVERY_NIGHT' }
  const made = await hotel.post('/packages', {
    propertyId: hotel.id,
    code: 'PARK',
    name: 'Parking',
    items: [item],
  })
  await page.goto(`/set-up/packages?property=${hotel.id}`)
  await expect(page.getByRole('row', { name: /Parking/ })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'New package' }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: 'Package Parking' })
  await expect(form).toBeVisible()
  await hotel.call('PATCH', `/packages/${made.id}`, { version: 1, name: 'Car park' })
  await tabTo(page, form.getByRole('button', { name: 'Add an item' }))
  await page.keyboard.press('Enter')
  const second = form.getByRole('group', { name: 'Item 2' })
  await tabTo(page, second.getByRole('textbox', { name: /What the folio says/ }))
  await page.keyboard.type('Charging')
  await page.keyboard.press('Tab')
  await page.keyboard.type('8.50')
  await tabTo(page, second.getByRole('button', { name: /Posted/ }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await tabTo(page, second.getByRole('textbox', { name: /Every how many nights/ }))
  await page.keyboard.press('Control+a')
  await page.keyboard.type('3')
  await expect(second.getByRole('listitem')).toHaveCount(3)
  await page.keyboard.press('Enter')
  // The name became theirs; the next try saves what was typed on top of it.
  await expect(form.getByRole('textbox', { name: /^Name/ })).toHaveValue('Car park')
  await page.keyboard.press('Enter')
  await expect(form).toHaveCount(0)
  await expect(page.getByRole('row', { name: /Car park/ })).toContainText(
    'Charging · $8.50 · Each person · Every 3 nights from night 1 on',
  )
})

test('packages are chosen with a new booking, quoted, and kept by it', async ({ page, hotel }) => {
  const plans = (await hotel.call('GET', `/rate-plans?propertyId=${hotel.id}`)) as unknown as Json[]
  const make = (code: string, name: string, more: Json, item: Json) =>
    hotel.post('/packages', {
      propertyId: hotel.id,
      code,
      name,
      items: [{ name, postingRhythm: 'EVERY_NIGHT', ...item }],
      ...more,
    })
  const breakfast = { amountCents: 15_00, priceBasis: 'PERSON_NIGHT' }
  await make('BB', 'Breakfast', { ratePlanId: plans[0]?.id, isIncluded: true }, breakfast)
  await make('PARK', 'Parking', {}, { amountCents: 12_00, priceBasis: 'NIGHT' })
  await make('BUF', 'Breakfast', {}, { amountCents: 9_00, priceBasis: 'NIGHT' })
  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  const form = page.getByRole('dialog', { name: 'New reservation' })
  await pick(page, form.getByRole('button', { name: /Room type/ }), /Standard/)
  const packages = form.getByRole('group', { name: 'Packages' })
  await expect(packages).toContainText('With the plan: Breakfast')
  await expect(form.getByRole('region', { name: 'Price' })).toContainText('$100.00')
  await expect(packages.getByRole('checkbox', { name: /Already included in this rate/ })).toHaveCount(1)
  await expect(
    packages.getByRole('checkbox', { name: /^Breakfast.*Already included in this rate$/ }),
  ).toBeVisible()
  await packages.getByText('Parking', { exact: true }).click()
  await expect(form.getByRole('region', { name: 'Price' })).toContainText('$112.00')
  await packages.getByText('Breakfast', { exact: true }).click()
  const lines = form.getByRole('region', { name: 'Price' }).getByRole('term')
  await expect(lines).toHaveText(['Breakfast', 'Parking'])
  await expect(form.getByRole('region', { name: 'Price' })).toContainText('$121.00')
  await expectAccessibleInBoth(page)
  await form.getByRole('textbox', { name: 'Last name' }).fill('Noether')
  await form.getByRole('button', { name: 'Book' }).click()
  const drawer = page.getByRole('dialog', { name: 'Noether' })
  await drawer.getByRole('tab', { name: 'Account' }).click()
  const kept = drawer.getByRole('region', { name: 'Packages' })
  await expect(kept).toContainText('Breakfast · in the price')
  await expect(kept).toContainText(/Parking.*\$12\.00 · Each night(?! ·)/)
  // As it was quoted: what is in the price of the nights is no line of its own.
  const price = drawer.getByRole('region', { name: 'Price' })
  await expect(price.getByRole('term')).toHaveText(['Breakfast', 'Parking'])
  await expect(price.getByRole('listitem')).toHaveText([/\$100\.00$/])
  await expect(price.getByRole('definition')).toHaveText(['$9.00', '$12.00'])
  await expect(price).toContainText('$121.00')
  await expectAccessibleInBoth(page)
})

test('a guest in the house takes the spa: quoted in his form, and gone again by the keyboard', async ({
  page,
  hotel,
}) => {
  const items = [{ name: 'Spa', amountCents: 50_00, priceBasis: 'STAY', postingRhythm: 'EVERY_NIGHT' }]
  await hotel.post('/packages', { propertyId: hotel.id, code: 'SPA', name: 'Spa', items })
  const stay = await hotel.act(await hotel.book('101', 0, 3, 'Hopper'), 'check-in')
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  const drawer = page.getByRole('dialog', { name: 'Hopper' })
  const spa = drawer.getByRole('checkbox', { name: /Spa/ })
  await drawer.getByRole('group', { name: 'Packages' }).getByText('Spa', { exact: true }).click()
  const price = drawer.getByRole('region', { name: 'Price' })
  await expect(price).toContainText('+$50.00')
  await expectAccessibleInBoth(page)
  await drawer.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await expect(price).toHaveCount(0)
  const now = await hotel.call('GET', `/reservations/${stay.id}`)
  expect(now.totalCents).toBe(350_00)

  await page.reload()
  await expect(spa).toBeChecked()
  await tabTo(page, spa)
  await page.keyboard.press('Space')
  await expect(price).toContainText('-$50.00')
  await tabTo(page, drawer.getByRole('button', { name: 'Save' }))
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await hotel.call('GET', `/reservations/${stay.id}`)).totalCents).toBe(300_00)
})
