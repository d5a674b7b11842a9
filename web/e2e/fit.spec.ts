import { expectAccessible } from './axe'
import { expect, type Hotel, test } from './hotel'

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
  const dialog = page.getByRole('dialog', { name: 'Make room' })
  await expect(dialog).toContainText('It fits in room 101 when 2 stays move')
  await expect(dialog).toContainText('Ada Birch: from 101 to 102')
  await expect(dialog).toContainText('Ada Dogwood: from 102 to 101')
  await expectAccessible(page)
  expect((await hotel.stay(birch.id)).roomId).toBe(hotel.room('101'))

  await dialog.getByRole('button', { name: 'Move 2 stays' }).click()
  await expect(page.getByText('Ada Lovelace has room 101')).toBeVisible()
  expect((await hotel.stay(waiting.id)).roomId).toBe(hotel.room('101'))
  expect((await hotel.stay(birch.id)).roomId).toBe(hotel.room('102'))
  expect((await hotel.stay(dogwood.id)).roomId).toBe(hotel.room('101'))

  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(page.getByText('Everybody is back where they were')).toBeVisible()
  expect((await hotel.stay(waiting.id)).roomId).toBeNull()
  expect((await hotel.stay(birch.id)).roomId).toBe(hotel.room('101'))
})

test('what cannot move is named when there is no plan', async ({ page, hotel }) => {
  const { waiting } = await full(hotel, { isPinned: true })
  await page.goto(`/reservations?property=${hotel.id}&stay=${waiting.id}`)
  await page.getByRole('button', { name: 'Find a room…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make room' })
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
  const dialog = page.getByRole('dialog', { name: 'Make room' })
  await expect(dialog).toContainText('when 2 stays move')
  await hotel.act(birch, 'pin', { isPinned: true })
  await dialog.getByRole('button', { name: 'Move 2 stays' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  // Without Birch, others make way.
  await expect(dialog).toContainText('Ada Ash: from 101 to 102')
  await dialog.getByRole('button', { name: 'Move 2 stays' }).click()
  await expect(page.getByText('Ada Lovelace has room 102')).toBeVisible()
})
