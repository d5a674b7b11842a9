import { expectAccessible } from './axe'
import { expect, Hotel, logInAs, logIns, password, test } from './hotel'

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
  // Where / finds on the page.
  await page.keyboard.press('Control+k')
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

test('a found reservation opens by the keyboard alone', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 3, 5, 'Nightingale')
  await page.goto(`/guests?property=${hotel.id}`)
  await expect(page.getByRole('link', { name: 'Calendar' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type(stay.confirmationNumber.slice(0, 6))
  await expect(page.getByRole('option', { name: /Nightingale/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Ada Nightingale' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByRole('heading', { name: 'Reservations', level: 1 })).toBeVisible()
})

test('another property is opened, without what belonged to the first', async ({ page, hotel }) => {
  const other = await Hotel.open(page.request)
  await hotel.book('101', 1, 2, 'Lovelace')
  await other.book('101', 1, 2, 'Noether')
  await page.goto(`/reservations?property=${hotel.id}&q=Lovelace`)
  await expect(page.getByRole('row', { name: /Lovelace/ })).toBeVisible()
  await page.getByRole('button', { name: /^Property/ }).click()
  await page.getByRole('menuitemradio', { name: other.name }).click()
  await expect(page.getByRole('row', { name: /Noether/ })).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await expect(page.getByRole('row', { name: /Lovelace/ })).toHaveCount(0)
  // It is remembered for the next visit.
  await page.goto('/reservations')
  await expect(page).toHaveURL(new RegExp(other.id))
  await page.goto('/reservations?property=01JZZZZZZZZZZZZZZZZZZZZZZZ')
  await expect(page.getByRole('main')).toContainText('Nothing here')
})

test('the language and the appearance are chosen, kept, and run from the right', async ({ page, hotel }) => {
  await hotel.book('101', 1, 15, 'Lovelace')
  await page.goto(`/reservations?property=${hotel.id}`)
  await page.getByRole('button', { name: 'Your account and settings' }).click()
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { name: 'Reservierungen', level: 1 })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Ihr Konto und Ihre Einstellungen' }).click()
  await page.getByRole('menuitemradio', { name: 'Dunkel' }).click()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.getByRole('button', { name: 'Ihr Konto und Ihre Einstellungen' }).click()
  await page.getByRole('menuitemradio', { name: 'العربية' }).click()
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.keyboard.press('Escape')
  await page.getByRole('row', { name: /Lovelace/ }).click()
  // Fourteen nights in the digits of Egypt, in one word form for more than ten.
  await expect(page.getByRole('dialog')).toContainText('١٤ ليلة')
})

test('who logs out is out; a session that ended asks over the page, which keeps what was typed', async ({
  page,
  hotel,
}) => {
  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  const form = page.getByRole('dialog', { name: 'New reservation' })
  await form.getByRole('textbox', { name: 'Wishes of the guest' }).fill('A quiet room')
  await page.context().clearCookies()
  await form.getByRole('textbox', { name: 'Last name' }).fill('Noether')
  await expect(page.getByText('Your session has ended')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Your session has ended')).toHaveCount(0)
  await expect(form.getByRole('textbox', { name: 'Wishes of the guest' })).toHaveValue('A quiet room')
  await expect(form.getByRole('textbox', { name: 'Last name' })).toHaveValue('Noether')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Your account and settings' }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await expect(page).toHaveURL(/log-in/)
  await page.goto('/reservations')
  await expect(page).toHaveURL(/log-in/)
})
