import type { BrowserContext, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { daysAgo, enter, expect, Hotel, type Json, logIns, tabTo, test } from './hotel'

const card = (page: Page, room: string) =>
  page.getByRole('main').getByRole('listitem', { name: `Room ${room}`, exact: true })
const mark = (page: Page, state: string, room: string) =>
  page.getByRole('button', { name: `${state}: Room ${room}`, exact: true })
const open = (page: Page, hotel: Hotel) => page.goto(`/housekeeping?property=${hotel.id}`)
const roomOf = (hotel: Hotel, room: string) => hotel.call('GET', `/rooms/${hotel.room(room)}`)

async function set(hotel: Hotel, room: string, more: Json) {
  const { version } = await roomOf(hotel, room)
  return hotel.post(`/rooms/${hotel.room(room)}/status`, { version, ...more })
}
const dirty = (hotel: Hotel, room: string) => set(hotel, room, { status: 'VACANT_DIRTY' })

async function as(context: BrowserContext, who: string) {
  await context.clearCookies()
  await enter(context, who)
}

test('a thumb takes a room from dirty to inspected, and others see it; a tap is taken back', async ({
  browser,
  page,
  hotel,
}) => {
  await dirty(hotel, '102')
  await page.goto(`/front-desk?property=${hotel.id}`)
  await hotel.book('102', 0, 1, 'Byron')
  const line = page.getByRole('listitem', { name: 'Ada Byron' })
  await expect(line).toContainText('Dirty')

  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    baseURL: process.env.PMS_E2E_URL ?? '',
  })
  await enter(context, logIns.housekeeping)
  const phone = await context.newPage()
  await open(phone, hotel)
  await expect(card(phone, '102')).toContainText('Dirty')
  await expect(card(phone, '102')).toContainText('Arrival')
  const size = await mark(phone, 'Clean', '102').boundingBox()
  expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44)
  await expectAccessibleInBoth(phone)
  await mark(phone, 'Clean', '102').tap()
  await expect(line).toContainText('Clean')
  await mark(phone, 'Inspected', '102').tap()
  await expect(line).toContainText('Inspected')
  await expect(card(phone, '102')).toContainText('Inspected')
  expect(await roomOf(hotel, '102')).toMatchObject({ status: 'VACANT_CLEAN', isInspected: true })
  await phone.getByRole('button', { name: 'Undo' }).first().tap()
  await expect(line).toContainText('Clean')
  expect(await roomOf(hotel, '102')).toMatchObject({ status: 'VACANT_CLEAN', isInspected: false })
  const width = await phone.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(390)
  await context.close()
})

test('the keyboard alone: the next state, another from the menu, and the rooms of one state', async ({
  page,
  hotel,
}) => {
  await dirty(hotel, '101')
  await open(page, hotel)
  await tabTo(page, mark(page, 'Clean', '101'))
  await page.keyboard.press('Enter')
  await expect(mark(page, 'Inspected', '101')).toBeVisible()
  expect(await roomOf(hotel, '101')).toMatchObject({ status: 'VACANT_CLEAN', isInspected: false })
  await tabTo(page, page.getByRole('button', { name: 'More for room 101' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Mark dirty' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(card(page, '101')).toContainText('Dirty')
  expect(await roomOf(hotel, '101')).toMatchObject({ status: 'VACANT_DIRTY' })
  await page.getByRole('radio', { name: /^Dirty/ }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('listitem', { name: /^Room/ })).toHaveCount(1)
  await expect(page).toHaveURL(/show=dirty/)
  await page.keyboard.press('Space')
  await expect(page.getByRole('listitem', { name: /^Room/ })).toHaveCount(6)
})

test('who is to come, to go and to stay stands on each room, also where one follows another', async ({
  page,
}) => {
  await enter(page.context(), logIns.manager)
  const hotel = await Hotel.open(page.request, {
    businessDate: daysAgo(3),
  })
  for (const [room, to] of [
    ['101', 1],
    ['102', 2],
    ['103', 1],
  ] as const)
    await hotel.act(await hotel.book(room, 0, to, `Guest ${room}`), 'check-in')
  await hotel.post(`/properties/${hotel.id}/day-close`, { businessDate: hotel.today })
  const follows = await hotel.book('103', 1, 2, 'Next')
  await hotel.book('104', 1, 2, 'Arrives')
  await as(page.context(), logIns.housekeeping)
  await open(page, hotel)
  await expect(card(page, '101')).toContainText('OccupiedDue out')
  await expect(card(page, '102')).toContainText('OccupiedStay-over')
  await expect(card(page, '103')).toContainText('OccupiedDue outArrival')
  await expect(card(page, '104')).toContainText('Arrival')
  await expect(card(page, '201')).not.toContainText('Arrival')
  await page.getByRole('radio', { name: /^Due out/ }).click()
  await expect(page.getByRole('listitem', { name: /^Room/ })).toHaveCount(2)
  await page.getByRole('radio', { name: /^Due out/ }).click()

  // The one goes, the other comes.
  await as(page.context(), logIns.manager)
  const stays = (await hotel.call(
    'GET',
    `/reservations?propertyId=${hotel.id}&status=CHECKED_IN`,
  )) as unknown as { id: string; roomId: string }[]
  const gone = stays.find(({ roomId }) => roomId === hotel.room('103'))
  await hotel.act(await hotel.stay(gone?.id ?? ''), 'check-out', { acceptBalance: true })
  await hotel.act(await hotel.stay(follows.id), 'check-in', { overrideDirty: true })
  await as(page.context(), logIns.housekeeping)
  await expect(card(page, '103')).not.toContainText('Due out')
  await expect(card(page, '103')).not.toContainText('Arrival')
  await expect(card(page, '103')).toContainText('Occupied')
})

test('what was tapped without a line is told as not saved, is kept, and is saved when it is wanted', async ({
  page,
  hotel,
}) => {
  await dirty(hotel, '101')
  await dirty(hotel, '102')
  await open(page, hotel)
  await expect(mark(page, 'Clean', '101')).toBeVisible()
  await page.context().setOffline(true)
  await mark(page, 'Clean', '101').click()
  await mark(page, 'Clean', '102').click()
  await expect(card(page, '101')).toContainText('Not saved: Clean')
  await expect(card(page, '101')).toContainText('Dirty')
  await expect(page.getByText('Not saved yet, room 101 and 102.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await page.context().setOffline(false)
  expect(await roomOf(hotel, '101')).toMatchObject({ status: 'VACANT_DIRTY' })
  await page.reload()
  await expect(page.getByText('Not saved yet, room 101 and 102.')).toBeVisible()
  // Somebody else was faster, and found something else.
  await set(hotel, '102', { status: 'VACANT_CLEAN', isInspected: true })
  await page.getByRole('button', { name: 'Save all now' }).click()
  await expect(page.getByText('Room 102 was changed meanwhile: it is Inspected now.')).toBeVisible()
  await expect(page.getByText('Not saved yet')).toHaveCount(0)
  await expect(card(page, '101')).toContainText('Clean')
  expect(await roomOf(hotel, '101')).toMatchObject({ status: 'VACANT_CLEAN', isInspected: false })
  expect(await roomOf(hotel, '102')).toMatchObject({ status: 'VACANT_CLEAN', isInspected: true })
})

test('rooms stand by floor, and one floor alone', async ({ page, hotel }) => {
  for (const [room, floor] of [
    ['101', '1'],
    ['102', '1'],
    ['201', '2'],
  ] as const)
    await hotel.call('PATCH', `/rooms/${hotel.room(room)}`, { floor, version: 1 })
  await open(page, hotel)
  await expect(page.getByRole('heading', { level: 2 })).toContainText(['Floor 1', 'Floor 2', 'No floor'])
  await page.getByRole('radio', { name: 'Floor 1' }).click()
  await expect(page.getByRole('listitem', { name: /^Room/ })).toHaveCount(2)
  await page.reload()
  await expect(page.getByRole('listitem', { name: /^Room/ })).toHaveCount(2)
  await page.getByRole('radio', { name: 'Floor 1' }).click()
  await expect(page.getByRole('listitem', { name: /^Room/ })).toHaveCount(6)
})

test('a room is taken out of order with a reason, and put back', async ({ page, hotel }) => {
  await hotel.book('102', 0, 2, 'Byron')
  await open(page, hotel)
  const block = async (room: string) => {
    await page.getByRole('button', { name: `More for room ${room}` }).click()
    await page.getByRole('menuitem', { name: 'Out of order' }).click()
    return page.getByRole('dialog', { name: `Room ${room}: out of order` })
  }
  const form = await block('101')
  await form.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(form.getByText('Enter a reason.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await form.getByLabel('Reason').fill('Broken window')
  await form.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(card(page, '101')).toContainText('Out of order')
  await expect(card(page, '101')).toContainText('Broken window')
  expect(await roomOf(hotel, '101')).toMatchObject({ status: 'OUT_OF_ORDER' })
  const again = await block('101')
  await expect(again.getByRole('list', { name: 'Set already' })).toContainText('Broken window')
  await expectAccessibleInBoth(page)
  await again.getByRole('button', { name: 'End it' }).click()
  await expect(again.getByRole('list', { name: 'Set already' })).toHaveCount(0)
  await again.getByRole('button', { name: 'Cancel' }).click()
  await expect(card(page, '101')).not.toContainText('Out of order')
  expect(await roomOf(hotel, '101')).not.toMatchObject({ status: 'OUT_OF_ORDER' })

  // Over a stay it is refused, and says so where one asked.
  const taken = await block('102')
  await taken.getByLabel('Reason').fill('Paint')
  await taken.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(taken.getByRole('alert')).toContainText('102')
  expect(await roomOf(hotel, '102')).toMatchObject({ status: 'VACANT_CLEAN' })
})

test('each role is offered what it may do', async ({ page, hotel }) => {
  await dirty(hotel, '101')
  await page.context().clearCookies()
  await enter(page.context(), logIns.housekeeping)
  await page.goto('/')
  await expect(page).toHaveURL(/\/housekeeping/)
  await expect(page.getByRole('navigation', { name: 'Pages' }).getByRole('link')).toHaveText(['Housekeeping'])
  await open(page, hotel)
  await page.getByRole('button', { name: 'More for room 101' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Mark inspected', 'Report what I see …', 'Give to …'])
  await page.keyboard.press('Escape')
  await as(page.context(), logIns.reader)
  await open(page, hotel)
  await expect(card(page, '101')).toContainText('Dirty')
  await expect(card(page, '101').getByRole('button')).toHaveCount(0)
})
