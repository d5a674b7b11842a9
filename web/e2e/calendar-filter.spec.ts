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
