import { expectAccessible } from './axe'
import { expect, test } from './hotel'

test('a guest is found with a typing error, and what another changed meanwhile is put under what was typed', async ({
  page,
  hotel,
}) => {
  const guest = await hotel.post('/guests', {
    propertyId: hotel.id,
    firstName: 'Conceição',
    lastName: 'Vasconcelos',
  })
  await page.goto(`/guests?property=${hotel.id}&q=vasconselos`)
  await page.getByRole('row', { name: /Vasconcelos/ }).click()
  await page.getByRole('button', { name: 'Edit' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Telephone').fill('+351 21 000 0000')
  await form.getByLabel('Notes').fill('mine')
  await hotel.call('PATCH', `/guests/${guest.id}`, { version: 1, notes: 'theirs', email: 'c@example.com' })
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Changed by someone else to: theirs')).toBeVisible()
  await expect(form.getByLabel('E-mail')).toHaveValue('c@example.com')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)
  const saved = await hotel.call('GET', `/guests/${guest.id}`)
  expect(saved).toMatchObject({
    notes: 'mine',
    phone: '+351 21 000 0000',
    email: 'c@example.com',
    version: 3,
  })
})

test('two profiles are merged after a preview, and the kept one is filled', async ({ page, hotel }) => {
  const make = (more: object) =>
    hotel.post('/guests', { propertyId: hotel.id, firstName: 'Ada', lastName: 'Lovelace', ...more })
  const [kept, gone] = [await make({ email: 'ada@example.com' }), await make({ phone: '+44 20 0000 0000' })]
  await page.goto(`/guests/${kept.id}?property=${hotel.id}`)
  await page.getByRole('button', { name: 'Merge' }).click()
  await page.getByRole('combobox').click()
  await page.getByRole('option').first().click()
  await expect(page.getByText('+44 20 0000 0000 (taken over)')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Merge the profiles' }).click()
  await expect(page.getByText(/^Merged;/)).toBeVisible()
  expect(await hotel.call('GET', `/guests/${gone.id}`)).toMatchObject({ mergedIntoGuestId: kept.id })
})

test('a floor of rooms is added at once; what is there is left out', async ({ page, hotel }) => {
  await page.goto(`/set-up/rooms?property=${hotel.id}`)
  await page.getByRole('button', { name: 'Add rooms' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: /Room numbers/ }).fill('101–104, 301–303')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Add 3 rooms' }).dblclick()
  await expect(form).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^303/ })).toBeVisible()
})

test('prices are painted by the keyboard alone, undone and saved', async ({ page, hotel }) => {
  await page.goto(`/set-up/rates?property=${hotel.id}`)
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row},${column}"]`)
  await expect(cell(0, 0)).toHaveText('100')
  await cell(0, 0).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.type('155.50')
  await page.keyboard.press('Enter')
  await expect(cell(1, 1)).toHaveText(/155\.50/)
  await page.keyboard.press('Control+z')
  await expect(cell(1, 1)).toHaveText('100')
  await page.keyboard.press('Control+Shift+z')
  await expectAccessible(page)
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/not saved yet/)).toHaveCount(0)
  await expect(cell(1, 1)).toHaveText('155.50')
  await expect(cell(0, 2)).toHaveText('100')
})

test('a type in use says why it cannot be deactivated', async ({ page, hotel }) => {
  await page.goto(`/set-up/room-types?property=${hotel.id}`)
  await page.getByRole('button', { name: /^STE/ }).click()
  await page.getByRole('button', { name: 'Deactivate' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(page.getByText('Room type STE is in use: 2 active rooms, 0 active stays.')).toBeVisible()
  await expectAccessible(page)
})
