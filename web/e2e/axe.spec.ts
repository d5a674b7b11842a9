import type { Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { expect, type Hotel, type Json, test } from './hotel'

interface House {
  hotel: Hotel
  guest: Json
  stay: Json
}

const house = async (hotel: Hotel): Promise<House> => {
  const guest = await hotel.post('/guests', {
    propertyId: hotel.id,
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@example.com',
    preferencesJson: { Pillow: 'two, soft' },
  })
  const stay = await hotel.book('101', 0, 14, 'Lovelace', { guestId: guest.id, guestNotes: 'late' })
  await hotel.book(null, 1, 2, 'Byron', { status: 'HOLD' })
  await hotel.act(await hotel.book('102', 3, 5, 'Curie'), 'cancel', { reason: 'ill' })
  return { hotel, guest, stay: stay as unknown as Json }
}

const everyPage = ({ guest, stay }: House) => [
  'front-desk',
  'front-desk?list=unassigned',
  `front-desk/card/${stay.id}`,
  'housekeeping',
  'reservations',
  'reservations?view=inhouse',
  'offers?nights=2&children=2&ages=4,9',
  'guests',
  'accounts',
  'day-close',
  'reports?report=audit',
  `guests/${guest.id}`,
  'set-up/property',
  'set-up/room-types',
  'set-up/rooms',
  'set-up/rates',
  'set-up/packages',
  'set-up/restrictions',
  'set-up/overbooking',
  'set-up/taxes',
  'set-up/users',
  'set-up/api-keys',
  'nowhere',
]

async function visit(page: Page, { hotel }: House, path: string) {
  await page.goto(`/${path}${path.includes('?') ? '&' : '?'}property=${hotel.id}`)
  await expect(page.locator('h1, h2').first()).toBeVisible()
  await isThere(page)
}

/** Nothing is still on its way. */
const isThere = (page: Page) => expect(page.locator('[aria-busy=true]')).toHaveCount(0)

/** Each tab of the stay, and the form of a new one. */
async function drawers(page: Page, made: House) {
  await visit(page, made, `reservations?stay=${made.stay.id}`)
  const tabs = page.getByRole('dialog').getByRole('tab')
  await expect(tabs).toHaveCount(4)
  for (let n = 0; n < 4; n++) {
    await tabs.nth(n).click()
    await isThere(page)
    await expectAccessible(page)
  }
  await visit(page, made, 'reservations?book=new')
  await expect(page.getByRole('dialog')).toBeVisible()
  await isThere(page)
  await expectAccessible(page)
}

for (const [look, language] of [
  ['light', 'en'],
  ['dark', 'de'],
  ['light', 'ar'],
] as const) {
  test(`nothing is known to be in the way of anyone on any page, ${look}, ${language}`, async ({
    page,
    hotel,
  }) => {
    test.setTimeout(180_000)
    const made = await house(hotel)
    await page.addInitScript(
      ([theme, tag]) => {
        localStorage.setItem('pms.theme', theme)
        localStorage.setItem('pms.language', tag)
      },
      [look, language] as const,
    )
    for (const path of everyPage(made)) {
      await test.step(path, async () => {
        await visit(page, made, path)
        await expectAccessible(page)
      })
    }
    await drawers(page, made)
  })
}

test('no page is wider than a telephone, and a stay is booked on it', async ({ page, hotel }) => {
  test.slow()
  const made = await house(hotel)
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of [...everyPage(made), `reservations?stay=${made.stay.id}`]) {
    await visit(page, made, path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(390)
  }
  await visit(page, made, 'reservations')
  await page.getByRole('button', { name: 'New reservation' }).click()
  const form = page.getByRole('dialog', { name: 'New reservation' })
  await form.getByRole('button', { name: /Room type/ }).click()
  await page.getByRole('option', { name: /Suite/ }).click()
  await form.getByRole('textbox', { name: 'Last name' }).fill('Noether')
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(page.getByRole('dialog', { name: 'Noether' })).toBeVisible()
})
