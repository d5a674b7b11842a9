/** Pictures of the demo: each test leaves one, and fails when what it shows is not there. */
import { type Browser, expect, type Page, type PageScreenshotOptions, test } from '@playwright/test'
import { Hotel, plus, type Stay } from './hotel'

const folder = new URL('../../docs/screenshots/', import.meta.url).pathname
const lodge = 'property=00000000000000000000000001'
const logIn = {
  email: 'manager@demo.example',
  password: process.env.PMS_DEMO_PASSWORD ?? 'welcome-to-the-demo',
}

interface Look {
  width?: number
  height?: number
  theme?: 'light' | 'dark'
  language?: 'en' | 'de' | 'ar'
  isTouch?: boolean
}

async function opened(browser: Browser, path: string, look: Look = {}): Promise<Page> {
  const { width = 1280, height = 800, theme = 'light', language = 'en', isTouch = false } = look
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: isTouch,
    isMobile: isTouch,
    reducedMotion: 'reduce',
    colorScheme: theme,
  })
  const page = await context.newPage()
  await page.addInitScript(
    ([chosen, tag]) => {
      localStorage.setItem('pms.theme', chosen)
      localStorage.setItem('pms.language', tag)
    },
    [theme, language] as const,
  )
  await page.request.post('/api/v1/pms/auth/login', { data: logIn })
  // On the dates they come after the chart.
  const marked = path.startsWith('calendar') && page.waitForResponse(/\/pms\/restrictions\?/)
  await page.goto(`/${path}${path.includes('?') ? '&' : '?'}${lodge}`)
  await page.waitForLoadState('load')
  await marked
  return page
}

async function picture(page: Page, name: string, options: PageScreenshotOptions = {}) {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled', ...options })
  await page.context().close()
}

const bars = (page: Page) => page.locator('.bar[data-item]')
const chart = async (browser: Browser, search: string, look?: Look) => {
  const page = await opened(browser, `calendar${search}`, look)
  await expect(bars(page).first()).toBeVisible({ timeout: 30_000 })
  return page
}

for (const days of [7, 14, 31, 90]) {
  test(`calendar, ${days} days`, async ({ browser }) => {
    await picture(await chart(browser, `?days=${days}`), `calendar-${days}-days`)
  })
}

test('calendar, dark', async ({ browser }) => {
  await picture(await chart(browser, '', { theme: 'dark' }), 'calendar-dark')
})

test('calendar, tablet', async ({ browser }) => {
  const page = await chart(browser, '?days=7', { width: 820, height: 1180, isTouch: true })
  await picture(page, 'calendar-tablet')
})

test('calendar, from the right', async ({ browser }) => {
  await picture(await chart(browser, '', { language: 'ar' }), 'calendar-right-to-left')
})

test('a stay in hand over one that is in its way, with the reason', async ({ browser }) => {
  const page = await chart(browser, '')
  const stays = await page.locator('.bar[data-item]').all()
  for (const stay of stays) {
    const box = await stay.boundingBox()
    if (!box || box.y < 200 || box.y > 500 || box.width < 150 || box.x < 260) continue
    await page.mouse.move(box.x + 40, box.y + box.height / 2)
    await page.mouse.down()
    for (let rows = 1; rows < 5; rows++) {
      await page.mouse.move(box.x + 40, box.y + box.height / 2 + rows * box.height, { steps: 4 })
      const ghost = page.locator('.ghost.is-bad')
      if (await ghost.isVisible().catch(() => false)) {
        await expect(ghost.locator('strong')).toBeVisible()
        await picture(page, 'calendar-drag-refused')
        return
      }
    }
    await page.keyboard.press('Escape')
    await page.mouse.up()
  }
  throw new Error('no stay could be dragged over another')
})

test('the drawer of a stay', async ({ browser }) => {
  const page = await opened(browser, 'reservations?view=inhouse')
  await page.getByRole('row').nth(2).click()
  await expect(page.getByRole('dialog').getByRole('tab').first()).toBeVisible()
  await picture(page, 'stay-drawer')
})

interface Nights {
  roomTypeId: string
  checkInDate: string
  checkOutDate: string
}

/** Nights for which a type has a room each, and no room all of them, until two other stays move. */
async function fullButForTwoMoves(hotel: Hotel): Promise<Nights> {
  const list = async <T>(path: string) => (await hotel.call('GET', path)) as unknown as T[]
  for (let ahead = 1; ahead < 90; ahead++) {
    for (const nights of [3, 4, 5, 6, 7]) {
      const [checkInDate, checkOutDate] = [plus(hotel.today, ahead), plus(hotel.today, ahead + nights)]
      const dates = `propertyId=${hotel.id}&checkInDate=${checkInDate}&checkOutDate=${checkOutDate}`
      const rooms = await list<{ roomTypeId: string; isFree: boolean }>(`/availability/rooms?${dates}`)
      const free = new Set(rooms.filter(({ isFree }) => isFree).map(({ roomTypeId }) => roomTypeId))
      const counts = await list<{ roomTypeId: string; nights: { available: number }[] }>(
        `/availability?propertyId=${hotel.id}&start=${checkInDate}&days=${nights}`,
      )
      const full = counts.filter(
        (type) => !free.has(type.roomTypeId) && type.nights.every(({ available }) => available > 0),
      )
      for (const { roomTypeId } of full) {
        const makeRoom = { roomTypeId, checkInDate, checkOutDate, features: [] }
        const plan = await hotel.post(`/properties/${hotel.id}/fit/preview`, { makeRoom })
        const [answer] = plan as unknown as { outcome: string; moveCount: number }[]
        if (answer?.outcome === 'PLAN' && answer.moveCount === 2)
          return { roomTypeId, checkInDate, checkOutDate }
      }
    }
  }
  throw new Error('no stay of the demo needs two moves')
}

test('a plan that makes room by two moves', async ({ browser }) => {
  test.setTimeout(300_000)
  const page = await opened(browser, 'calendar')
  const hotel = await Hotel.known(page.request, lodge.split('=')[1] ?? '')
  const nights = await fullButForTwoMoves(hotel)
  const waiting = (await hotel.post('/reservations', {
    propertyId: hotel.id,
    ...nights,
    adults: 1,
    overrideRestrictions: true,
    primaryGuestJson: { firstName: 'Ada', lastName: 'Lovelace' },
  })) as unknown as Stay
  await page.goto(`/calendar?${lodge}&start=${plus(nights.checkInDate, -2)}&stay=${waiting.id}`)
  await page.getByRole('button', { name: 'Find a room…' }).click()
  await expect(page.getByRole('dialog', { name: /^A room for/ })).toContainText('2 stays move')
  try {
    await picture(page, 'make-room')
  } finally {
    // The other pictures are of the house as it was.
    const again = await browser.newContext()
    await again.request.post('/api/v1/pms/auth/login', { data: logIn })
    await (await Hotel.known(again.request, hotel.id)).act(waiting, 'cancel')
    await again.close()
  }
})

test('the drawer of a new booking', async ({ browser }) => {
  const page = await opened(browser, 'reservations?book=new')
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: /Room type/ }).click()
  await page.getByRole('option').nth(1).click()
  await expect(form.getByRole('region', { name: 'Price' })).toBeVisible()
  await form.getByRole('textbox', { name: 'Last name' }).fill('silv')
  await expect(form.getByText('Known already?')).toBeVisible()
  await picture(page, 'book-drawer')
})

test('the list of reservations', async ({ browser }) => {
  const page = await opened(browser, 'reservations')
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  await picture(page, 'reservations')
})

test('the guests', async ({ browser }) => {
  const page = await opened(browser, 'guests?q=silva')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await picture(page, 'guests')
})

test('the grid of prices', async ({ browser }) => {
  const page = await opened(browser, 'set-up/rates')
  await expect(page.locator('[data-cell="1,4"]')).toHaveText(/\d/)
  await page.locator('[data-cell="1,4"]').click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await picture(page, 'set-up-prices')
})

test('the account of a stay', async ({ browser }) => {
  const page = await opened(browser, 'reservations?view=inhouse')
  await page.getByRole('row').nth(2).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('tab', { name: 'Account' }).click()
  await expect(drawer.getByText('Balance').first()).toBeVisible()
  await picture(page, 'account')
})

test('the front desk', async ({ browser }) => {
  const page = await opened(browser, 'front-desk')
  await expect(page.getByRole('main').getByRole('listitem').nth(2)).toBeVisible()
  await picture(page, 'front-desk')
})

test('housekeeping on a telephone', async ({ browser }) => {
  const page = await opened(browser, 'housekeeping', { width: 390, height: 844, isTouch: true })
  await expect(page.getByRole('main').getByRole('listitem').nth(2)).toBeVisible()
  await picture(page, 'housekeeping-telephone')
})

test('the close of the day', async ({ browser }) => {
  const page = await opened(browser, 'day-close')
  await expect(page.getByRole('row').nth(2)).toBeVisible()
  await picture(page, 'day-close')
})

test('the taxes', async ({ browser }) => {
  const page = await opened(browser, 'set-up/taxes')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await picture(page, 'set-up-taxes')
})

test('occupancy among the reports', async ({ browser }) => {
  const page = await opened(browser, 'reports?report=occupancy')
  await expect(page.getByRole('img', { name: 'Occupancy' }).locator('rect').nth(6)).toBeVisible()
  await picture(page, 'reports-occupancy')
})

test('the policies', async ({ browser }) => {
  const page = await opened(browser, 'set-up/policies')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await picture(page, 'set-up-policies')
})

test('the packages', async ({ browser }) => {
  const page = await opened(browser, 'set-up/packages')
  await page.getByRole('row', { name: /Breakfast/ }).click()
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(7)
  await picture(page, 'set-up-packages')
})

test('what can be sold, and why not', async ({ browser }) => {
  const page = await opened(browser, 'offers?nights=3')
  await expect(page.getByRole('grid').getByRole('button').first()).toBeVisible()
  await picture(page, 'offers')
})

test('what may be sold on a date', async ({ browser }) => {
  const page = await chart(browser, '?days=14')
  await page
    .getByRole('link', { name: /^Restrictions/ })
    .first()
    .click()
  await expect(page.getByRole('dialog').getByRole('switch').first()).toBeVisible()
  await picture(page, 'restrictions')
})
