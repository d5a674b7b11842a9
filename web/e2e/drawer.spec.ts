import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { expect, type Hotel, plus, type Stay, tabTo, test } from './hotel'

const drawer = (page: Page, name: string | RegExp = 'Ada Lovelace') => page.getByRole('dialog', { name })
// A notice is an alertdialog, too.
const question = (page: Page) => page.locator('section[role=alertdialog]')
const open = (page: Page, hotel: Hotel, stay: Stay) =>
  page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)

/** From the menu of the drawer. */
async function choose(page: Page, act: string) {
  await drawer(page).getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: act }).click()
}

async function pick(page: Page, field: Locator, option: string | RegExp) {
  await field.click()
  await page.getByRole('option', { name: option }).click()
}

const stays = (hotel: Hotel) =>
  hotel.call('GET', `/reservations?propertyId=${hotel.id}`) as unknown as Promise<{ id: string }[]>

test('a known guest is booked into a free room after a quote, and a double click books once', async ({
  page,
  hotel,
}) => {
  await hotel.book('101', 0, 3, 'Byron')
  const guest = await hotel.post('/guests', {
    propertyId: hotel.id,
    firstName: 'Grace',
    lastName: 'Hopper',
    email: 'grace@example.com',
  })
  await page.goto(`/reservations?property=${hotel.id}`)
  await page.getByRole('button', { name: 'New reservation' }).first().click()
  const form = drawer(page, 'New reservation')
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(form.getByText('Choose a room type or a room.')).toBeVisible()
  await expect(form.getByText("Enter the guest's last name.")).toBeVisible()
  await expectAccessible(page)

  await pick(page, form.getByRole('button', { name: /Room type/ }), /Standard/)
  await expect(form.getByRole('region', { name: 'Price' })).toContainText('$100.00')
  const room = form.getByRole('combobox', { name: 'Room' })
  await room.click()
  const taken = page.getByRole('option', { name: '101' })
  await expect(taken).toHaveAttribute('aria-disabled', 'true')
  await expect(taken).toContainText('booked')
  await page.getByRole('option', { name: '102' }).click()

  await form.getByRole('textbox', { name: 'Last name' }).fill('hoper')
  await form.getByRole('button', { name: /Grace Hopper/ }).click()
  await expect(form.getByText('grace@example.com')).toBeVisible()
  await form.getByRole('button', { name: 'Book' }).dblclick()
  await expect(drawer(page, 'Grace Hopper')).toBeVisible()
  const booked = (await stays(hotel)) as unknown as Record<string, unknown>[]
  expect(booked).toHaveLength(2)
  expect(booked[1]).toMatchObject({ guestId: guest.id, roomId: hotel.room('102'), totalCents: 100_00 })
})

test('a new guest is booked by the keyboard alone and kept as a profile', async ({ page, hotel }) => {
  await page.goto(`/reservations?property=${hotel.id}`)
  await expect(page.getByText('Nothing in this view.')).toBeVisible()
  await page.keyboard.press('n')
  const form = drawer(page, 'New reservation')
  await expect(form).toBeVisible()
  await tabTo(page, form.getByRole('button', { name: /Room type/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.type('Sui')
  await page.keyboard.press('Enter')
  await expect(form.getByRole('button', { name: /Room type/ })).toContainText('Suite')
  await tabTo(page, form.getByRole('textbox', { name: 'Last name' }))
  await page.keyboard.type('Curie')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Marie')
  await tabTo(page, form.getByRole('button', { name: 'Book' }))
  await page.keyboard.press('Enter')
  const booked = drawer(page, 'Marie Curie')
  await expect(booked).toBeVisible()
  await expect(booked).toContainText('Suite')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const guests = await hotel.call('GET', `/guests?propertyId=${hotel.id}`)
  expect(guests).toMatchObject([{ firstName: 'Marie', lastName: 'Curie' }])
})

test('a lost connection loses nothing that was typed, and books nothing twice', async ({ page, hotel }) => {
  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  const form = drawer(page, 'New reservation')
  await pick(page, form.getByRole('button', { name: /Room type/ }), /Standard/)
  await form.getByRole('textbox', { name: 'Last name' }).fill('Noether')
  await form.getByRole('textbox', { name: 'Wishes of the guest' }).fill('A quiet room')
  await page.context().setOffline(true)
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(form.getByText('What you typed is kept.')).toBeVisible()
  await page.context().setOffline(false)
  await page.reload()
  await expect(form.getByText('What you typed before is still here.')).toBeVisible()
  await expect(form.getByRole('textbox', { name: 'Wishes of the guest' })).toHaveValue('A quiet room')

  // The answer is lost, not the booking: the next try finds it done.
  let lost = 0
  await page.route('**/api/v1/pms/reservations', async (route) => {
    if (route.request().method() !== 'POST' || lost++ > 0) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(form.getByText('What you typed is kept.')).toBeVisible()
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(drawer(page, 'Noether')).toBeVisible()
  expect(await stays(hotel)).toHaveLength(1)
  expect(await hotel.call('GET', `/guests?propertyId=${hotel.id}`)).toHaveLength(1)
})

test('a stay is changed, and its history shows before and after', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 3, 5, 'Lovelace', { internalNotes: 'old note' })
  await open(page, hotel, stay)
  const form = drawer(page)
  await form.getByRole('textbox', { name: 'Notes for the team' }).fill('new note')
  await form.getByRole('button', { name: 'One adult more' }).click()
  // Looking at the history loses nothing.
  await form.getByRole('tab', { name: 'History' }).click()
  await expect(form.getByText('Booked', { exact: true })).toBeVisible()
  await form.getByRole('tab', { name: 'Stay' }).click()
  await expect(form.getByRole('textbox', { name: 'Notes for the team' })).toHaveValue('new note')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await form.getByRole('tab', { name: 'History' }).click()
  const changed = form.getByRole('listitem').filter({ hasText: 'Changed' })
  await expect(changed).toContainText(/Adults\s*was\s*2\s*now\s*3/)
  await expect(changed).toContainText('Notes for the team')
  await expectAccessible(page)
})

test('what someone else changed meanwhile is told, and one more press puts ones own on top', async ({
  page,
  hotel,
}) => {
  const stay = await hotel.book('101', 3, 5, 'Lovelace')
  await open(page, hotel, stay)
  const form = drawer(page)
  await form.getByRole('textbox', { name: 'Wishes of the guest' }).fill('mine')
  await hotel.call('PATCH', `/reservations/${stay.id}`, { version: stay.version, adults: 3 })
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Someone else changed this stay meanwhile')).toBeVisible()
  await expect(form.getByText(/Adults/).first()).toBeVisible()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  expect(await hotel.call('GET', `/reservations/${stay.id}`)).toMatchObject({ adults: 3, guestNotes: 'mine' })
})

test('a guest comes and goes, and both are taken back', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  await open(page, hotel, stay)
  const form = drawer(page)
  const state = form.getByText(/^(Confirmed|In house|Departed)$/).first()
  await form.getByRole('button', { name: 'Check in' }).click()
  await expect(state).toHaveText('In house')
  await choose(page, 'Undo the check-in')
  await expect(question(page)).toContainText('it counts as not clean')
  await expectAccessible(page)
  await question(page).getByRole('button', { name: 'Undo the check-in' }).click()
  await expect(state).toHaveText('Confirmed')

  // Now the room is not clean: that is asked, not refused.
  await form.getByRole('button', { name: 'Check in' }).click()
  await expect(question(page)).toContainText('Room 101 is not clean yet.')
  await question(page).getByRole('button', { name: 'Do it all the same' }).click()
  await expect(state).toHaveText('In house')

  await form.getByRole('button', { name: 'Check out' }).click()
  await expect(question(page)).toContainText('The nights that are left become free')
  await question(page).getByRole('button', { name: 'Check out' }).click()
  await expect(state).toHaveText('Departed')
  await form.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Undo the check-out' }).click()
  await expect(state).toHaveText('In house')
})

test('a guest who comes days early is told how many nights that adds, and what they cost', async ({
  page,
  hotel,
}) => {
  const stay = await hotel.book('101', 3, 5, 'Lovelace')
  await open(page, hotel, stay)
  await choose(page, 'Check in')
  await expect(question(page)).toContainText('3 nights are added at their price')
  await expect(question(page).getByRole('region', { name: 'Price' })).toContainText('$500.00')
  await expect(question(page)).toContainText('Difference +$300.00')
  await expectAccessible(page)
  await question(page).getByRole('button', { name: 'Add 3 nights and check in' }).click()
  await expect(drawer(page).getByText('In house').first()).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ status: 'CHECKED_IN', checkInDate: hotel.today })
  await drawer(page).getByRole('tab', { name: 'Account' }).click()
  await expect(drawer(page).getByRole('tabpanel')).toContainText('$500.00')
  await expect(drawer(page).getByRole('tabpanel')).toContainText('Guest folio')
})

test('a stay without a room gets one when its guest comes, also early', async ({ page, hotel }) => {
  const other = await hotel.book('101', 0, 1, 'Byron')
  const stay = await hotel.book(null, 1, 3, 'Lovelace')
  await open(page, hotel, stay)
  await choose(page, 'Check in')
  await question(page).getByRole('button', { name: 'Add 1 night and check in' }).click()
  await expect(question(page)).toContainText('Choose a room.')
  await question(page).getByRole('combobox', { name: 'Room' }).click()
  await expect(page.getByRole('option', { name: '101' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('option', { name: '102' }).click()
  await question(page).getByRole('button', { name: 'Add 1 night and check in' }).click()
  await expect(drawer(page).getByText('In house').first()).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ roomId: hotel.room('102') })
  expect(await hotel.stay(other.id)).toMatchObject({ status: 'CONFIRMED' })
})

test('what is open on the account is told, and asked about when the guest leaves', async ({
  page,
  hotel,
}) => {
  const stay = await hotel.act(await hotel.book('101', 0, 1, 'Lovelace'), 'check-in')
  const [folio] = (await hotel.call(
    'GET',
    `/folios?propertyId=${hotel.id}&reservationId=${stay.id}`,
  )) as unknown as [{ id: string }]
  await hotel.post(`/folios/${folio.id}/charges`, { description: 'Minibar', amountCents: 12_50 })
  await open(page, hotel, stay)
  const form = drawer(page)
  await form.getByRole('tab', { name: 'Account' }).click()
  await expect(form.getByRole('tabpanel')).toContainText(/Balance\s*\$12\.50/)
  await form.getByRole('button', { name: 'Check out' }).click()
  await question(page).getByRole('button', { name: 'Check out' }).click()
  await expect(question(page)).toContainText('its balance is $12.50')
  await question(page).getByRole('button', { name: 'Let go with the balance' }).click()
  await expect(form.getByText('Departed', { exact: true }).first()).toBeVisible()
})

test('a reservation is cancelled and reinstated, with the reason in its history', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 3, 5, 'Lovelace')
  await open(page, hotel, stay)
  await choose(page, 'Cancel the reservation')
  await question(page).getByRole('textbox', { name: 'Reason' }).fill('Flight cancelled')
  await expectAccessible(page)
  await question(page).getByRole('button', { name: 'Cancel the reservation' }).click()
  const form = drawer(page)
  await expect(form.getByText('Reason: Flight cancelled')).toBeVisible()
  await form.getByRole('button', { name: 'Reinstate' }).click()
  await question(page).getByRole('button', { name: 'Reinstate' }).click()
  await expect(question(page)).toContainText('Enter a reason.')
  await question(page).getByRole('textbox', { name: 'Reason' }).fill('Other flight')
  await question(page).getByRole('button', { name: 'Reinstate' }).click()
  await expect(form.getByText('Confirmed', { exact: true }).first()).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ status: 'CONFIRMED' })
  await form.getByRole('tab', { name: 'History' }).click()
  await expect(form.getByText('Reinstated')).toBeVisible()
  await expect(form.getByRole('listitem').filter({ hasText: 'Cancelled' }).last()).toContainText('Reason')
})

test('a guest who does not come is a no-show, by the keyboard alone', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  await open(page, hotel, stay)
  const more = drawer(page).getByRole('button', { name: 'More', exact: true })
  await tabTo(page, more)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.type('Mark')
  await expect(page.getByRole('menuitem', { name: 'Mark as no-show' })).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, question(page).getByRole('textbox', { name: 'Reason' }))
  await page.keyboard.type('Did not come')
  await tabTo(page, question(page).getByRole('button', { name: 'Mark as no-show' }))
  await page.keyboard.press('Enter')
  await expect(drawer(page).getByText('No-show').first()).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ status: 'NO_SHOW' })
})

test('a hold is made and confirmed', async ({ page, hotel }) => {
  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  const form = drawer(page, 'New reservation')
  await pick(page, form.getByRole('button', { name: /Room type/ }), /Standard/)
  await form.getByRole('textbox', { name: 'Last name' }).fill('Lovelace')
  await form.getByText('Only hold the room').click()
  await form.getByRole('button', { name: 'Hold', exact: true }).click()
  const held = drawer(page, 'Lovelace')
  await expect(held.getByText('Hold', { exact: true })).toBeVisible()
  await held.getByRole('button', { name: 'Confirm' }).click()
  await expect(held.getByText('Confirmed', { exact: true }).first()).toBeVisible()
  expect(await stays(hotel)).toMatchObject([{ status: 'CONFIRMED' }])
})

test('a stay gets other dates at their price, another room, and a second room for its end', async ({
  page,
  hotel,
}) => {
  await hotel.book('102', 4, 5, 'Byron')
  const stay = await hotel.book('101', 3, 5, 'Lovelace')
  await open(page, hotel, stay)
  await choose(page, 'Move')
  await question(page).getByRole('combobox', { name: 'Room' }).click()
  await expect(page.getByRole('option', { name: '102' })).toContainText('booked')
  await page.getByRole('option', { name: '103' }).click()
  await question(page).getByRole('button', { name: 'Move' }).click()
  await expect(question(page)).toHaveCount(0)
  expect(await hotel.stay(stay.id)).toMatchObject({ roomId: hotel.room('103') })
  await choose(page, 'Split over two rooms')
  await question(page).getByRole('combobox', { name: 'Room' }).click()
  await page.getByRole('option', { name: '104' }).click()
  await question(page).getByRole('button', { name: 'Split over two rooms' }).click()
  await expect(drawer(page)).toContainText(/103 \(.*\)/)
  await expect(drawer(page)).toContainText(/104 \(.*\)/)
})

test('who is in the house is not sent to a room that is not clean, or of another type, without a word', async ({
  page,
  hotel,
}) => {
  await hotel.soil('201')
  const stay = await hotel.act(await hotel.book('101', 0, 2, 'Lovelace'), 'check-in')
  await open(page, hotel, stay)
  await choose(page, 'Move')
  await question(page).getByRole('combobox', { name: 'Room' }).click()
  await page.getByRole('option', { name: '102' }).click()
  await expect(question(page)).not.toContainText('not clean')
  await question(page).getByRole('combobox', { name: 'Room' }).fill('201')
  await page.getByRole('option', { name: '201' }).click()
  await expect(question(page)).toContainText('Room 201 is not clean yet.')
  await expect(question(page)).toContainText('Suite instead of Standard. The price stays as it is.')
  await expectAccessible(page)
  await question(page).getByRole('button', { name: 'Move' }).click()
  await expect(question(page)).toHaveCount(0)
  expect(await hotel.stay(stay.id)).toMatchObject({ roomId: hotel.room('201') })
})

test('a link to what is not here, or not of this house, says so', async ({ page, hotel }) => {
  await page.goto(`/reservations?property=${hotel.id}&stay=01JZZZZZZZZZZZZZZZZZZZZZZZ`)
  await expect(page.getByRole('dialog')).toContainText('Nothing here')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.goto(`/guests/01JZZZZZZZZZZZZZZZZZZZZZZZ?property=${hotel.id}`)
  await expect(page.getByRole('main')).toContainText('Nothing here')
  const stay = await hotel.book('101', 0, 1, 'Lovelace')
  await page.goto(`/calendar?property=${hotel.id}&stay=${stay.id}`)
  await expect(drawer(page)).toBeVisible()
})

test('a restriction is told while one books, and who may sells all the same', async ({ page, hotel }) => {
  await hotel.call('PUT', '/restrictions', {
    propertyId: hotel.id,
    changes: [{ startDate: hotel.today, endDate: plus(hotel.today, 1), set: { minStayArrival: 3 } }],
  })
  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  const form = drawer(page, 'New reservation')
  await pick(page, form.getByRole('button', { name: /Room type/ }), /Standard/)
  await expect(
    form
      .getByRole('status')
      .filter({ hasText: /^Shortest stay with arrival on \w+ \d+, \d+: 3 nights · the whole house$/ }),
  ).toBeVisible()
  await form.getByRole('textbox', { name: 'Last name' }).fill('Lovelace')
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(form.getByRole('alert')).toContainText('3 nights · the whole house')
  expect(await stays(hotel)).toEqual([])
  await form.getByText('Sell although a restriction says no').click()
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(drawer(page, 'Lovelace')).toBeVisible()
  expect(await stays(hotel)).toMatchObject([{ status: 'CONFIRMED' }])
})
