import { expectAccessibleInBoth } from './axe'
import { expect, type Hotel, type Json, plus, tabTo, test } from './hotel'
import { Tape } from './tape'

const restrict = (hotel: Hotel, from: number, to: number, set: Json, more: Json = {}) =>
  hotel.call('PUT', '/restrictions', {
    propertyId: hotel.id,
    changes: [{ startDate: plus(hotel.today, from), endDate: plus(hotel.today, to), set, ...more }],
  })

test('what may not be sold stands on the dates, is changed there with the way back, and leads to its grid', async ({
  page,
  hotel,
}) => {
  await restrict(hotel, 1, 2, { isClosed: true })
  await restrict(hotel, 3, 4, { closedToArrival: true, minStayThrough: 3 })
  await restrict(hotel, 5, 6, { closedToDeparture: true }, { roomTypeId: hotel.types.get('STE') })
  const tape = await new Tape(page, hotel).open()
  const heads = tape.grid.getByRole('columnheader')
  const told = (words: string) => heads.and(page.getByRole('columnheader', { name: words }))
  await expect(told(', Closed')).toHaveCount(2)
  await expect(told('Closed to arrival; Shortest stay over the night: 3')).toHaveCount(1)
  await expect(told('Suite: Closed to departure')).toHaveCount(1)
  await expectAccessibleInBoth(page)
  // Nothing of it takes the only tab stop of the chart away.
  await expect(tape.grid.locator('[tabindex="0"]')).toHaveCount(1)

  await restrict(hotel, 1, 2, { isClosed: null })
  await expect(told(', Closed')).toHaveCount(1)
  await expect(tape.grid.locator('.restraint')).toHaveCount(2)

  // A date of which nothing is said; then it is closed, and as before.
  await heads.and(page.locator(`[data-night]`)).nth(7).click()
  const dialog = page.getByRole('dialog', { name: /^What may be sold/ })
  await expect(dialog.getByRole('switch', { name: /^Closed$/ })).not.toBeChecked()
  await dialog.getByText('Closed', { exact: true }).click()
  await dialog.getByRole('textbox', { name: 'Shortest stay, by arrival' }).fill('0')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('A whole number from 1 to 731.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await dialog.getByRole('textbox', { name: 'Shortest stay, by arrival' }).fill('2')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(told('Closed; Shortest stay, by arrival: 2')).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(told('Closed; Shortest stay, by arrival: 2')).toHaveCount(0)

  // What a type says leads to what it says.
  await tape.grid.getByRole('link', { name: 'Restrictions: Suite: Closed to departure' }).click()
  await expect(dialog.getByRole('button', { name: /For/ })).toContainText('Suite')
  await expect(dialog.getByRole('switch', { name: 'Closed to departure' })).toBeChecked()
  await page.keyboard.press('Escape')

  await tape.grid.getByRole('link', { name: /^Restrictions: Closed to arrival/ }).click()
  await expect(dialog.getByRole('switch', { name: 'Closed to arrival' })).toBeChecked()
  await expect(dialog.getByRole('textbox', { name: 'Shortest stay over the night' })).toHaveValue('3')
  await dialog.getByRole('button', { name: 'All restrictions…' }).click()
  await expect(page).toHaveURL(new RegExp(`/set-up/restrictions.*start=${plus(hotel.today, 3)}`))
  await expect(page.locator('[data-cell="0,0"]')).toBeVisible()
})

test('by the keyboard, the menu of a type sets the restrictions of its date, against what the house says', async ({
  page,
  hotel,
}) => {
  await restrict(hotel, 2, 3, { isClosed: true })
  const tape = await new Tape(page, hotel).open()
  await tape.focus('101@2')
  await tape.press('ArrowUp', 2)
  await page.keyboard.press('Shift+F10')
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitem')).toHaveText([
    /^Collapse/,
    /^Restrictions of this date/,
    /^Free longer gaps/,
    /^Upgrades/,
  ])
  await expectAccessibleInBoth(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^What may be sold/ })
  const closed = dialog.getByRole('switch', { name: /^Closed as the whole house/ })
  await expect(closed).toBeChecked()
  await expect(dialog.getByRole('button', { name: /For/ })).toContainText('Standard')
  await expectAccessibleInBoth(page)
  await tabTo(page, closed)
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  const date = plus(hotel.today, 2)
  const rows = await hotel.call(
    'GET',
    `/restrictions?propertyId=${hotel.id}&start=${date}&days=1&forAllPlans=true`,
  )
  const own = (rows as unknown as { roomTypeId: string | null; own: Json[] }[]).map((row) => row.own[0]?.set)
  expect(own).toEqual([
    expect.objectContaining({ isClosed: true }),
    expect.objectContaining({ isClosed: false }),
    undefined,
  ])
})

test('Restrictions are a step of undo and redo among the others, also after a reload', async ({
  page,
  hotel,
}) => {
  await hotel.book('101', 1, 3, 'Ash')
  const tape = await new Tape(page, hotel).open()
  await tape.move('pointer', 'A', '102@1')
  await tape.keeps('101 |.......\n102 |.AA....')
  await tape.grid.locator('[data-night]').nth(5).click()
  const dialog = page.getByRole('dialog', { name: /^What may be sold/ })
  await dialog.getByText('Closed', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const marks = tape.grid.locator('.restraint')
  await expect(marks).toHaveCount(1)
  await expect(page.getByText(/^The restrictions of \w{3} \d+ are changed$/)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(marks).toHaveCount(0)
  await tape.shows('101 |.......\n102 |.AA....')
  await page.keyboard.press('Control+Shift+z')
  await expect(marks).toHaveCount(1)
  await page.reload()
  await expect(marks).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(marks).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await tape.keeps('101 |.AA....\n102 |.......')
})
