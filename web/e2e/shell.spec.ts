import { expectAccessible } from './axe'
import { expect, logInAs, logIns, password, test } from './hotel'

test('a person logs in, and a wrong password is told so', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/log-in/)
  await expectAccessible(page)
  await page.getByLabel('E-mail').fill(logIns.desk)
  await page.getByRole('textbox', { name: 'Password' }).fill('not it')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The e-mail or the password is wrong.')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/calendar/)
  await expect(page.getByRole('link', { name: 'Calendar' })).toBeVisible()
})

test('a deep link waits behind the log-in', async ({ page, hotel }) => {
  await page.context().clearCookies()
  await page.goto(`/reservations?property=${hotel.id}`)
  await expect(page).toHaveURL(/\/log-in/)
  await page.getByLabel('E-mail').fill(logIns.manager)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page).toHaveURL(new RegExp(`/reservations\\?.*${hotel.id}`))
})

test('what a role may not do is not offered', async ({ page, hotel }) => {
  await page.context().clearCookies()
  await logInAs(page, logIns.housekeeping)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  for (const name of ['Calendar', 'Reservations', 'Guests']) {
    await expect(page.getByRole('link', { name })).toHaveCount(0)
  }
  await page.goto(`/reservations?property=${hotel.id}`)
  await expect(page.getByRole('main')).toContainText('Your role does not include it.')
  await expectAccessible(page)
})

test('a guest is found from everywhere', async ({ page, hotel }) => {
  await hotel.book('101', 3, 5, 'Nightingale')
  await page.goto(`/calendar?property=${hotel.id}`)
  await expect(page.getByRole('link', { name: 'Calendar' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('nightin')
  await expect(page.getByRole('dialog').getByText('Nightingale')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('the keys are listed', async ({ page, hotel }) => {
  await page.goto(`/calendar?property=${hotel.id}`)
  await expect(page.getByRole('link', { name: 'Calendar' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expectAccessible(page)
})

test('a lost connection is told, and so is its return', async ({ page, hotel }) => {
  await page.goto(`/reservations?property=${hotel.id}`)
  await expect(page.getByRole('link', { name: 'Calendar' })).toBeVisible()
  await page.context().setOffline(true)
  await expect(page.getByText('No connection to the server.')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('No connection to the server.')).toBeHidden()
})
