import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBoth } from './axe'
import { expect, type Json, plus, tabTo, test } from './hotel'

async function pick(page: Page, field: Locator, option: string | RegExp) {
  await field.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('children pay by their age, and a booking that tells it is priced by it', async ({ page, hotel }) => {
  await page.goto(`/set-up/rates?property=${hotel.id}`)
  await page.getByRole('button', { name: 'Edit the plan' }).click()
  const form = page.getByRole('dialog', { name: /^Rate plan/ })
  await form.getByRole('textbox', { name: 'Adults in the price' }).fill('2')
  await form.getByRole('button', { name: 'Add an age' }).click()
  await form.getByRole('button', { name: 'Add an age' }).click()
  const [small, big] = [1, 2].map((n) => form.getByRole('group', { name: `Children’s ages ${n}` }))
  const fill = async (row: Locator | undefined, from: string, to: string, amount: string) => {
    await row?.getByRole('textbox', { name: /From age/ }).fill(from)
    await row?.getByRole('textbox', { name: /To age/ }).fill(to)
    await row?.getByRole('textbox', { name: /Each pays/ }).fill(amount)
  }
  await fill(small, '3', '11', '10')
  await fill(big, '11', '17', '20')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('These ages are named above.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await big?.getByRole('textbox', { name: /From age/ }).fill('12')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)

  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  const book = page.getByRole('dialog', { name: 'New reservation' })
  await pick(page, book.getByRole('button', { name: /Room type/ }), /Standard/)
  const price = book.getByRole('region', { name: 'Price' })
  await expect(price).toContainText('$100.00')
  await book.getByRole('button', { name: 'One child more' }).click()
  // Of a child whose age is not told the dearest is asked.
  await expect(price).toContainText('$120.00')
  await pick(page, book.getByRole('button', { name: /Age of child 1/ }), '4')
  await expect(price).toContainText('$110.00')
  await book.getByRole('button', { name: 'One child more' }).click()
  await book.getByRole('textbox', { name: 'Last name' }).fill('Noether')
  await book.getByRole('button', { name: 'Book' }).click()
  await expect(book.getByText('Tell the age of each child, or of none.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await pick(page, book.getByRole('button', { name: /Age of child 2/ }), '13')
  await expect(price).toContainText('$130.00')
  await book.getByRole('button', { name: 'Book' }).click()
  await expect(page.getByRole('dialog', { name: 'Noether' })).toBeVisible()
  const [stay] = (await hotel.call('GET', `/reservations?propertyId=${hotel.id}`)) as unknown as Json[]
  expect(stay).toMatchObject({ childAges: [4, 13], totalCents: 130_00 })
})

test('many prices are raised at once by the keyboard: first shown, then changed, then taken back', async ({
  page,
  hotel,
}) => {
  const plan = await hotel.post('/rate-plans', { propertyId: hotel.id, code: 'OWN', name: 'Own' })
  await page.goto(`/set-up/rates?property=${hotel.id}`)
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row},${column}"]`)
  await expect(cell(0, 0)).toHaveText('100')
  await tabTo(page, page.getByRole('button', { name: 'Many prices…' }))
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: 'Change many prices' })
  await expect(form.getByText('Nothing is selected in the table')).toBeVisible()
  await tabTo(page, form.getByRole('textbox', { name: 'Percent more or less' }))
  await page.keyboard.press('Enter')
  await expect(form.getByText('Enter a percentage, an amount or a rounding.')).toBeVisible()
  await page.keyboard.type('12.5')
  await tabTo(page, form.getByRole('textbox', { name: /^Rounded to/ }))
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  const preview = form.getByRole('region', { name: 'Preview' })
  await expect(preview.getByRole('row', { name: /BAR STD/ })).toContainText('$100$115')
  await expectAccessibleInBoth(page)
  await expect(cell(0, 0)).toHaveText('100')
  // Anything else that is typed wants another preview.
  await page.keyboard.press('Backspace')
  await expect(preview).toHaveCount(0)
  await page.keyboard.type('10')
  await page.keyboard.press('Enter')
  await expect(preview.getByRole('row', { name: /BAR STE/ })).toContainText('$100$110')
  await page.keyboard.press('Enter')
  await expect(form).toHaveCount(0)
  await expect(page.getByText('56 nights have another price')).toBeVisible()
  await expect(cell(1, 27)).toHaveText('110')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('The prices are as before')).toBeVisible()
  await expect(cell(1, 27)).toHaveText('100')

  // By pointer: two plans, one type, the week-ends, a price.
  await page.getByRole('button', { name: 'Many prices…' }).click()
  await form.getByText('All plans').click()
  await form.getByText('Suite').click()
  for (const name of ['Mon', 'Tue', 'Wed', 'Thu', 'Sun'])
    await form.getByRole('button', { name, exact: true }).click()
  await pick(page, form.getByRole('button', { name: /What happens/ }), 'Set a price')
  await form.getByRole('textbox', { name: /Price/ }).fill('150')
  await form.getByRole('button', { name: 'Preview' }).click()
  await form.getByRole('button', { name: 'Change 16 nights' }).click()
  await expect(form).toHaveCount(0)
  const path = `/rate-plans/${plan.id}/prices?start=${hotel.today}&days=28`
  const nights = (await hotel.call('GET', path)) as unknown as {
    roomTypeId: string
    date: string
    nightlyBaseCents: number | null
  }[]
  const priced = nights.filter(({ nightlyBaseCents }) => nightlyBaseCents === 150_00)
  expect(priced).toHaveLength(8)
  expect(new Set(priced.map(({ roomTypeId }) => roomTypeId))).toEqual(new Set([hotel.types.get('STD')]))
  expect(priced.every(({ date }) => date < plus(hotel.today, 28))).toBe(true)
})

test('the whole house has an overbooking limit beside its types: standing, and of a night by the keyboard', async ({
  page,
  hotel,
}) => {
  await page.goto(`/set-up/property?property=${hotel.id}`)
  const standing = page.getByRole('textbox', { name: /^Stays more than rooms in the whole house/ })
  await standing.fill('x')
  await page.getByRole('main').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Enter a whole number, 0 to 10000.')).toBeVisible()
  await expectAccessibleInBoth(page)
  await standing.fill('2')
  await page.getByRole('main').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await expect(standing).toHaveValue('2')

  await page.goto(`/set-up/overbooking?property=${hotel.id}`)
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row},${column}"]`)
  await expect(page.getByRole('rowheader').first()).toContainText('The whole house')
  await expect(cell(0, 0)).toHaveText('2')
  await cell(0, 0).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('0')
  await page.keyboard.press('Enter')
  await expect(cell(0, 1)).toHaveText(/0/)
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/not saved yet/)).toHaveCount(0)
  await expect(cell(0, 1)).toHaveText('0')
  await expectAccessibleInBoth(page)
  const query = `propertyId=${hotel.id}&start=${plus(hotel.today, 1)}&days=1`
  const types = await hotel.call('GET', `/availability?${query}`)
  expect(
    (types as unknown as { nights: { house: number }[] }[]).map((type) => type.nights[0]?.house),
  ).toEqual([6, 6])
})

for (const hand of ['pointer', 'keys'] as const) {
  test(`by ${hand} many prices begin with what is selected in the table`, async ({ page, hotel }) => {
    await page.goto(`/set-up/rates?property=${hotel.id}`)
    const cell = (row: number, column: number) => page.locator(`[data-cell="${row},${column}"]`)
    await expect(cell(1, 2)).toHaveText('100')
    if (hand === 'pointer') {
      await cell(1, 2).click()
      await cell(1, 4).click({ modifiers: ['Shift'] })
      await page.getByRole('button', { name: 'Many prices…' }).click()
    } else {
      await tabTo(page, cell(0, 0))
      for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
      for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key)
      await tabTo(page, page.getByRole('button', { name: 'Many prices…' }))
      await page.keyboard.press('Enter')
    }
    const form = page.getByRole('dialog', { name: 'Change many prices' })
    await expect(form.getByText(/^From the selection in the table: STE · /)).toBeVisible()
    await expect(form.getByRole('checkbox', { name: 'Suite' })).toBeChecked()
    await expect(form.getByRole('checkbox', { name: 'Standard' })).not.toBeChecked()
    await expectAccessibleInBoth(page)
    await form.getByRole('textbox', { name: 'Percent more or less' }).fill('10')
    await page.keyboard.press('Enter')
    await form.getByRole('button', { name: 'Change 3 nights' }).click()
    await expect(page.getByText('3 nights have another price')).toBeVisible()
    await expect(cell(1, 4)).toHaveText('110')
    await expect(cell(1, 5)).toHaveText('100')
    await expect(cell(0, 2)).toHaveText('100')
  })
}

test('many restrictions begin with what is selected in the table, and the whole house has its name', async ({
  page,
  hotel,
}) => {
  await page.goto(`/set-up/restrictions?property=${hotel.id}`)
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row},${column}"]`)
  await cell(0, 2).click()
  await cell(1, 4).click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'Range …' }).click()
  const form = page.getByRole('dialog', { name: 'Set a range' })
  await expect(form.getByText(/^From the selection in the table: The whole house and STD · /)).toBeVisible()
  await expect(form.getByRole('checkbox', { name: 'The whole house' })).toBeChecked()
  await expect(form.getByRole('checkbox', { name: 'Standard' })).toBeChecked()
  await expect(form.getByRole('checkbox', { name: 'Suite' })).not.toBeChecked()
  await expectAccessibleInBoth(page)
})
