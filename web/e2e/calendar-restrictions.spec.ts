import { expectAccessibleInBoth } from './axe'
import { expect, type Hotel, type Json, plus, test } from './hotel'
import { Tape } from './tape'

const restrict = (hotel: Hotel, from: number, to: number, set: Json, more: Json = {}) =>
  hotel.call('PUT', '/restrictions', {
    propertyId: hotel.id,
    changes: [{ startDate: plus(hotel.today, from), endDate: plus(hotel.today, to), set, ...more }],
  })

test('what may not be sold stands on the dates, follows what is changed, and leads to its grid', async ({
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
  await expect(told('STE: Closed to departure')).toHaveCount(1)
  await expectAccessibleInBoth(page)
  // Nothing of it takes the only tab stop of the chart away.
  await expect(tape.grid.locator('[tabindex="0"]')).toHaveCount(1)

  await restrict(hotel, 1, 2, { isClosed: null })
  await expect(told(', Closed')).toHaveCount(1)
  await expect(tape.grid.locator('.restraint')).toHaveCount(2)

  await tape.grid.getByRole('link', { name: /^Restrictions: Closed to arrival/ }).click()
  await expect(page).toHaveURL(new RegExp(`/set-up/restrictions.*start=${plus(hotel.today, 3)}`))
  await expect(page.locator('[data-cell="0,0"]')).toBeVisible()
})

test('by the keyboard, the menu of a type leads to the restrictions of its date', async ({ page, hotel }) => {
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
  await expect(page).toHaveURL(new RegExp(`/set-up/restrictions.*start=${plus(hotel.today, 2)}`))
})
