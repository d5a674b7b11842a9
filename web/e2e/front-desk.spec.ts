import type { Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { daysAgo, enter, expect, Hotel, logIns, plus, type Stay, tabTo, test } from './hotel'

const tab = (page: Page, name: string, count: number) =>
  page.getByRole('tab', { name: new RegExp(`^${name} ?${count}$`) })
const line = (page: Page, name: string) => page.getByRole('main').getByRole('listitem', { name, exact: true })
// A notice is an alertdialog, too.
const question = (page: Page) => page.locator('section[role=alertdialog]')
const open = (page: Page, hotel: Hotel, list = 'arrivals') =>
  page.goto(`/front-desk?list=${list}&property=${hotel.id}`)

async function more(page: Page, name: string, item: string) {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

const markDirty = (hotel: Hotel, room: string) =>
  hotel.post(`/rooms/${hotel.room(room)}/status`, { status: 'VACANT_DIRTY', version: 1 })

async function charge(hotel: Hotel, stay: Stay, amountCents: number) {
  const list = await hotel.call('GET', `/folios?propertyId=${hotel.id}&reservationId=${stay.id}`)
  const [folio] = list as unknown as { id: string }[]
  await hotel.post(`/folios/${folio?.id}/charges`, { description: 'Dinner', amountCents })
}

/** Three days ago: its days can be closed. */
const before = (page: Page) => Hotel.open(page.request, { businessDate: daysAgo(3) })

const closeDay = async (hotel: Hotel) => {
  await hotel.post(`/properties/${hotel.id}/day-close`, { businessDate: hotel.today, arrivals: 'NO_SHOW' })
  hotel.today = plus(hotel.today, 1)
}

test('who has no room is offered the best one, and is in the house with two presses', async ({
  page,
  hotel,
}) => {
  await markDirty(hotel, '101')
  await hotel.book('102', 1, 3, 'Later')
  const stay = await hotel.book(null, 0, 2, 'Byron')
  await open(page, hotel)
  await expect(tab(page, 'Unassigned', 1)).toBeVisible()
  await expect(line(page, 'Ada Byron')).toContainText('No room yet')
  await expectAccessibleInBoth(page)
  await page.getByRole('button', { name: 'Check in: Ada Byron' }).click()
  const room = question(page).getByRole('combobox', { name: 'Room' })
  // 101 is not clean, 102 is taken tomorrow.
  await expect(room).toHaveValue('103')
  await expectAccessibleInBoth(page)
  await question(page).getByRole('button', { name: 'Check in' }).click()
  await expect(page.getByText('Everyone who was expected today has arrived.')).toBeVisible()
  await expect(tab(page, 'Arrivals', 0)).toBeVisible()
  await expect(tab(page, 'Unassigned', 0)).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ status: 'CHECKED_IN', roomId: hotel.room('103') })

  await page.getByText('Show who has arrived').click()
  await expect(line(page, 'Ada Byron')).toContainText('103')
  await tab(page, 'In house', 1).click()
  await expect(line(page, 'Ada Byron')).toContainText('Nothing due')
})

test('the keyboard alone: a clean room at once, a dirty one after a question, and on to the next line', async ({
  page,
  hotel,
}) => {
  await markDirty(hotel, '102')
  const clean = await hotel.book('101', 0, 2, 'Austen')
  const dirty = await hotel.book('102', 0, 2, 'Byron')
  await hotel.book('103', 0, 2, 'Curie')
  await open(page, hotel)
  await expect(line(page, 'Ada Byron')).toContainText('Dirty')
  await tabTo(page, page.getByRole('button', { name: 'Check in: Ada Austen' }))
  await page.keyboard.press('Enter')
  await expect(line(page, 'Ada Austen')).toHaveCount(0)
  const next = page.getByRole('button', { name: 'Check in: Ada Byron' })
  await expect(next).toBeFocused()
  // A second press that comes too soon was meant for the guest before.
  await expect(next).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(question(page)).toContainText('Room 102 is not clean yet.')
  await tabTo(page, question(page).getByRole('button', { name: /all the same/i }))
  expect(await hotel.stay(dirty.id)).toMatchObject({ status: 'CONFIRMED' })
  await page.keyboard.press('Enter')
  await expect(line(page, 'Ada Byron')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Check in: Ada Curie' })).toBeFocused()
  expect(await hotel.stay(clean.id)).toMatchObject({ status: 'CHECKED_IN' })
  expect(await hotel.stay(dirty.id)).toMatchObject({ status: 'CHECKED_IN' })
})

test('who departs and owes is told so, pays, and is gone', async ({ page }) => {
  await enter(page.context(), logIns.manager)
  const hotel = await before(page)
  const stay = await hotel.act(await hotel.book('101', 0, 1, 'Lovelace'), 'check-in')
  await hotel.act(await hotel.book('102', 0, 4, 'Byron'), 'check-in')
  await closeDay(hotel)
  await open(page, hotel, 'departures')
  await expect(tab(page, 'Departures', 1)).toBeVisible()
  await expect(tab(page, 'In house', 2)).toBeVisible()
  await expect(line(page, 'Ada Lovelace')).toContainText('$100.00open')
  await page.getByRole('button', { name: 'Check out: Ada Lovelace' }).click()
  await expect(question(page)).toContainText('its balance is $100.00')
  await question(page).getByRole('button', { name: 'Take payment' }).click()
  const payment = page.getByRole('dialog', { name: 'Take payment' })
  await expect(payment.getByLabel('Amount in USD')).toHaveValue('100.00')
  await payment.getByRole('button', { name: 'Take payment and check out' }).click()
  await expect(page.getByText('Nobody is left to depart today.')).toBeVisible()
  await expect(tab(page, 'In house', 1)).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ status: 'CHECKED_OUT' })
  await page.getByText('Show who has left').click()
  await expect(line(page, 'Ada Lovelace')).toContainText('Departed')
  await expectAccessibleInBoth(page)
})

test('who did not arrive on a day before is listed until they come or are given up', async ({
  page,
  hotel,
}) => {
  const comes = await hotel.book('101', 0, 3, 'Austen')
  const lost = await hotel.book('102', 0, 3, 'Byron')
  await hotel.book('103', 0, 3, 'Curie', { status: 'HOLD' })
  await hotel.book('104', 1, 3, 'Today')
  // The day is not closed over them, and imports are not to be had here: so the page is told that it is a day later.
  await page.route('**/api/v1/pms/me', async (route) => {
    const answer = await route.fetch()
    const text = await answer.text()
    await route.fulfill({ response: answer, body: text.replaceAll(hotel.today, plus(hotel.today, 1)) })
  })
  await open(page, hotel, 'late')
  await expect(tab(page, 'Not arrived', 3)).toBeVisible()
  await expect(tab(page, 'Arrivals', 1)).toBeVisible()
  await expect(line(page, 'Ada Curie')).toContainText('Hold')
  await expectAccessibleInBoth(page)
  await more(page, 'Ada Byron', 'Mark as no-show')
  await question(page).getByRole('button', { name: 'Mark as no-show' }).click()
  await expect(line(page, 'Ada Byron')).toHaveCount(0)
  expect(await hotel.stay(lost.id)).toMatchObject({ status: 'NO_SHOW' })
  await page.getByRole('button', { name: 'Check in: Ada Austen' }).click()
  await expect(tab(page, 'Not arrived', 1)).toBeVisible()
  expect(await hotel.stay(comes.id)).toMatchObject({ status: 'CHECKED_IN' })
})

test('an early departure shows what is given back before it is done', async ({ page }) => {
  await enter(page.context(), logIns.manager)
  const hotel = await before(page)
  const stay = await hotel.act(await hotel.book('101', 0, 4, 'Lovelace'), 'check-in')
  await closeDay(hotel)
  await charge(hotel, stay, -100_00)
  await open(page, hotel, 'inHouse')
  await expect(line(page, 'Ada Lovelace')).toContainText('Nothing due')
  await page.getByRole('button', { name: 'Check out: Ada Lovelace' }).click()
  await expect(question(page).getByRole('region', { name: 'Price' })).toContainText('-$300.00')
  await expectAccessibleInBoth(page)
  expect(await hotel.stay(stay.id)).toMatchObject({ status: 'CHECKED_IN' })
  await question(page).getByRole('button', { name: 'Check out' }).click()
  await expect(page.getByText('No guest is in the house.')).toBeVisible()
  expect(await hotel.stay(stay.id)).toMatchObject({ status: 'CHECKED_OUT', checkOutDate: hotel.today })
})

test('a guest in the house changes the room and the dates from the line', async ({ page, hotel }) => {
  const stay = await hotel.act(await hotel.book('101', 0, 2, 'Lovelace'), 'check-in')
  await hotel.book('102', 0, 2, 'Byron')
  await open(page, hotel, 'inHouse')
  await more(page, 'Ada Lovelace', 'Move')
  const room = question(page).getByRole('combobox', { name: 'Room' })
  await room.fill('104')
  await page.getByRole('option', { name: /104/ }).click()
  await question(page).getByRole('button', { name: 'Move' }).click()
  await expect(line(page, 'Ada Lovelace')).toContainText('104')
  expect(await hotel.stay(stay.id)).toMatchObject({ roomId: hotel.room('104'), status: 'CHECKED_IN' })
  await more(page, 'Ada Lovelace', 'Change the dates')
  await expect(question(page)).toContainText('Departure')
  const days = question(page).getByRole('spinbutton')
  await days.nth(1).focus()
  await page.keyboard.press('ArrowUp')
  await expect(question(page).getByRole('region', { name: 'Price' })).toContainText('$300.00')
  await question(page).getByRole('button', { name: 'Change the dates' }).click()
  await expect(line(page, 'Ada Lovelace')).toContainText('3 nights')
  expect(await hotel.stay(stay.id)).toMatchObject({ checkOutDate: plus(hotel.today, 3) })
})

test('a walk-in is booked for tonight and checked in', async ({ page, hotel }) => {
  await open(page, hotel)
  await expect(page.getByText('Everyone who was expected today has arrived.')).toBeVisible()
  await page.keyboard.press('n')
  const form = page.getByRole('dialog', { name: 'New reservation' })
  await expect(form.getByRole('button', { name: /Source/ })).toContainText('Walk-in')
  await form.getByRole('button', { name: /Room type/ }).click()
  await page.getByRole('option', { name: /Standard/ }).click()
  await form.getByRole('textbox', { name: 'Last name' }).fill('Noether')
  await form.getByRole('button', { name: 'Book' }).click()
  const drawer = page.getByRole('dialog', { name: 'Noether' })
  await expect(drawer).toContainText('1 night')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Check in: Noether' }).click()
  await question(page).getByRole('button', { name: 'Check in' }).click()
  await expect(tab(page, 'In house', 1)).toBeVisible()
})

test('all of them are there, however many, and are found and sorted', async ({ page, hotel }) => {
  test.slow()
  await hotel.call('PUT', '/overbooking-limits', {
    roomTypeId: hotel.types.get('STD') ?? '',
    startDate: hotel.today,
    endDate: plus(hotel.today, 2),
    rooms: 200,
  })
  const many = 104
  const names = Array.from({ length: many }, (_, n) => `Guest-${String(n).padStart(3, '0')}`)
  for (const name of names) await hotel.book(null, 0, 1, name)
  await hotel.book('104', 0, 1, 'Zuse', { arrivalTime: '09:00' })
  await open(page, hotel)
  await expect(tab(page, 'Arrivals', many + 1)).toBeVisible()
  await expect(tab(page, 'Unassigned', many)).toBeVisible()
  const lines = page.getByRole('list', { name: 'Arrivals' }).getByRole('listitem')
  await expect(lines.first()).toContainText('Guest-000')
  await expect(async () => {
    await page.mouse.wheel(0, 20_000)
    await expect(lines).toHaveCount(many + 1, { timeout: 500 })
  }).toPass()
  await expect(lines.last()).toContainText('Zuse')
  await page.getByRole('radio', { name: 'Room' }).click()
  await expect(lines.first()).toContainText('Zuse')

  await page.keyboard.press('f')
  await page.keyboard.type('ada guest-103')
  await expect(lines).toHaveCount(1)
  await expect(tab(page, 'Arrivals', 1)).toBeVisible()
  await expect(tab(page, 'In house', 0)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tab(page, 'Arrivals', many + 1)).toBeVisible()
  await page.getByPlaceholder('Name, room or number').fill('nobody')
  await expect(page.getByText('Nobody on this list fits.')).toBeVisible()
})

test('what another desk does is seen without asking', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Byron')
  await open(page, hotel)
  await expect(line(page, 'Ada Byron')).toBeVisible()
  await hotel.act(stay, 'check-in')
  await expect(line(page, 'Ada Byron')).toHaveCount(0, { timeout: 4_000 })
  await hotel.book('102', 0, 2, 'Curie')
  await expect(line(page, 'Ada Curie')).toBeVisible({ timeout: 4_000 })
})

test('the registration card is a sheet of its own on paper', async ({ page, hotel }) => {
  await hotel.book('101', 0, 2, 'Lovelace', {
    primaryGuestJson: { firstName: 'Ada', lastName: 'Lovelace', phone: '+44 20 7946 0000' },
  })
  await open(page, hotel)
  await more(page, 'Ada Lovelace', 'Registration card')
  const card = page.getByRole('article', { name: 'Registration card' })
  for (const text of [
    hotel.name,
    'Ada Lovelace',
    '+44 20 7946 0000',
    '101',
    'Standard',
    '$200.00',
    'Signature',
  ])
    await expect(card).toContainText(text)
  await expectAccessibleInBoth(page)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(card).toBeVisible()
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('link', { name: 'To the front desk' }).click()
  await expect(line(page, 'Ada Lovelace')).toBeVisible()
})

test('who may only read sees the lists and nothing to do; housekeeping sees no list', async ({
  page,
  hotel,
}) => {
  await hotel.book('101', 0, 2, 'Lovelace')
  await page.context().clearCookies()
  await enter(page.context(), logIns.reader)
  await open(page, hotel)
  await expect(line(page, 'Ada Lovelace')).toBeVisible()
  await expect(page.getByRole('button', { name: /Check in|Walk-in/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'More for Ada Lovelace' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Open the reservation', 'Registration card'])
  await page.keyboard.press('Escape')
  await page.context().clearCookies()
  await enter(page.context(), logIns.housekeeping)
  await open(page, hotel)
  await expect(page.getByRole('main')).toContainText('Your role does not include it.')
  await expect(page.getByRole('link', { name: 'Front desk' })).toHaveCount(0)
})

test('on a telephone the list that is open is in sight among the tabs', async ({ page, hotel }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/front-desk?property=${hotel.id}&list=deposits`)
  await expect(page.getByRole('tab', { name: /^Deposits due/ })).toBeInViewport({ ratio: 0.9 })
})
