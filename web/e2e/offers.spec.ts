import { expectAccessibleInBoth } from './axe'
import { enter, expect, Hotel, type Json, logIns, plus, tabTo, test } from './hotel'

interface Offer {
  roomTypeId: string
  ratePlanId: string
  checkInDate: string
  isAvailable: boolean
  price: { totalCents: number } | null
}

const dollars = (cents: number) =>
  (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })

/** Beside the plan of the house one that is cheaper, and breakfast with it. */
async function withSaver(hotel: Hotel): Promise<Json> {
  const plan = await hotel.post('/rate-plans', { propertyId: hotel.id, code: 'SAVE', name: 'Saver' })
  const prices = ['STD', 'STE'].map((code, n) =>
    hotel.call('PUT', `/rate-plans/${plan.id}/prices`, {
      roomTypeId: hotel.types.get(code),
      startDate: plus(hotel.today, -1),
      endDate: plus(hotel.today, 60),
      nightlyBaseCents: 80_00 + n * 40_50,
    }),
  )
  await Promise.all(prices)
  await hotel.post('/tax-rules', {
    propertyId: hotel.id,
    code: 'CITY',
    name: 'City tax',
    kind: 'FIXED_PERSON_NIGHT',
    amountCents: 2_00,
    isInclusive: false,
    validFrom: plus(hotel.today, -1),
  })
  return plan
}

const restrict = (hotel: Hotel, from: number, to: number, set: Json, more: Json = {}) =>
  hotel.call('PUT', '/restrictions', {
    propertyId: hotel.id,
    changes: [{ startDate: plus(hotel.today, from), endDate: plus(hotel.today, to), set, ...more }],
  })

test('a search shows what the API answers, follows what is typed, and stands in the URL', async ({
  page,
  hotel,
}) => {
  await withSaver(hotel)
  await hotel.book('201', 0, 9, 'Byron')
  await hotel.book('202', 1, 2, 'Noether')
  await page.goto(`/offers?property=${hotel.id}`)
  const table = page.getByRole('grid', { name: 'Offers' })
  await expect(table).toBeVisible()
  await page.getByRole('button', { name: 'One night more' }).click()
  await page.getByRole('button', { name: 'One child more' }).click()
  // Without an age there is no price, and what was found for others is nobody's offer.
  await expect(page.getByText('Prices follow the age.')).toBeVisible()
  await expect(page.getByText('Complete the search to see what can be sold')).toBeVisible()
  await expect(table).toHaveCount(0)
  await page.getByRole('button', { name: /Age of child 1/ }).click()
  await page.getByRole('option', { name: '9', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: '2 nights · 3 persons' })).toBeVisible()

  const query = `propertyId=${hotel.id}&arrival=${hotel.today}&nights=2&adults=2&children=9&flexibleDays=3`
  const { offers } = (await hotel.call('GET', `/offers?${query}`)) as unknown as { offers: Offer[] }
  const shown = offers.filter(({ checkInDate }) => checkInDate >= hotel.today)
  expect(shown).toHaveLength(2 * 2 * 4)
  const cells = table.getByRole('gridcell')
  await expect(cells).toHaveCount(shown.length)
  // By type, then plan, then date.
  const rank = (one: Offer) => [...hotel.types.values()].indexOf(one.roomTypeId) + one.ratePlanId
  const names = new Map(offers.map((one) => [rank(one), one.ratePlanId]))
  expect(names.size).toBe(4)
  const rows = table.getByRole('row').filter({ has: page.getByRole('gridcell') })
  for (const [row, type, plan] of [
    [0, 'STD', 'Best available'],
    [1, 'STD', 'Saver'],
    [2, 'STE', 'Best available'],
    [3, 'STE', 'Saver'],
  ] as const) {
    await expect(rows.nth(row).getByRole('rowheader')).toContainText(plan)
    const ofType = shown.filter(({ roomTypeId }) => roomTypeId === hotel.types.get(type))
    const plans = [...new Set(ofType.map(({ ratePlanId }) => ratePlanId))]
    const told = ofType
      .filter(({ ratePlanId }) => ratePlanId === plans[row % 2])
      .map((one) => (one.isAvailable ? dollars(one.price?.totalCents ?? 0) : 'Sold out'))
    await expect(rows.nth(row).getByRole('gridcell')).toContainText(told)
  }
  // The last room of a suite is sold tonight and tomorrow, and 80 dollars and 3 times 2 of tax are the least.
  await expect(table.getByRole('button', { name: 'Sold out' })).toHaveCount(4)
  await expect(table.getByRole('button', { name: '$172.00 Lowest price' })).toHaveCount(1)
  await expectAccessibleInBoth(page)

  await page.reload()
  await expect(table.getByRole('button', { name: '$172.00 Lowest price' })).toHaveCount(1)
  await page.getByRole('button', { name: /Days around/ }).click()
  await page.getByRole('option', { name: 'This date alone' }).click()
  await expect(cells).toHaveCount(4)
})

test('a cell says which rule refuses it, and what is nearest is taken by the keyboard and booked', async ({
  page,
  hotel,
}) => {
  const saver = await withSaver(hotel)
  await restrict(hotel, 2, 3, { minStayArrival: 3 }, { roomTypeId: hotel.types.get('STD') })
  const arrival = plus(hotel.today, 2)
  await page.goto(
    `/offers?property=${hotel.id}&arrival=${arrival}&nights=1&adults=2&children=2&ages=4%2C9&around=1`,
  )
  const table = page.getByRole('grid', { name: 'Offers' })
  await expect(table.getByRole('button', { name: 'Min. 3 nights' })).toHaveCount(2)
  // One tab stop, at the date that was asked for; a row below is the other plan.
  await expect(table.locator('button[tabindex="0"]')).toHaveCount(1)
  await tabTo(page, table.locator('button[tabindex="0"]'))
  await page.keyboard.press('ArrowDown')
  await expect(table.getByRole('button', { name: 'Min. 3 nights' }).nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Standard · Saver' })
  const why = panel.getByRole('list', { name: 'Why it cannot be booked' })
  await expect(why).toContainText('Min. 3 nights')
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
  await expect(why).toContainText(
    `Shortest stay with arrival on ${day.format(Date.parse(arrival))}: 3 nights · this room type`,
  )
  const instead = panel.getByRole('list', { name: 'What can be booked instead' })
  await expect(instead.getByRole('listitem')).toContainText([
    /Another date.*1 night\$88\.00/,
    /Another length of stay.*3 nights\$264\.00/,
    /Another room type.*Suite\$128\.50/,
  ])
  await expectAccessibleInBoth(page)

  await tabTo(page, instead.getByRole('button', { name: /Another length of stay/ }))
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('region', { name: 'Price' })).toContainText('$264.00')
  await expect(page).toHaveURL(/nights=3/)
  await expect(panel).toContainText('Nothing is paid ahead.')
  await expectAccessibleInBoth(page)
  await expect(panel.getByRole('button', { name: 'Book' })).toBeFocused()
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: 'New reservation' })
  await expect(form.getByRole('region', { name: 'Price' })).toContainText('$264.00')
  await expect(form.getByRole('button', { name: /Rate plan/ })).toContainText('Saver')
  await tabTo(page, form.getByRole('textbox', { name: 'Last name' }))
  await page.keyboard.type('Lovelace')
  await tabTo(page, form.getByRole('button', { name: 'Book' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Lovelace' })).toBeVisible()
  const id = new URL(page.url()).searchParams.get('stay') ?? ''
  expect(await hotel.stay(id)).toMatchObject({
    roomTypeId: hotel.types.get('STD'),
    ratePlanId: saver.id,
    checkInDate: arrival,
    checkOutDate: plus(arrival, 3),
    adults: 2,
    children: 2,
    childAges: [4, 9],
    totalCents: 264_00,
  })
  // The table behind it knows of it.
  await page.keyboard.press('Escape')
  await expect(table.getByText('3 left to sell')).toBeVisible()
})

test('a change that the table has needs no other search, and without prices nothing can be had', async ({
  page,
  hotel,
}) => {
  await restrict(hotel, 0, 1, { isClosed: true, closedToArrival: true })
  await page.goto(`/offers?property=${hotel.id}&nights=1`)
  const table = page.getByRole('grid', { name: 'Offers' })
  await table.getByRole('button', { name: 'Closed' }).first().click()
  const panel = page.getByRole('dialog', { name: 'Standard · Best available' })
  const why = panel.getByRole('list', { name: 'Why it cannot be booked' }).getByRole('listitem')
  await expect(why).toContainText([/^Closed/, /^Closed to arrival/])
  await panel.getByRole('button', { name: /Another date/ }).click()
  await expect(panel.getByRole('button', { name: 'Book' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(table.getByRole('columnheader', { name: /^Asked for/ })).toHaveCount(1)
  await expect(page).not.toHaveURL(/arrival/)
  await page.goto(`/offers?property=${hotel.id}&arrival=${plus(hotel.today, 500)}&around=0`)
  await table.getByRole('button', { name: 'No price' }).first().click()
  await expect(panel).toContainText('Nothing near it can be booked at this plan.')
  await expectAccessibleInBoth(page)
})

test('who may only look cannot book, and who sees no reservations sees no offers', async ({ page }) => {
  await enter(page.context(), logIns.manager)
  const hotel = await Hotel.open(page.request)
  const policy = (kind: string, terms: Json) =>
    hotel.post('/policies', { propertyId: hotel.id, kind, code: kind, name: kind, isDefault: true, ...terms })
  await policy('DEPOSIT', { deposit: { amount: { kind: 'PERCENT', percent: '30' } } })
  const half = { kind: 'PERCENT', percent: '50' }
  const tier = { unit: 'DAYS', before: 2, at: '18:00', fee: { kind: 'NOTHING' } }
  await policy('CANCELLATION', { cancellation: { tiers: [tier], afterwards: half } })
  await hotel.post('/packages', {
    propertyId: hotel.id,
    code: 'BB',
    name: 'Breakfast',
    isIncluded: true,
    ratePlanId: ((await hotel.call('GET', `/rate-plans?propertyId=${hotel.id}`)) as unknown as Json[])[0]?.id,
    items: [
      { name: 'Breakfast', postingRhythm: 'EVERY_NIGHT', amountCents: 15_00, priceBasis: 'PERSON_NIGHT' },
    ],
  })
  await page.context().clearCookies()
  await enter(page.context(), logIns.reader)
  await page.goto(`/offers?property=${hotel.id}&arrival=${plus(hotel.today, 5)}&around=0`)
  await page.getByRole('grid').getByRole('button', { name: '$100.00' }).first().click()
  const panel = page.getByRole('dialog', { name: 'Standard · Best available' })
  await expect(panel.getByRole('region', { name: 'Price' })).toContainText('$100.00')
  await expect(panel).toContainText('With the plan: Breakfast')
  await expect(panel).toContainText(/Deposit\$30\.00, due on/)
  await expect(panel).toContainText(/Until .*6:00.PM: free of chargeAfter that: \$50\.00/)
  await expectAccessibleInBoth(page)
  await expect(panel.getByRole('button', { name: 'Book' })).toHaveCount(0)
  await page.context().clearCookies()
  await enter(page.context(), logIns.housekeeping)
  await page.goto(`/offers?property=${hotel.id}`)
  await expect(page.getByRole('heading', { name: 'You may not see this' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Offers' })).toHaveCount(0)
})

test('a hotel without plans has nothing to sell, and without the server the page says so', async ({
  page,
  hotel,
}) => {
  const house = await hotel.post('/properties', { name: 'Bare', timezone: 'UTC', currency: 'EUR' })
  await page.goto(`/offers?property=${house.id}`)
  await expect(page.getByRole('heading', { name: 'Nothing to sell yet' })).toBeVisible()
  await expectAccessibleInBoth(page)
  await page.goto(`/offers?property=${hotel.id}`)
  await expect(page.getByRole('grid').getByRole('button', { name: '$100.00' }).first()).toBeVisible()
  await page.route('**/api/v1/pms/offers?*', (route) => route.abort())
  await page.getByRole('button', { name: 'One night more' }).click()
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached')
  await page.unroute('**/api/v1/pms/offers?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('grid').getByRole('button', { name: '$200.00' }).first()).toBeVisible()
})

for (const [language, back] of [
  ['en', 'ArrowLeft'],
  ['ar', 'ArrowRight'],
] as const) {
  test(`on a telephone the table begins with the date asked for, and the names stay: ${language}`, async ({
    page,
    hotel,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.addInitScript((tag) => localStorage.setItem('pms.language', tag), language)
    await page.goto(`/offers?property=${hotel.id}&arrival=${plus(hotel.today, 5)}`)
    const table = page.getByRole('grid')
    const name = table.getByRole('rowheader').filter({ hasText: 'Best available' }).first()
    const isBeside = async (column: number) => {
      const [cell, side] = await Promise.all([
        table.locator(`[data-cell="0,${column}"]`).boundingBox(),
        name.boundingBox(),
      ])
      if (!cell || !side) return false
      const isAfter =
        language === 'en' ? cell.x >= side.x + side.width - 1 : cell.x + cell.width <= side.x + 1
      return isAfter && cell.x >= 0 && cell.x + cell.width <= 390
    }
    await expect.poll(() => isBeside(3)).toBe(true)
    expect(await isBeside(0)).toBe(false)
    await table.locator('[data-cell="0,3"]').focus()
    for (const column of [2, 1, 0]) {
      await page.keyboard.press(back)
      await expect(table.locator(`[data-cell="0,${column}"]`)).toBeFocused()
      await expect.poll(() => isBeside(column)).toBe(true)
    }
  })
}

test('by the keyboard no cell goes under the dates', async ({ page, hotel }) => {
  for (let n = 0; n < 14; n++)
    await hotel.post('/rate-plans', { propertyId: hotel.id, code: `P${n}`, name: `Plan ${n}` })
  await page.goto(`/offers?property=${hotel.id}&around=0`)
  const table = page.getByRole('grid')
  await table.locator('[data-cell="0,0"]').focus()
  await page.keyboard.press('Control+End')
  await expect(table.locator('[data-cell="29,0"]')).toBeFocused()
  const head = await table.getByRole('columnheader').first().boundingBox()
  for (let row = 28; row >= 0; row--) {
    await page.keyboard.press('ArrowUp')
    const cell = await table.locator(`[data-cell="${row},0"]`).boundingBox()
    expect(cell?.y, `${row}`).toBeGreaterThanOrEqual((head?.y ?? 0) + (head?.height ?? 0) - 1)
  }
})
