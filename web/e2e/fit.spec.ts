import type { Page } from '@playwright/test'
import { expectAccessible, expectAccessibleInBoth } from './axe'
import { furnish } from './drawing'
import { expect, type Hotel, plus, tabTo, test } from './hotel'
import { type Hand, hands, Tape } from './tape'

/** 101 |AA.BBB, 102 |CCC.DD, 103 and 104 full: who comes for the nights 2 and 3 passes the count and fits no room. */
async function full(hotel: Hotel, more: Record<string, unknown> = {}) {
  await hotel.book('101', 0, 2, 'Ash')
  const birch = await hotel.book('101', 3, 6, 'Birch', more)
  await hotel.book('102', 0, 3, 'Cedar', more)
  const dogwood = await hotel.book('102', 4, 6, 'Dogwood')
  for (const room of ['103', '104']) await hotel.book(room, 0, 6, `Elm ${room}`)
  const waiting = await hotel.book(null, 2, 4, 'Lovelace')
  return { birch, dogwood, waiting }
}

test('room is made for a guest who fits no single room, after the plan was shown, and it is undone', async ({
  page,
  hotel,
}) => {
  const { birch, dogwood, waiting } = await full(hotel)
  await page.goto(`/calendar?property=${hotel.id}&stay=${waiting.id}`)
  await page.getByRole('button', { name: 'Find a room…' }).click()
  const dialog = page.getByRole('dialog', { name: /^A room for/ })
  await expect(dialog).toContainText('It fits in room 101 when 2 stays move')
  await expect(dialog).toContainText('Ada Birch: from 101 to 102')
  await expect(dialog).toContainText('Ada Dogwood: from 102 to 101')
  await expectAccessible(page)
  expect((await hotel.stay(birch.id)).roomId).toBe(hotel.room('101'))

  await dialog.getByRole('button', { name: 'Move 2 stays' }).click()
  await expect(page.getByText('Room 101 for Ada Lovelace')).toBeVisible()
  expect((await hotel.stay(waiting.id)).roomId).toBe(hotel.room('101'))
  expect((await hotel.stay(birch.id)).roomId).toBe(hotel.room('102'))
  expect((await hotel.stay(dogwood.id)).roomId).toBe(hotel.room('101'))

  await undo(page).click()
  await expect(page.getByText('Undone: Room 101 for Ada Lovelace')).toBeVisible()
  expect((await hotel.stay(waiting.id)).roomId).toBeNull()
  expect((await hotel.stay(birch.id)).roomId).toBe(hotel.room('101'))
})

test('what cannot move is named when there is no plan', async ({ page, hotel }) => {
  const { waiting } = await full(hotel, { isPinned: true })
  await page.goto(`/reservations?property=${hotel.id}&stay=${waiting.id}`)
  await page.getByRole('button', { name: 'Find a room…' }).click()
  const dialog = page.getByRole('dialog', { name: /^A room for/ })
  await expect(dialog).toContainText('No arrangement makes room')
  await expect(dialog.getByText(/Room 101, .*: Ada Birch, pinned/)).toBeVisible()
  await expect(dialog.getByText(/Room 102, .*: Ada Cedar, pinned/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: /Move/ })).toHaveCount(0)
  await expectAccessible(page)
})

test('a plan that became void is told and made anew', async ({ page, hotel }) => {
  const { birch, waiting } = await full(hotel)
  await page.goto(`/reservations?property=${hotel.id}&stay=${waiting.id}`)
  await page.getByRole('button', { name: 'Find a room…' }).click()
  const dialog = page.getByRole('dialog', { name: /^A room for/ })
  await expect(dialog).toContainText('when 2 stays move')
  await hotel.act(birch, 'pin', { isPinned: true })
  await dialog.getByRole('button', { name: 'Move 2 stays' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  // Without Birch, others make way.
  await expect(dialog).toContainText('Ada Ash: from 101 to 102')
  await dialog.getByRole('button', { name: 'Move 2 stays' }).click()
  await expect(page.getByText('Room 102 for Ada Lovelace')).toBeVisible()
})

const inNotices = (page: Page, name: string) =>
  page.getByRole('region', { name: /Notices|notification/i }).getByRole('button', { name })
const undo = (page: Page) => inNotices(page, 'Undo')

const step = (tape: Tape, hand: Hand, which: 'Undo' | 'Redo') =>
  hand === 'pointer'
    ? tape.page.getByRole('button', { name: which, exact: true }).first().click()
    : tape.press(which === 'Undo' ? 'Control+z' : 'Control+Shift+z')

for (const hand of hands) {
  test.describe(`by ${hand}`, () => {
    test('a plan is one step of the calendar, wherever it was accepted: back and forth, over reloads', async ({
      page,
      hotel,
    }) => {
      const { birch, dogwood, waiting } = await full(hotel)
      const rooms = () =>
        Promise.all([birch, dogwood, waiting].map(async ({ id }) => (await hotel.stay(id)).roomId))
      const before = [hotel.room('101'), hotel.room('102'), null]
      const after = [hotel.room('102'), hotel.room('101'), hotel.room('101')]
      const tape = new Tape(page, hotel)
      const place = hand === 'pointer' ? 'calendar' : 'reservations'
      await page.goto(`/${place}?property=${hotel.id}&stay=${waiting.id}`)
      await page.getByRole('button', { name: 'Find a room…' }).click()
      await tape.answer(hand, 'Move 2 stays')
      await expect(tape.notice('Room 101 for Ada Lovelace')).toBeVisible()
      expect(await rooms()).toEqual(after)

      let executions = 0
      page.on('request', (request) => {
        if (request.url().endsWith('/fit/execute')) executions += 1
      })
      for (let round = 1; round <= 2; round += 1) {
        await tape.open()
        await step(tape, hand, 'Undo')
        await expect(tape.notice('Undone: Room 101 for Ada Lovelace')).toBeVisible()
        expect(await rooms()).toEqual(before)
        await tape.reload()
        await step(tape, hand, 'Redo')
        await expect(tape.notice('Redone: Room 101 for Ada Lovelace')).toBeVisible()
        expect(await rooms()).toEqual(after)
        expect(executions).toBe(2 * round)
      }
      await hotel.act(await hotel.stay(birch.id), 'pin', { isPinned: true })
      await tape.settled()
      await step(tape, hand, 'Undo')
      await expect(tape.notice(/Birch was changed meanwhile/)).toBeVisible()
      expect(await rooms()).toEqual(after)
    })

    test('a room is freed before it goes off the market: who lies there moves, and all of it is taken back', async ({
      page,
      hotel,
    }) => {
      // There is no other room for Archer until Carter, too, moves.
      const house = '101 |AAA....\n102 |.CC....\n103 |DBBB...\n104 |EEEE...'
      const { A } = await furnish(hotel, house)
      const tape = await new Tape(page, hotel).open()
      await tape.rowMenu(hand, '101')
      await tape.choose(hand, 'Free this room …')
      const form = page.getByRole('dialog', { name: 'Free room 101' })
      await expect(form).toBeVisible()
      await expectAccessibleInBoth(page)
      await expect(form.locator('input:focus')).toBeVisible()
      await page.keyboard.type('Paint')
      await tape.answer(hand, 'Show who moves')
      await expect(form).toContainText('2 stays move, then the room is off the market:')
      await expect(form).toContainText('Ada Archer: from 101 to 102')
      await expect(form).toContainText('Ada Carter: from 102 to 101')
      await expect(form).toContainText(/Out of order · /)
      await expect(form.getByRole('figure', { name: 'The rooms after the moves' })).toBeVisible()
      await expectAccessibleInBoth(page)
      expect((await hotel.stay(A.id)).roomId).toBe(hotel.room('101'))
      await tape.answer(hand, 'Move 2 stays and block')
      await expect(page.getByText('Room 101 freed and taken off the market')).toBeVisible()
      await tape.shows('101 |#CC....\n102 |AAA....')
      await undo(page).click()
      await expect(page.getByText('Undone: Room 101 freed and taken off the market')).toBeVisible()
      await tape.keeps(house)
      await step(tape, hand, 'Redo')
      await tape.keeps('101 |#CC....\n102 |AAA....')
      await tape.reload()
      await step(tape, hand, 'Undo')
      await tape.keeps(house)
    })

    test('a drop where everybody would have to move a bit further offers to make room', async ({
      page,
      hotel,
    }) => {
      const house = '101 |AA.BBB.\n102 |CCC.DD.\n103 |EEEEEE.\n104 |FFFFFF.\nSTD |..GG...'
      await furnish(hotel, house)
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'G', '101@2')
      const asked = page.getByRole('alertdialog', { name: 'The room is taken' })
      await expect(asked).toContainText('Others move within the type so that Gray fits.')
      await expectAccessibleInBoth(page)
      await tape.answer(hand, 'Show a plan…')
      const plan = page.getByRole('dialog', { name: /^A room for/ })
      await expect(plan).toContainText('Room 101 is free when 2 stays move:')
      await expectAccessibleInBoth(page)
      await tape.answer(hand, 'Move 2 stays')
      await expect(page.getByText('Room 101 for Ada Gray')).toBeVisible()
      await tape.shows('101 |AAGGDD.\n102 |CCCBBB.')
      await undo(page).click()
      await tape.keeps(house)
    })
  })
}

test('a block that is refused offers to move the guests', async ({ page, hotel }) => {
  await furnish(hotel, '101 |AAA....')
  const tape = await new Tape(page, hotel).open()
  await tape.rowMenu('pointer', '101')
  await tape.choose('pointer', 'Block …')
  await tape.answer('pointer', 'Block')
  const form = page.getByRole('dialog', { name: 'Block room 101' })
  await expect(form.getByRole('alert')).toContainText('Archer')
  await expectAccessibleInBoth(page)
  await form.getByRole('button', { name: 'Move the guests…' }).click()
  await tape.answer('pointer', 'Move 1 stay and block')
  await tape.keeps('101 |#......')
})

test('a room is not freed of who is in the house, and that is said', async ({ page, hotel }) => {
  await furnish(hotel, '101 |aaa....')
  const tape = await new Tape(page, hotel).open()
  await tape.rowMenu('pointer', '101')
  await tape.choose('pointer', 'Free this room …')
  await tape.answer('pointer', 'Show who moves')
  const form = page.getByRole('dialog', { name: 'Free room 101' })
  await expect(form).toContainText('No arrangement makes room.')
  await expect(form).toContainText(/Room 101, .*: Ada Archer, in house/)
  await expect(form.getByRole('button', { name: /block/i })).toHaveCount(0)
  await expectAccessibleInBoth(page)
})

test('all who arrive today get rooms at once, after that was shown, and it is undone', async ({
  page,
  hotel,
}) => {
  // For Evans nobody has to move; for Gray one has to.
  const { B, E, G } = await furnish(
    hotel,
    '101 |..BB...\n102 |cc.....\n103 |DDDD...\n104 |FFFF...\nSTD |GGGG...\nSTE |EE.....',
  )
  await page.goto(`/front-desk?list=unassigned&property=${hotel.id}`)
  await page.getByRole('button', { name: 'Find rooms for all…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rooms for today’s arrivals' })
  await expect(dialog).toContainText('1 stay that has a room moves for that.')
  await expect(dialog).toContainText('Ada Baker: from 101 to 102')
  await expect(dialog).toContainText('Ada Gray: room 101')
  await expect(dialog.getByRole('heading', { name: 'Suite' })).toBeVisible()
  await expectAccessibleInBoth(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await tabTo(page, page.getByRole('button', { name: 'Find rooms for all…' }))
  await page.keyboard.press('Enter')
  await tabTo(page, dialog.getByRole('button', { name: 'Give 2 rooms' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('Rooms found for 2 stays')).toBeVisible()
  expect((await hotel.stay(B.id)).roomId).toBe(hotel.room('102'))
  expect((await hotel.stay(G.id)).roomId).toBe(hotel.room('101'))
  expect((await hotel.stay(E.id)).roomId).not.toBeNull()
  await undo(page).click()
  await expect(page.getByText('Undone: Rooms found for 2 stays')).toBeVisible()
  expect((await hotel.stay(B.id)).roomId).toBe(hotel.room('101'))
  expect((await hotel.stay(G.id)).roomId).toBeNull()
  await inNotices(page, 'Redo').click()
  await expect(page.getByText('Redone: Rooms found for 2 stays')).toBeVisible()
  expect((await hotel.stay(G.id)).roomId).toBe(hotel.room('101'))
})

/** The menu of a type, by the keyboard: its row, then the key for menus. */
async function menuOfType(page: Page, hotel: Hotel, item: string) {
  const tape = await new Tape(page, hotel).open()
  await tape.focus('101@1')
  await tape.press('ArrowUp', 2)
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: item }).click()
}

test('a few moves free longer gaps, shown before they happen, and are undone', async ({ page, hotel }) => {
  await hotel.book('101', 0, 2, 'Ash')
  await hotel.book('101', 5, 6, 'Cedar')
  const birch = await hotel.book('102', 2, 5, 'Birch')
  await menuOfType(page, hotel, 'Free longer gaps …')
  const dialog = page.getByRole('dialog', { name: 'Longer gaps: Standard' })
  await expect(dialog).toContainText(
    'can be sold to longer stays. No plan with at most 3 moves leaves fewer gaps.',
  )
  await expect(dialog).toContainText(/Gaps between stays: \d+ now, \d+ then\./)
  const month = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' }).format(
    Date.parse(plus(hotel.today, 3)),
  )
  // Where it goes, it lies between two who stay; the months stand above.
  const drawing = dialog.getByRole('figure', { name: 'The rooms after the moves' })
  await expect(drawing).toContainText('Ash')
  await expect(drawing).toContainText('Cedar')
  await expect(drawing.getByText(new RegExp(`^${month}`))).toHaveCount(1)
  await expect(dialog.getByRole('listitem')).toHaveCount(1)
  await expectAccessibleInBoth(page)
  await dialog.getByRole('button', { name: 'Move 1 stay' }).click()
  await expect(page.getByText('Longer gaps by 1 move')).toBeVisible()
  const rooms = async () => (await hotel.stay(birch.id)).roomId
  await undo(page).click()
  await expect(page.getByText('Undone: Longer gaps by 1 move')).toBeVisible()
  expect(await rooms()).toBe(hotel.room('102'))
})

test('of an oversold type the fewest are upgraded, at their price', async ({ page, hotel }) => {
  for (const [code, change] of [
    ['STD', { upgradeRank: 1, overbookingLimit: 1 }],
    ['STE', { upgradeRank: 2 }],
  ] as const) {
    const path = `/room-types/${hotel.types.get(code)}`
    const { version } = await hotel.call('GET', path)
    await hotel.call('PATCH', path, { version, ...change })
  }
  for (const room of ['101', '102', '103', '104']) await hotel.book(room, 0, 2, `Elm ${room}`)
  const waiting = await hotel.book(null, 0, 2, 'Lovelace')
  await new Tape(page, hotel).open()
  const head = page.locator('.chart-row.is-group').first().getByRole('rowheader')
  await head.hover()
  await head.getByTitle('More').click()
  await page.getByRole('menuitem', { name: 'Upgrades …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Upgrades: Standard' })
  await expect(dialog).toContainText('All have a room when 1 stay is upgraded.')
  await expect(dialog.getByText(/upgrade, at the price of the type/)).toBeVisible()
  await expectAccessibleInBoth(page)
  await dialog.getByRole('button', { name: /^Give 1 stay/ }).click()
  await expect(page.getByText('A room for everybody')).toBeVisible()
  expect((await hotel.stay(waiting.id)).roomId).not.toBeNull()
})
