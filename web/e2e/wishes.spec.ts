import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { expect, test } from './hotel'

async function pick(page: Page, field: Locator, option: RegExp) {
  await field.click()
  await page.getByRole('option', { name: option }).click()
}

const question = (page: Page) => page.locator('section[role=alertdialog]')

test('what a room has is noted, wished for, found, and overridden aloud', async ({ page, hotel }) => {
  await page.goto(`/set-up/rooms?property=${hotel.id}`)
  await page.getByRole('button', { name: /^103/ }).click()
  const room = page.getByRole('dialog', { name: /103/ })
  await room.getByLabel('Features').fill('accessible, balcony')
  await room.getByLabel('Connecting rooms').fill('104')
  await expectAccessibleInBoth(page)
  await room.getByRole('button', { name: 'Save' }).click()
  await expect(room).toHaveCount(0)
  const noted = { featuresJson: { accessible: true, balcony: true, connecting: ['104'] } }
  expect(await hotel.call('GET', `/rooms/${hotel.room('103')}`)).toMatchObject(noted)

  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  const form = page.getByRole('dialog', { name: 'New reservation' })
  await pick(page, form.getByRole('button', { name: /Room type/ }), /Suite/)
  await form.getByRole('textbox', { name: 'Last name' }).fill('Lovelace')
  await form.getByText('accessible').click()
  await form.getByRole('button', { name: 'Book', exact: true }).click()
  await expect(form).toContainText('what no room of this type has: accessible')
  await pick(page, form.getByRole('button', { name: /Room type/ }), /Standard/)
  await form.getByRole('combobox', { name: 'Room', exact: true }).click()
  await expect(page.getByRole('option').nth(0)).toContainText('103')
  await expect(page.getByRole('option', { name: '101' })).toContainText('lacks accessible')
  await page.keyboard.press('Escape')
  await expectAccessibleInBoth(page)
  await form.getByRole('button', { name: 'Book', exact: true }).click()

  const stay = page.getByRole('dialog', { name: /Lovelace/ })
  await stay.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Assign' }).click()
  await question(page).getByRole('combobox', { name: 'Room' }).click()
  await page.getByRole('option', { name: '101' }).click()
  await question(page).getByRole('button', { name: 'Assign' }).click()
  await expect(question(page)).toContainText('Room 101 is not as the stay must have it: accessible.')
  await expectAccessibleInBoth(page)
  await question(page).getByRole('button', { name: 'Do it all the same' }).click()
  await expect(question(page)).toHaveCount(0)
  await expect(stay).toContainText('101')
})
