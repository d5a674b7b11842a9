import { furnish } from './drawing'
import { expect, plus, test } from './hotel'
import { hands, Tape } from './tape'

const columns = (tape: Tape) => tape.grid.getByRole('columnheader')
const long = (day: string) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** The day that stands first beside the rooms. */
async function expectFirst(tape: Tape, day: string): Promise<void> {
  const first = () =>
    tape.grid.evaluate((grid) => {
      const corner = grid.querySelector('[role=columnheader][aria-colindex="1"]')?.getBoundingClientRect()
      const days = [...grid.querySelectorAll('[role=columnheader]:not([aria-colindex="1"])')]
      const seen = days.find((one) => one.getBoundingClientRect().left > (corner?.right ?? 0) - 8)
      return seen?.getAttribute('aria-label') ?? ''
    })
  const words = [
    /\w+day/,
    new RegExp(
      long(day)
        .replace(/^\w+, /, '')
        .replace(/, \d+$/, ''),
    ),
  ]
  for (const word of words) await expect.poll(first).toMatch(word)
}

test('by the address it opens where the link says', async ({ page, hotel }) => {
  await furnish(hotel, '101 |AA.....')
  const tape = new Tape(page, hotel)
  const start = plus(hotel.today, 40)
  await tape.open(`&start=${start}&days=7`)
  await expectFirst(tape, start)
  await expect(page.getByRole('radio', { name: '7', exact: true })).toBeChecked()
})

test('a link that is not right opens as usual', async ({ page, hotel }) => {
  const tape = await new Tape(page, hotel).open('&start=2027-13-45&days=8&status=NONE')
  await expectFirst(tape, hotel.today)
})

for (const hand of hands) {
  test.describe(`by ${hand}`, () => {
    const week = (tape: Tape, way: 'later' | 'earlier') =>
      hand === 'pointer'
        ? tape.page.getByRole('button', { name: `A week ${way}` }).click()
        : tape.press(way === 'later' ? ']' : '[')

    test('a week on, a week back, and today', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      if (hand === 'keys') await tape.focus('101@0')
      await week(tape, 'later')
      await expectFirst(tape, plus(hotel.today, 7))
      await expect(page).toHaveURL(new RegExp(`start=${plus(hotel.today, 7)}`))
      await week(tape, 'later')
      await week(tape, 'earlier')
      await week(tape, 'later')
      await expectFirst(tape, plus(hotel.today, 14))
      await tape.reload()
      await expectFirst(tape, plus(hotel.today, 14))
      if (hand === 'pointer') await page.getByRole('button', { name: 'Today', exact: true }).click()
      else await tape.press('t')
      await expectFirst(tape, hotel.today)
      await expect(page).not.toHaveURL(/start=/)
    })

    test('it jumps to a date', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await page.getByRole('button', { name: 'Go to a date' }).click()
      else {
        await tape.focus('101@0')
        await tape.press('d')
      }
      const picker = page.getByRole('dialog', { name: 'Go to a date' })
      await expect(picker).toBeVisible()
      if (hand === 'pointer') {
        await picker.getByRole('button', { name: /Next/ }).first().click()
        await picker
          .getByRole('button', { name: /\b15\b/ })
          .last()
          .click()
      } else {
        await expect(picker.getByRole('gridcell').locator(':focus')).toBeVisible()
        await tape.press('PageDown')
        await tape.press('Enter')
      }
      await expect(picker).toBeHidden()
      await expect(page).toHaveURL(/start=20/)
      const start = new URL(page.url()).searchParams.get('start') ?? ''
      expect(start > plus(hotel.today, 10)).toBe(true)
      await expectFirst(tape, start)
    })

    test('7, 14, 31 and 90 days are shown', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      const zoom = page.getByRole('radiogroup', { name: 'Days on screen' })
      if (hand === 'keys') await zoom.getByRole('radio', { name: '14' }).focus()
      const widths: number[] = []
      for (const days of ['31', '90', '7']) {
        if (hand === 'pointer') await zoom.getByText(days, { exact: true }).click()
        else {
          if (days === '7') await tape.press('ArrowLeft', 3)
          else await tape.press('ArrowRight')
          await tape.press('Space')
        }
        await expect(zoom.getByRole('radio', { name: days })).toBeChecked()
        await expect(page).toHaveURL(new RegExp(`days=${days}`))
        await expect(tape.grid.locator('[aria-current=date]')).toBeVisible()
        widths.push((await tape.grid.locator('[aria-current=date]').boundingBox())?.width ?? 0)
      }
      expect(widths[0]).toBeGreaterThan(widths[1] ?? 0)
      expect(widths[2]).toBeGreaterThan(widths[0] ?? 0)
      await tape.reload()
      await expect(zoom.getByRole('radio', { name: '7', exact: true })).toBeChecked()
      await expectFirst(tape, hotel.today)
    })

    if (hand === 'keys') {
      test('Esc leads from the field back to the cell, and nothing is not looked for', async ({
        page,
        hotel,
      }) => {
        await furnish(hotel, '101 |.AA....')
        const tape = await new Tape(page, hotel).open()
        const find = page.getByRole('searchbox', { name: /guest, number or room/i })
        for (const text of ['', 'arch']) {
          await tape.focus('101@1')
          await tape.press('/')
          await expect(find).toBeFocused()
          await page.keyboard.type(text)
          await tape.press('Escape')
          await expect(find).toHaveValue('')
          await expect(tape.bar('A')).toBeFocused()
          await tape.press('ArrowDown')
          await expect(tape.row('102').locator(':focus')).toBeVisible()
        }
        await tape.press('/')
        await tape.press('Enter')
        await tape.settled()
        await expect(find).toBeFocused()
        await expect(page).not.toHaveURL(/stay=/)
      })
    }

    test('a guest and a room are found', async ({ page, hotel }) => {
      const stay = await hotel.book('202', 60, 62, 'Nightingale')
      await furnish(hotel, '101 |.AA....\n103 |..BB...')
      const tape = await new Tape(page, hotel).open()
      const find = page.getByRole('searchbox', { name: /guest, number or room/i })
      const search = async (text: string) => {
        if (hand === 'pointer') await find.click()
        else {
          await tape.focus('101@0')
          await tape.press('/')
        }
        await expect(find).toBeFocused()
        await find.fill(text)
        await page.keyboard.press('Enter')
      }
      await search('baker')
      await expect(tape.bar('B')).toBeFocused()
      await expect(page).toHaveURL(/q=baker/)
      await search('202')
      await expect(tape.row('202').locator(':focus')).toBeVisible()
      await search('nobody at all')
      await expect(tape.notice(/Nothing found for .nobody at all/)).toBeVisible()
      await search(stay.confirmationNumber)
      await expect(page).toHaveURL(new RegExp(`stay=${stay.id}`))
      await expect(tape.grid.locator('[role=gridcell]', { hasText: 'Nightingale' })).toBeVisible()
      // The drawer lies over the chart, which stands at the arrival, also when it has come to rest.
      await tape.settled(600)
      await expectFirst(tape, stay.checkInDate)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
      await tape.settled(600)
      await expectFirst(tape, stay.checkInDate)
      await expect(page).toHaveURL(new RegExp(`start=${stay.checkInDate}`))
    })
  })
}

test('the wheel scrolls through the months, and the address follows', async ({ page, hotel }) => {
  await hotel.book('103', 38, 41, 'Archer')
  const tape = await new Tape(page, hotel).open()
  const { x, y } = await tape.point('101@3')
  await page.mouse.move(x, y)
  for (let n = 0; n < 30 && !(await tape.bar('A').isVisible()); n += 1) {
    await page.mouse.wheel(300, 0)
    // As long as it takes to come to rest and to read what is in sight: else a slow machine scrolls past it.
    await page.waitForTimeout(400)
  }
  await expect(tape.bar('A')).toBeVisible()
  await expect(page).toHaveURL(/start=20/)
  await tape.reload()
  await expect(tape.bar('A')).toBeVisible()
  expect(await columns(tape).count()).toBeLessThan(60)
})

test.describe('from right to left', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('pms.language', 'ar'))
  })

  for (const hand of hands) {
    test(`by ${hand} a stay is moved and stretched along the text`, async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
      const [one, two] = [await tape.point('101@1'), await tape.point('101@2')]
      expect(two.x).toBeLessThan(one.x)
      await tape.shows('101 |.AA....')
      await tape.move(hand, 'A', '103@3')
      await tape.keeps('101 |.......\n103 |...AA..')
      await tape.resize(hand, 'A', 'end', 2)
      await tape.keeps('103 |...AAAA')
      await tape.resize(hand, 'A', 'start', -2)
      await tape.keeps('103 |.AAAAAA')
    })
  }

  test('numbers are written in the digits of the language', async ({ page, hotel }) => {
    await furnish(hotel, '101 |.AA....\nSTD |...BB..')
    const tape = await new Tape(page, hotel).open()
    const names = await tape.grid
      .locator('[role=gridcell], [role=columnheader]')
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? cell.textContent))
    expect(names.filter((name) => /[0-9]/.test(name))).toEqual([])
    expect(names.filter((name) => /[٠-٩]/.test(name)).length).toBeGreaterThan(20)
    const types = await tape.grid
      .locator('.chart-row.is-group [role=rowheader], .is-lane [role=rowheader]')
      .allTextContents()
    expect(types.filter((name) => /[0-9]/.test(name))).toEqual([])
  })

  test('the arrow to the left goes on in time, the one to the right back', async ({ page, hotel }) => {
    await furnish(hotel, '101 |.AA....')
    const tape = await new Tape(page, hotel).open()
    await tape.focus('101@0')
    await tape.press('ArrowLeft')
    await expect(tape.bar('A')).toBeFocused()
    await tape.press('ArrowLeft')
    await tape.press('ArrowRight')
    await expect(tape.bar('A')).toBeFocused()
  })
})

test('for who wants no motion the chart stays where it is while its neighbours come', async ({
  page,
  hotel,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1500, height: 900 })
  const tape = await new Tape(page, hotel).open('&days=7')
  const begun = () => tape.grid.evaluate((grid) => grid.scrollLeft)
  // The nights before it are there when it has been put behind them.
  await expect.poll(begun).toBeGreaterThan(20 * (1_500 / 7))
  await expectFirst(tape, hotel.today)
})
