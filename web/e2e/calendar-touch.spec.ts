import { furnish } from './drawing'
import { expect, test } from './hotel'
import { type At, Tape } from './tape'

test.use({ hasTouch: true, viewport: { width: 1024, height: 768 } })

const RESTED_MS = 700

/** A finger that rests first when `ms` is given. */
async function swipe(tape: Tape, from: At, to: At, ms = 0): Promise<void> {
  const [start, end] = [await tape.point(from), await tape.point(to)]
  const finger = await tape.page.context().newCDPSession(tape.page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
  await touch('touchStart', start)
  await tape.page.waitForTimeout(ms)
  for (let n = 1; n <= 6; n += 1) {
    const along = (key: 'x' | 'y') => start[key] + ((end[key] - start[key]) * n) / 6
    await touch('touchMove', { x: along('x'), y: along('y') })
  }
  await touch('touchEnd')
}

test('a finger that rests on a bar takes it along', async ({ page, hotel }) => {
  await furnish(hotel, '101 |.AA....')
  const tape = await new Tape(page, hotel).open()
  await swipe(tape, '101@1', '103@3', RESTED_MS)
  await tape.keeps('101 |.......\n103 |...AA..')
})

test('a finger that rests and lifts opens the menu', async ({ page, hotel }) => {
  await furnish(hotel, '101 |.AA....\n103 |.##....')
  const tape = await new Tape(page, hotel).open()
  const rest = async (x: number, y: number) => {
    const finger = await page.context().newCDPSession(page)
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
    await page.waitForTimeout(RESTED_MS)
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  const menu = page.getByRole('menu')
  const close = async () => {
    await page.keyboard.press('Escape')
    await expect(menu).toBeHidden()
  }
  for (const [at, entry] of [
    ['101@1', 'Check in today …'],
    ['102@1', 'Book from here'],
    ['103@1', 'Put on sale again'],
  ] as const) {
    const { x, y } = await tape.point(at)
    await rest(x, y)
    await expect(menu.getByRole('menuitem', { name: entry })).toBeVisible()
    const box = await menu.boundingBox()
    expect(Math.abs((box?.x ?? 0) - x)).toBeLessThan(200)
    await close()
  }
  const head = await tape.head('104').boundingBox()
  await rest((head?.x ?? 0) + 20, (head?.y ?? 0) + 20)
  await expect(menu.getByRole('menuitem', { name: 'Mark dirty' })).toBeVisible()
  await menu.getByRole('menuitem', { name: 'Mark dirty' }).tap()
  await expect(tape.head('104')).toHaveAccessibleName(/Dirty/)
  await tape.keeps('101 |.AA....\n103 |.##....')
})

test('everything that is tapped is high enough for a finger', async ({ page, hotel }) => {
  await furnish(hotel, '101 |.AA....')
  const tape = await new Tape(page, hotel).open()
  const small = await page
    .locator('main button:visible, main [role=radio]:visible, main label:visible, .chart-row-head')
    .evaluateAll((all) =>
      all.flatMap((one) => {
        const { width, height } = one.getBoundingClientRect()
        return width > 2 && (height < 44 || width < 44)
          ? [`${one.outerHTML.slice(0, 120)}: ${width} × ${height}`]
          : []
      }),
    )
  expect(small).toEqual([])
  // A bar is hit on the whole height of its row.
  const { x, y } = await tape.point('101@1')
  const hit = await page.evaluate(
    ({ x, y }) =>
      [-20, 0, 20].map((by) => document.elementFromPoint(x, y + by)?.closest('[data-item]') !== null),
    { x, y },
  )
  expect(hit).toEqual([true, true, true])
  await tape.menu('keys', '101@1')
  const items = await page
    .getByRole('menuitem')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
  expect(Math.round(Math.min(...items))).toBeGreaterThanOrEqual(44)
})

test('a finger that does not rest scrolls', async ({ page, hotel }) => {
  await furnish(hotel, '101 |.AA....')
  const tape = await new Tape(page, hotel).open()
  await swipe(tape, '101@5', '101@1')
  await tape.settled()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await tape.today()
  await tape.keeps('101 |.AA....')
})

test('a tap on a free night books it', async ({ page, hotel }) => {
  const tape = await new Tape(page, hotel).open()
  const { x, y } = await tape.point('102@2')
  await page.touchscreen.tap(x, y)
  await expect(page.getByRole('dialog', { name: 'New booking' })).toContainText('$100.00')
})

test('rows are high enough for a finger', async ({ page, hotel }) => {
  await furnish(hotel, '101 |.AA....')
  const tape = await new Tape(page, hotel).open()
  const [one, two] = [await tape.point('101@1'), await tape.point('102@1')]
  expect(two.y - one.y).toBeGreaterThanOrEqual(44)
})

test('where a type has a long name, it is cut and the number of its rooms is not', async ({
  page,
  hotel,
}) => {
  await page.setViewportSize({ width: 820, height: 1180 })
  await hotel.call('PATCH', `/room-types/${hotel.types.get('STD')}`, {
    name: 'Queen deluxe with a balcony',
    version: 1,
  })
  const tape = await new Tape(page, hotel).open()
  const head = tape.grid.locator('.is-group .row-face').first()
  const isCut = (part: string) => head.locator(part).evaluate((one) => one.scrollWidth > one.clientWidth)
  await expect(head.locator('.row-name')).toHaveText('Queen deluxe with a balcony')
  expect(await isCut('.row-name')).toBe(true)
  expect(await isCut('.row-note')).toBe(false)
  await expect(head.locator('.row-note')).toHaveText('4')
})
