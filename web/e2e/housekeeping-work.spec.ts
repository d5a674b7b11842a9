import type { BrowserContext, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { daysAgo, enter, expect, Hotel, type Json, logIns, password, tabTo, test } from './hotel'

const card = (page: Page, room: string) =>
  page.getByRole('main').getByRole('listitem', { name: `Room ${room}`, exact: true })
const cards = (page: Page) => page.getByRole('main').getByRole('listitem', { name: /^Room/ })
const step = (page: Page, name: string, room: string) =>
  page.getByRole('button', { name: `${name}: Room ${room}`, exact: true })
const open = (page: Page, hotel: Hotel) => page.goto(`/housekeeping?property=${hotel.id}`)
const more = (page: Page, room: string) => page.getByRole('button', { name: `More for room ${room}` })

async function choose(page: Page, room: string, item: string) {
  await more(page, room).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Who cleans in this hotel alone, by a name that nobody else has. */
async function attendant(hotel: Hotel, displayName: string) {
  const email = `${displayName}.${hotel.id}@e2e.example`.toLowerCase()
  const user = { email, displayName, role: 'HOUSEKEEPING', password, propertyIds: [hotel.id] }
  const { id } = await hotel.post('/users', user)
  return { id: String(id), email }
}

async function onPhone(page: Page, email: string): Promise<{ phone: Page; context: BrowserContext }> {
  const context = await page
    .context()
    .browser()
    ?.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      baseURL: process.env.PMS_E2E_URL ?? '',
    })
  if (!context) throw new Error('no browser')
  await enter(context, email)
  return { phone: await context.newPage(), context }
}

const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

test('rooms are assigned, done by thumb on a telephone, and inspected by another, live on both', async ({
  page,
  hotel,
}) => {
  await hotel.soil('101', '102', '201', '202')
  const [ada, ben] = [await attendant(hotel, 'Ada'), await attendant(hotel, 'Ben')]
  await open(page, hotel)
  await page.getByRole('button', { name: 'Assign rooms' }).click()
  const form = page.getByRole('dialog', { name: 'Assign the rooms of the day' })
  await expect(form).toContainText('Rooms without an attendant: 4')
  await expectAccessibleInBoth(page)
  // Others of the house may clean here, too; today it is these two.
  for (const box of await form.getByRole('checkbox').all()) await box.uncheck({ force: true })
  await form.getByRole('button', { name: 'Assign rooms' }).click()
  await expect(form.getByText('Choose who is at work.')).toBeVisible()
  for (const name of ['Ada', 'Ben']) await form.getByRole('checkbox', { name }).check({ force: true })
  await form.getByRole('button', { name: 'Assign rooms' }).click()
  await expect(card(page, '101')).toContainText('Ada · Departure clean · 30 min · to do')
  await expect(card(page, '202')).toContainText('Ben')

  const { phone, context } = await onPhone(page, ada.email)
  await open(phone, hotel)
  await expect(phone.getByRole('radio', { name: /^My rooms/ })).toBeChecked()
  await expect(cards(phone)).toHaveCount(2)
  await fits(phone)
  const size = await step(phone, 'Start', '101').boundingBox()
  expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44)
  await step(phone, 'Start', '101').tap()
  await expect(card(page, '101')).toContainText('at work', { timeout: 2_000 })
  await step(phone, 'Done', '101').tap()
  await expect(card(phone, '101')).toContainText('Clean')
  await expect(card(page, '101')).toContainText('done', { timeout: 2_000 })
  // Nobody inspects his own.
  await expect(step(phone, 'Inspected', '101')).toHaveCount(0)
  await expectAccessibleInBoth(phone)
  await step(page, 'Inspected', '101').click()
  await expect(card(phone, '101')).toContainText('Inspected', { timeout: 2_000 })
  await fits(phone)
  if (process.env.PMS_E2E_LOOK) await phone.screenshot({ path: `${process.env.PMS_E2E_LOOK}/mine.png` })

  // She sees the others' rooms at a tap, and one goes from him to her: on her telephone, too.
  await phone.getByRole('radio', { name: /^My rooms/ }).tap()
  await expect(cards(phone)).toHaveCount(6)
  if (process.env.PMS_E2E_LOOK) await phone.screenshot({ path: `${process.env.PMS_E2E_LOOK}/all.png` })
  await phone.getByRole('radio', { name: /^My rooms/ }).tap()
  await choose(page, '202', 'Give to …')
  const give = page.getByRole('dialog', { name: 'Room 202: who does it' })
  await give.getByRole('button', { name: /^Attendant|Attendant$/ }).click()
  await page.getByRole('option', { name: 'Ada' }).click()
  await expectAccessibleInBoth(page)
  await give.getByRole('button', { name: 'Give', exact: true }).click()
  await expect(card(phone, '202')).toContainText('to do', { timeout: 5_000 })
  const task = (await hotel.call('GET', `/properties/${hotel.id}/housekeeping`)) as unknown as {
    rooms: { room: { roomNumber: string }; assignment: { attendantId: string } | null }[]
  }
  const of = (room: string) => task.rooms.find((one) => one.room.roomNumber === room)?.assignment?.attendantId
  expect([of('202'), of('201')]).toEqual([ada.id, ben.id])
  await context.close()
})

/** A hotel in which somebody slept in 101, 102 and 103; the day is the next one. */
async function hotelOfStays(page: Page) {
  await enter(page.context(), logIns.manager)
  const businessDate = daysAgo(3)
  const hotel = await Hotel.open(page.request, { businessDate })
  const stays = []
  for (const room of ['101', '102', '103'])
    stays.push(await hotel.act(await hotel.book(room, 0, 3, `Guest${room}`), 'check-in'))
  await hotel.call('PATCH', `/properties/${hotel.id}/housekeeping/settings`, {
    version: 0,
    linenEveryNights: 1,
  })
  await hotel.post(`/properties/${hotel.id}/day-close`, { businessDate })
  return { hotel, stays }
}

test('the keyboard alone: a room of who stays is serviced, another is left alone and opened again', async ({
  page,
}) => {
  const { hotel } = await hotelOfStays(page)
  const ada = await attendant(hotel, 'Ada')
  await hotel.post(`/properties/${hotel.id}/housekeeping/spread`, { attendantIds: [ada.id] })
  await page.context().clearCookies()
  await enter(page.context(), ada.email)
  await open(page, hotel)
  await expect(card(page, '101')).toContainText('Fresh linen')
  await expect(card(page, '101')).toContainText('Service · 15 min · to do')
  await expect(page.getByText('Guest101')).toHaveCount(0)
  await tabTo(page, step(page, 'Start', '101'))
  await page.keyboard.press('Enter')
  await expect(step(page, 'Done', '101')).toBeVisible()
  await tabTo(page, step(page, 'Done', '101'))
  await page.keyboard.press('Enter')
  await expect(card(page, '101')).not.toContainText('Fresh linen')
  await tabTo(page, more(page, '102'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Do not disturb' })).toBeFocused()
  await expectAccessibleInBoth(page)
  await page.keyboard.press('Enter')
  await expect(card(page, '102')).toContainText('Do not disturb')
  await tabTo(page, more(page, '102'))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(card(page, '102')).toContainText('to do')
  await page.getByRole('radio', { name: /^Fresh linen/ }).focus()
  await page.keyboard.press('Space')
  await expect(cards(page)).toHaveCount(2)
})

test('what housekeeping sees and the desk does not is told to the desk, which says what it was', async ({
  page,
}) => {
  const { hotel, stays } = await hotelOfStays(page)
  await page.goto(`/front-desk?property=${hotel.id}`)
  await expect(page.getByRole('tab', { name: /^In house/ })).toBeVisible()
  const { phone, context } = await onPhone(page, logIns.housekeeping)
  await open(phone, hotel)
  await more(phone, '101').tap()
  await phone.getByRole('menuitem', { name: 'Report what I see …' }).tap()
  const seen = phone.getByRole('dialog', { name: 'Room 101: what do you see?' })
  await expect(seen.getByRole('radio', { name: 'Nobody is in it' })).toBeChecked()
  await seen.getByLabel('Note').fill('No luggage')
  await expectAccessibleInBoth(phone)
  await fits(phone)
  if (process.env.PMS_E2E_LOOK) await phone.screenshot({ path: `${process.env.PMS_E2E_LOOK}/seen.png` })
  await seen.getByRole('button', { name: 'Report', exact: true }).tap()
  await expect(card(phone, '101')).toContainText('Skip: nobody in it')
  await more(phone, '104').tap()
  await phone.getByRole('menuitem', { name: 'Report what I see …' }).tap()
  const other = phone.getByRole('dialog', { name: 'Room 104: what do you see?' })
  await other.getByRole('button', { name: 'One person more' }).tap()
  await other.getByRole('button', { name: 'Report', exact: true }).tap()
  await expect(card(phone, '104')).toContainText('Sleep: somebody in it')

  await expect(page.getByText('Rooms where housekeeping sees something else: 2')).toBeVisible()
  await expectAccessibleInBoth(page)
  await page.context().clearCookies()
  await enter(page.context(), logIns.desk)
  await page.getByRole('button', { name: 'Show them' }).click()
  await expect(page).toHaveURL(/show=differs/)
  await expect(cards(page)).toHaveCount(2)
  await choose(page, '101', 'Say what it was …')
  const resolve = page.getByRole('dialog', { name: 'Room 101 differs from the desk' })
  await expect(resolve).toContainText('No luggage')
  await resolve.getByRole('button', { name: 'Resolved' }).click()
  await expect(resolve.getByText('Say what it was.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await resolve.getByLabel('What was it?').fill('Left without a word')
  await resolve.getByRole('button', { name: 'Resolved' }).click()
  await expect(card(phone, '101')).not.toContainText('Skip')
  await expect(cards(page)).toHaveCount(1)
  expect(stays).toHaveLength(3)
  await context.close()
})

test('the manager sets what is due and planned, and lets housekeeping take rooms out of order', async ({
  page,
  hotel,
}) => {
  await open(page, hotel)
  await page.getByRole('button', { name: 'Settings of housekeeping' }).click()
  const form = page.getByRole('dialog', { name: 'Settings of housekeeping' })
  await form.getByRole('textbox', { name: 'Departure clean, in minutes' }).fill('40')
  await form.getByRole('textbox', { name: 'Fresh linen every so many nights' }).fill('3')
  await form.getByText('Housekeeping may take free rooms out of order').click()
  await expectAccessibleInBoth(page)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)
  const settings = await hotel.call('GET', `/properties/${hotel.id}/housekeeping/settings`)
  const expected: Json = { departureCredits: 40, linenEveryNights: 3, mayBlockRooms: true, version: 1 }
  expect(settings).toMatchObject(expected)

  await page.context().clearCookies()
  await enter(page.context(), logIns.housekeeping)
  await open(page, hotel)
  await choose(page, '101', 'Out of order')
  const block = page.getByRole('dialog', { name: 'Room 101: out of order' })
  await block.getByLabel('Reason').fill('Leak')
  await block.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(card(page, '101')).toContainText('Leak')
})

test('what each attendant did is a report of the manager', async ({ page, hotel }) => {
  const ada = await attendant(hotel, 'Ada')
  await hotel.soil('101')
  const given = await hotel.post('/housekeeping-assignments', {
    propertyId: hotel.id,
    roomId: hotel.room('101'),
    attendantId: ada.id,
  })
  const path = `/housekeeping-assignments/${given.id}`
  const begun = await hotel.post(`${path}/start`, { version: given.version })
  const done = await hotel.post(`${path}/done`, { version: begun.version })
  await hotel.post(`${path}/inspect`, { version: done.version })
  const search = `report=housekeeping&from=${hotel.today}&to=${hotel.today}`
  await page.goto(`/reports?property=${hotel.id}&${search}`)
  const row = page.getByRole('grid', { name: 'Housekeeping' }).getByRole('row', { name: /^Ada/ }).first()
  await expect(row).toContainText('100% of 1')
  await expectAccessibleInBoth(page)
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/^housekeeping-.*\.csv$/)
  await page.context().clearCookies()
  await enter(page.context(), logIns.reader)
  await page.goto(`/reports?property=${hotel.id}&${search}`)
  await expect(page.getByRole('tab', { name: 'Manager flash' })).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Housekeeping' })).toHaveCount(0)
})
