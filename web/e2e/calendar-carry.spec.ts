import { furnish } from './drawing'
import { expect, test } from './hotel'
import { hands, Tape } from './tape'

test('to another room with a little drift over the line of a day, a stay keeps its dates', async ({
  page,
  hotel,
}) => {
  await furnish(hotel, '101 |.AAA...')
  const tape = await new Tape(page, hotel).open()
  const [from, to, next] = [await tape.point('101@2'), await tape.point('103@2'), await tape.point('103@3')]
  // From 80 % of the column: a third of what is left before the line, and beyond it.
  const line = from.x + (next.x - from.x) * 0.2
  await page.mouse.move(line - 3, from.y)
  await page.mouse.down()
  await page.mouse.move(line + 2, to.y, { steps: 6 })
  await expect(page.locator('.ghost-room')).toHaveText('103')
  await page.mouse.move(line + 5, to.y)
  await page.mouse.up()
  await tape.keeps('101 |.......\n103 |.AAA...')
  // Farther it goes to the next day, and the night that was grabbed is under the pointer.
  await page.mouse.move(line - 3, to.y)
  await page.mouse.down()
  await page.mouse.move(line + 14, from.y, { steps: 6 })
  await page.mouse.up()
  await tape.keeps('101 |..AAA..\n103 |.......')
})

test('the chart scrolls under a hand that rests: what is told, and what is booked, are what is under it then', async ({
  page,
  hotel,
}) => {
  await furnish(hotel, '101 |.AAA...')
  const tape = await new Tape(page, hotel).open()
  const night = (await tape.point('101@3')).x - (await tape.point('101@2')).x
  await tape.take('101@2', '103@2')
  const note = page.locator('.ghost-note')
  await expect(note).toContainText('103')
  const before = await note.textContent()
  await page.mouse.wheel(2 * night, 0)
  await expect(note).not.toHaveText(before ?? '')
  await page.mouse.up()
  await tape.keeps('101 |.......\n103 |...AAA.')
})

for (const hand of hands) {
  test(`by ${hand}: a room of another type, and one that is not clean tonight, is told before and after`, async ({
    page,
    hotel,
  }) => {
    await furnish(hotel, '104 |AA.....')
    await hotel.soil('201')
    const tape = await new Tape(page, hotel).open()
    if (hand === 'pointer') await tape.take('104@0', '201@0')
    else {
      await tape.focus('104@0')
      await tape.press('m')
      await tape.press('Control+ArrowDown')
    }
    const ghost = page.locator('.ghost-note')
    await expect(ghost).toContainText('Suite instead of Standard')
    await expect(ghost).toContainText('Room 201 is not clean yet')
    if (hand === 'pointer') await page.mouse.up()
    else {
      await expect(tape.spoken).toContainText('Suite instead of Standard. Room 201 is not clean yet')
      await tape.press('Enter')
    }
    await tape.keeps('104 |.......\n201 |AA.....')
    await expect(
      tape.notice(/^Archer moved to 201, .*\. Suite instead of Standard\. Room 201 is not clean yet$/),
    ).toBeVisible()
    // Nothing of it on the way back.
    await tape.press('Control+z')
    await expect(tape.notice(/^Undone: Archer moved to 201/)).not.toContainText('instead')
  })
}

test('no notice need lie over the last row', async ({ page, hotel }) => {
  await page.setViewportSize({ width: 1280, height: 420 })
  await furnish(hotel, '101 |AA.....')
  const tape = await new Tape(page, hotel).open()
  await tape.move('pointer', 'A', '101@1')
  const notice = tape.notice(/^Archer moved/)
  await expect(notice).toBeVisible()
  await tape.grid.evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight }))
  const last = async () => (await tape.row('202').boundingBox()) ?? { y: 0, height: 0 }
  const top = (await notice.boundingBox())?.y ?? 0
  await expect.poll(async () => (await last()).y + (await last()).height).toBeLessThanOrEqual(top)
})

test('End is the last night on screen, Home the room', async ({ page, hotel }) => {
  const tape = await new Tape(page, hotel).open('&days=14')
  await tape.focus('101@0')
  await tape.press('End')
  const focused = tape.row('101').locator(':focus')
  await expect(focused).toHaveAttribute('role', 'gridcell')
  const column = Number(await focused.getAttribute('aria-colindex'))
  const today = Number(await tape.grid.locator('[aria-current=date]').getAttribute('aria-colindex'))
  expect(column - today).toBe(13)
  await tape.press('Home')
  await expect(tape.head('101')).toBeFocused()
})

test('each key of the help does one thing, also those that lead to other pages', async ({ page, hotel }) => {
  const tape = await new Tape(page, hotel).open()
  await tape.focus('101@0')
  await tape.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help.getByText('Find on the calendar')).toBeVisible()
  const keys = await help.locator('dd > span').allInnerTexts()
  expect(keys.length).toBeGreaterThan(20)
  expect(keys.filter((one, n) => keys.indexOf(one) !== n)).toEqual([])
  await tape.press('Escape')
  await tape.focus('101@0')
  // On a chart S splits, P pins and D asks for a date, but not after G.
  await tape.press('g')
  await tape.press('p')
  await expect(page).toHaveURL(/\/reports/)
})

test('what was typed a moment ago goes on in all fields, and is called nothing of before', async ({
  page,
  hotel,
}) => {
  const tape = await new Tape(page, hotel).open()
  await tape.click('101@1')
  const short = page.getByRole('dialog', { name: 'New booking' })
  await short.getByRole('textbox', { name: 'Last name' }).fill('Hopper')
  await short.getByRole('button', { name: 'One adult more' }).click()
  await short.getByRole('button', { name: 'All fields …' }).click()
  const form = page.getByRole('dialog', { name: 'New reservation' })
  await expect(form.getByRole('textbox', { name: 'Last name' })).toHaveValue('Hopper')
  await expect(form.getByRole('textbox', { name: 'Adults' })).toHaveValue('3')
  await expect(form.getByText('What you typed before is still here.')).toHaveCount(0)
  await page.reload()
  await expect(form.getByText('What you typed before is still here.')).toBeVisible()
})

test('the legend says what a line under a date means', async ({ page, hotel }) => {
  await new Tape(page, hotel).open()
  await page.getByRole('button', { name: 'Legend' }).click()
  const part = page.getByRole('dialog', { name: 'Legend' }).locator('section').last()
  for (const name of [
    'Closed',
    'Closed to arrival',
    'Closed to departure',
    'Shortest or longest stay, or how far ahead',
  ])
    await expect(part.getByText(name, { exact: true })).toBeVisible()
})
