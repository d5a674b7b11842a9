import { expectAccessible } from './axe'
import { expect, type Hotel, logInAs, logIns, test } from './hotel'

const known = (hotel: Hotel, more: object) => hotel.post('/guests', { propertyId: hotel.id, ...more })

test('a guest is found in another script, without accents and with a typing error', async ({
  page,
  hotel,
}) => {
  await known(hotel, { firstName: 'Фёдор', lastName: 'Достоевский' })
  await known(hotel, { firstName: 'Jürgen', lastName: 'Müller', email: 'jurgen@example.com' })
  await known(hotel, { firstName: 'Conceição', lastName: 'Vasconcelos' })
  await known(hotel, { firstName: '太郎', lastName: '山田' })
  await page.goto(`/guests?property=${hotel.id}`)
  const search = page.getByRole('searchbox', { name: 'Name, e-mail or telephone' })
  const row = (name: RegExp) => page.getByRole('row', { name })
  await expect(row(/Müller/)).toBeVisible()
  for (const [typed, found] of [
    ['достоевскй', /Достоевский/],
    ['山田太', /山田/],
    ['muller jurgen', /Müller/],
    ['vasconselos', /Vasconcelos/],
    ['JURGEN@example', /Müller/],
  ] as const) {
    await search.fill(typed)
    await expect(page.getByRole('row')).toHaveCount(2)
    await expect(row(found)).toBeVisible()
  }
  await search.fill('nobody at all')
  await expect(page.getByText('No guest found')).toBeVisible()
  await expectAccessible(page)
})

test('a profile is made after a hint at who is known, changed, and deactivated', async ({ page, hotel }) => {
  await known(hotel, { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' })
  await page.goto(`/guests?property=${hotel.id}`)
  await expect(page.getByRole('row', { name: /Lovelace/ })).toBeVisible()
  await page.keyboard.press('n')
  const form = page.getByRole('dialog', { name: 'New guest' })
  await form.getByRole('button', { name: 'Create the profile' }).click()
  await expect(form.getByText('Enter a last name.')).toBeVisible()
  await form.getByRole('textbox', { name: 'First name' }).fill('Ada')
  await form.getByRole('textbox', { name: 'Last name' }).fill('Lovelace')
  await expect(form.getByText('Perhaps already known')).toBeVisible()
  await form.getByRole('button', { name: 'Add a preference' }).click()
  await form.getByRole('textbox', { name: 'Preference', exact: true }).fill('Pillow')
  await form.getByRole('textbox', { name: 'What is preferred' }).fill('two, soft')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Create the profile' }).dblclick()
  await expect(page.getByRole('heading', { name: 'Ada Lovelace', level: 1 })).toBeVisible()
  await expect(page.getByText('This may be the same person as')).toBeVisible()
  await expect(page.getByText('two, soft')).toBeVisible()
  await expectAccessible(page)
  expect(await hotel.call('GET', `/guests?propertyId=${hotel.id}`)).toHaveLength(2)

  await page.keyboard.press('e')
  const edit = page.getByRole('dialog', { name: 'Edit the profile' })
  await edit.getByRole('button', { name: 'Remove Pillow' }).click()
  await edit.getByRole('textbox', { name: 'Notes' }).fill('Comes every May')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Comes every May')).toBeVisible()
  await expect(page.getByText('two, soft')).toHaveCount(0)

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await page
    .getByRole('alertdialog', { name: /Deactivate/ })
    .getByRole('button', { name: 'Deactivate' })
    .click()
  // It is no longer in the list, but among those that can be activated again.
  await expect(page.getByRole('row', { name: /Lovelace/ })).toHaveCount(1)
  // Until those have come, a click opens none of the others.
  await page.route(/\/guests\?.*active=false/i, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await route.continue()
  })
  await page.getByRole('radio', { name: 'Inactive' }).click()
  await page.getByRole('row', { name: /Lovelace/ }).click()
  await expect(page.getByRole('heading', { name: /Ada Lovelace/, level: 1 })).toContainText('Inactive')
})

test('a profile tells the stays and what the finished ones come to; each opens beside it', async ({
  page,
  hotel,
}) => {
  const guest = await known(hotel, { firstName: 'Grace', lastName: 'Hopper' })
  const past = await hotel.book('101', 0, 2, 'Hopper', { guestId: guest.id })
  const inHouse = await hotel.act(past, 'check-in')
  await hotel.act(inHouse, 'check-out', {})
  const coming = await hotel.book('102', 5, 7, 'Hopper', { guestId: guest.id })
  await page.goto(`/guests/${guest.id}?property=${hotel.id}`)
  await expect(page.getByRole('row', { name: new RegExp(past.confirmationNumber) })).toContainText('Departed')
  await page.getByRole('row', { name: new RegExp(coming.confirmationNumber) }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer).toContainText('Confirmed')
  await drawer.getByRole('tab', { name: 'Guest' }).click()
  await expect(drawer.getByRole('link', { name: 'Open the profile' })).toBeVisible()
  await expect(drawer.getByRole('tabpanel').getByText('Departed')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Grace Hopper', level: 1 })).toBeVisible()
})

test('a form that was begun asks before it goes, and outlives a lost connection', async ({ page, hotel }) => {
  await page.goto(`/guests?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New guest' }).first().click()
  const form = page.getByRole('dialog', { name: 'New guest' })
  await form.getByRole('textbox', { name: 'Last name' }).fill('Noether')
  await page.keyboard.press('Escape')
  await expect(form.getByText('Discard what you typed?')).toBeVisible()
  await form.getByRole('button', { name: 'Keep editing' }).click()
  await page.context().setOffline(true)
  await form.getByRole('button', { name: 'Create the profile' }).click()
  await expect(form.getByText('The server cannot be reached.')).toBeVisible()
  await page.context().setOffline(false)
  await form.getByRole('button', { name: 'Create the profile' }).click()
  await expect(page.getByRole('heading', { name: 'Noether', level: 1 })).toBeVisible()
})

test('profiles are merged by the keyboard alone', async ({ page, hotel }) => {
  const kept = await known(hotel, { firstName: 'Ada', lastName: 'Byron' })
  const gone = await known(hotel, { firstName: 'Ada', lastName: 'Byrom', phone: '+44 20 1' })
  const stay = await hotel.book('101', 1, 2, 'Byrom', { guestId: gone.id })
  await page.goto(`/guests/${kept.id}?property=${hotel.id}`)
  await page.getByRole('button', { name: 'Merge' }).focus()
  await page.keyboard.press('Enter')
  const other = page.getByRole('combobox')
  await other.focus()
  await page.keyboard.type('Byrom')
  await expect(page.getByRole('option', { name: /Byrom/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByText('+44 20 1 (taken over)')).toBeVisible()
  await page.getByRole('button', { name: 'Merge the profiles' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Merged; 1 reservation moved')).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ guestId: kept.id })
})

test('who may not see guests is told so, and who may not change them is offered nothing', async ({
  page,
  hotel,
}) => {
  const guest = await known(hotel, { firstName: 'Ada', lastName: 'Lovelace' })
  await page.context().clearCookies()
  await logInAs(page, logIns.reader)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await page.goto(`/guests/${guest.id}?property=${hotel.id}`)
  await expect(page.getByRole('heading', { name: 'Ada Lovelace', level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Edit|Merge|More)$/ })).toHaveCount(0)
  await page.context().clearCookies()
  await logInAs(page, logIns.housekeeping)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await page.goto(`/guests/${guest.id}?property=${hotel.id}`)
  await expect(page.getByRole('main')).toContainText('You may not see this')
})
