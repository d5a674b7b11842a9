import { expectAccessible, expectAccessibleInBoth } from './axe'
import { furnish, furnishAll } from './drawing'
import { expect, Hotel, test } from './hotel'
import { Tape } from './tape'

test('nothing is wrong with the chart', async ({ page, hotel }) => {
  test.slow()
  await furnishAll(hotel)
  const tape = await new Tape(page, hotel).open()
  await expectAccessibleInBoth(page)
  const { x, y } = await tape.point('202@3')
  await page.mouse.move(x, y)
  await expect(page.getByRole('tooltip')).toContainText('Pinned to the room')
  await expectAccessibleInBoth(page, '.card')
  await page.mouse.move(x, 5)
  await tape.focus('104@3')
  await tape.press('Enter')
  await expect(page.getByRole('dialog', { name: 'New booking' })).toContainText('$100.00')
  await expectAccessibleInBoth(page, '.popover')
})

test('from right to left nothing is wrong either', async ({ page, hotel }) => {
  await page.addInitScript(() => localStorage.setItem('pms.language', 'ar'))
  await furnishAll(hotel)
  await new Tape(page, hotel).open()
  await expectAccessible(page)
})

test('a house without rooms says what to do', async ({ page, hotel }) => {
  const empty = await hotel.post('/properties', {
    name: `${hotel.name} without rooms`,
    timezone: 'America/New_York',
    currency: 'USD',
  })
  await page.goto(`/calendar?property=${empty.id}`)
  await expect(page.getByRole('heading', { name: 'No rooms yet' })).toBeVisible()
  await expectAccessible(page)
})

test('the chart has one tab stop', async ({ page, hotel }) => {
  await furnishAll(hotel)
  const tape = await new Tape(page, hotel).open()
  await expect(tape.grid.locator('[tabindex="0"]')).toHaveCount(1)
  const isIn = () => tape.grid.evaluate((grid) => grid.contains(document.activeElement))
  for (let n = 0; n < 40 && !(await isIn()); n += 1) await tape.press('Tab')
  expect(await isIn()).toBe(true)
  await tape.press('Control+End')
  await expect(tape.grid.locator(':focus')).toBeVisible()
  await expect(tape.grid.locator('[tabindex="0"]')).toHaveCount(1)
  await tape.press('Control+Home')
  await expect(tape.grid.locator(':focus')).toBeVisible()
  await tape.press('Tab')
  expect(await isIn()).toBe(false)
  await tape.press('Shift+Tab')
  expect(await isIn()).toBe(true)
})

test('what is in hand is told at every step', async ({ page, hotel }) => {
  const at = await Hotel.open(page.request, { businessDate: '2027-02-01' })
  expect(hotel.id).not.toBe(at.id)
  await furnish(at, '101 |.AA....\n102 |..BB...')
  const tape = await new Tape(page, at).open()
  await tape.focus('101@1')
  await tape.press('m')
  await expect(tape.spoken).toHaveText('Archer taken, Feb 2 – 4. Arrows move, Enter drops, Escape cancels.')
  await tape.press('ArrowDown')
  await expect(tape.spoken).toHaveText('Room 102, Feb 2 – 4, 2 nights. Room 102 is booked Feb 3 – 5 (Baker)')
  await tape.press('ArrowDown')
  await expect(tape.spoken).toHaveText('Room 103, Feb 2 – 4, 2 nights')
  await tape.press('ArrowRight')
  await expect(tape.spoken).toHaveText('Room 103, Feb 3 – 5, 2 nights')
  await tape.press('Enter')
  await expect(tape.spoken).toHaveText('Archer: Room 103, Feb 3 – 5')
  await expect(tape.bar('A')).toBeFocused()
  // Until it is saved it is not taken again.
  await tape.settled()
  await tape.press('Shift+ArrowRight')
  await expect(tape.spoken).toContainText('Feb 3 – 6, 3 nights')
  await tape.press('Escape')
  await expect(tape.spoken).toHaveText('Cancelled. Nothing changed.')
  await tape.keeps('103 |..AA...')
})

test('what cannot be longer says why on Enter, and how to get out', async ({ page, hotel }) => {
  const at = await Hotel.open(page.request, { businessDate: '2027-02-01' })
  expect(hotel.id).not.toBe(at.id)
  await furnish(at, '101 |.ABB...')
  const tape = await new Tape(page, at).open('&days=7')
  await tape.focus('101@1')
  await tape.press('Shift+ArrowRight')
  await expect(tape.spoken).toContainText('2 nights')
  const ghost = page.locator('.ghost')
  await expect(ghost.locator('.bar-nights')).toHaveText('2n')
  await expect(ghost.locator('.ghost-note')).toContainText(/2 nights.*Room 101 is booked.*Esc puts it back/)
  await tape.press('Enter')
  await expect(tape.spoken).toHaveText('Room 101 is booked Feb 3 – 5 (Baker). Esc puts it back')
  await tape.press('Escape')
  await expect(ghost).toBeHidden()
  await expect(tape.bar('A')).toBeFocused()
  await tape.keeps('101 |.ABB...')
})

test('all that is said while one works, in the order in which it is said', async ({ page, hotel }) => {
  const at = await Hotel.open(page.request, { businessDate: '2027-02-01' })
  expect(hotel.id).not.toBe(at.id)
  await furnish(at, '101 |.AA.BB.\n102 |..CC##.\n104 |dd.....\nSTD |.EE....')
  const tape = await new Tape(page, at).open()
  const heard = await tape.listen()
  const steps: [string, () => Promise<unknown>][] = [
    [
      '101@1 m, down, down, right, Enter',
      () => tape.keysAt('101@1', 'm ArrowDown ArrowDown ArrowRight Enter'),
    ],
    ['103@2 Shift+right, Escape', () => tape.keysAt('103@2', 'Shift+ArrowRight Escape')],
    ['103@2 Alt+Shift+right, Enter', () => tape.keysAt('103@2', 'Alt+Shift+ArrowRight Enter')],
    ['101@4 m, down, Enter, Escape', () => tape.keysAt('101@4', 'm ArrowDown Enter Escape')],
    ['101@4 m, Ctrl+down, Escape', () => tape.keysAt('101@4', 'm Control+ArrowDown Escape')],
    ['101@4 s, down, down, Escape', () => tape.keysAt('101@4', 's ArrowDown ArrowDown Escape')],
    ['104@0 m, right, Escape', () => tape.keysAt('104@0', 'm ArrowRight Escape')],
    ['104@0 Alt+Shift+right', () => tape.keysAt('104@0', 'Alt+Shift+ArrowRight')],
    ['102@4 m, right, Enter', () => tape.keysAt('102@4', 'm ArrowRight Enter')],
    ['102@5 Shift+right, Enter', () => tape.keysAt('102@5', 'Shift+ArrowRight Enter')],
    ['STD@1 m, down, Enter', () => tape.keysAt('STD@1', 'm ArrowDown Enter')],
    ['101@1 u', () => tape.keysAt('101@1', 'u')],
  ]
  const lines: string[] = []
  for (const [keys, press] of steps) {
    await press()
    await tape.settled()
    lines.push(keys, ...(await heard()).map((text) => `    ${text}`))
  }
  // Prices come when the server has answered, before or after the next key.
  expect(`${lines.filter((line) => !line.includes('$')).join('\n')}\n`).toMatchSnapshot('spoken.txt')
})

test('the chart in the words of a screen reader', async ({ page, hotel }) => {
  const at = await Hotel.open(page.request, { businessDate: '2027-02-01' })
  expect(hotel.id).not.toBe(at.id)
  await furnishAll(at)
  const tape = await new Tape(page, at).open('&days=7')
  expect(await tape.words(7)).toMatchSnapshot('chart.txt')
  // The browser's own tree of it, of which a screen reader makes these words.
  await tape.press('t')
  await expect(tape.row('101')).toMatchAriaSnapshot(`
    - row /Room 101, Standard, Occupied/ [level=2]:
      - rowheader "Room 101, Standard, Occupied"
      - gridcell "Ada Archer, In house, Feb 1 – 4, 3 nights, 2 persons"
      - gridcell /Free, Feb 4/
      - gridcell "Ada Baker, Confirmed, Feb 5 – 7, 2 nights, 2 persons"
      - gridcell /Free/
  `)
})

test('a card tells what there is to know of a stay', async ({ page, hotel }) => {
  await hotel.book('101', 1, 3, 'Archer', {
    arrivalTime: '18:30',
    children: 1,
    sourceType: 'PHONE',
    guestNotes: 'A quiet room',
  })
  const tape = await new Tape(page, hotel).open()
  const card = page.getByRole('tooltip')
  const facts = [
    'Ada Archer',
    'Confirmed',
    'Room 101 · Standard',
    '2 nights',
    'Telephone',
    '6:30',
    'Has notes',
  ]
  const { x, y } = await tape.point('101@1')
  await page.mouse.move(x, y)
  for (const fact of facts) await expect(card).toContainText(fact)
  await page.mouse.move(x, 5)
  await expect(card).toBeHidden()
  await tape.focus('101@1')
  for (const fact of facts) await expect(card).toContainText(fact)
})
