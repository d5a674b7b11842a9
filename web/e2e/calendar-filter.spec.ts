import { furnish } from './drawing'
import { expect, test } from './hotel'
import { hands, Tape } from './tape'

for (const hand of hands) {
  test.describe(`by ${hand}`, () => {
    test('rows are filtered, and the link says so', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      const filter = page.getByRole('button', { name: /^Filter/ })
      if (hand === 'pointer') await filter.click()
      else {
        await filter.focus()
        await page.keyboard.press('Enter')
      }
      const box = page.getByRole('dialog', { name: 'Filter' })
      const standard = box.getByRole('checkbox', { name: 'Standard' })
      if (hand === 'pointer') await box.getByText('Standard', { exact: true }).click()
      else {
        await standard.focus()
        await page.keyboard.press('Space')
      }
      await page.keyboard.press('Escape')
      await expect(tape.row('201')).toBeHidden()
      await expect(page).toHaveURL(new RegExp(`type=${hotel.types.get('STD')}`))
      await tape.reload()
      await expect(tape.row('201')).toBeHidden()
      await expect(tape.row('101')).toBeVisible()
    })
  })
}

test('who was found is opened, put back and left by the keys, and the others come back', async ({
  page,
  hotel,
}) => {
  await furnish(hotel, '101 |.AA....\n102 |..BB...')
  const tape = await new Tape(page, hotel).open()
  await tape.focus('101@0')
  await tape.press('/')
  await page.keyboard.type('Baker')
  await expect(page.locator('.bar.is-dimmed')).toHaveCount(1)
  await page.keyboard.press('Enter')
  const baker = page.getByRole('gridcell', { name: /Baker/ })
  await expect(baker).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /Baker/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(baker).toBeFocused()
  // The first key puts back what is in hand, the next leaves the search.
  await page.keyboard.press('m')
  await page.keyboard.press('Escape')
  await expect(page.locator('.ghost')).toHaveCount(0)
  await expect(page.locator('.bar.is-dimmed')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.locator('.bar.is-dimmed')).toHaveCount(0)
  await expect(baker).toBeFocused()
})

test('what a button opened gives the focus back to it', async ({ page, hotel }) => {
  const tape = await new Tape(page, hotel).open()
  await tape.focus('101@0')
  const button = page.getByRole('button', { name: 'New booking' })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'New booking' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
})
