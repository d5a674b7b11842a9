import { expectAccessible } from './axe'
import { furnishAll } from './drawing'
import { expect, test } from './hotel'
import { Tape } from './tape'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('nothing is wrong with the chart, its menus, its dialogs and its card', async ({ page, hotel }) => {
      test.slow()
      await furnishAll(hotel)
      const tape = await new Tape(page, hotel).open()
      await expectAccessible(page)

      await tape.menu('keys', '101@4')
      await expectAccessible(page)
      await tape.press('Escape')
      await tape.rowMenu('keys', '101')
      await expectAccessible(page)
      await tape.press('Escape')

      const { x, y } = await tape.point('202@3')
      await page.mouse.move(x, y)
      await expect(page.getByRole('tooltip')).toContainText('Pinned to the room')
      await expectAccessible(page)
      await page.mouse.move(x, 5)

      await tape.focus('104@3')
      await tape.press('Enter')
      await expect(page.getByRole('dialog', { name: 'New booking' })).toContainText('$100.00')
      await expectAccessible(page)
      await tape.press('Escape')
      await tape.press('Alt+Enter')
      await expect(page.getByRole('dialog', { name: 'Block room 104' })).toBeVisible()
      await expectAccessible(page)
      await tape.press('Escape')

      await tape.move('pointer', 'B', '201@4')
      await expect(page.getByRole('alertdialog', { name: 'The room is taken' })).toBeVisible()
      await expectAccessible(page)
      await tape.press('Escape')
      await tape.move('pointer', 'A', '104@0')
      await tape.press('Escape')
    })

    test('nor with a bar in hand, a refusal, other zooms and the legend', async ({ page, hotel }) => {
      test.slow()
      await furnishAll(hotel)
      const tape = await new Tape(page, hotel).open()
      await tape.focus('101@4')
      await tape.press('m')
      await tape.press('ArrowUp')
      await expectAccessible(page)
      await tape.press('Escape')
      await tape.drag('101@4', '103@4')
      await expect(tape.notice(/Room 103 is blocked/)).toBeVisible()
      await expectAccessible(page)

      await page.getByRole('button', { name: 'Legend' }).click()
      await expect(page.getByRole('dialog', { name: 'Legend' })).toBeVisible()
      await expectAccessible(page)
      await tape.press('Escape')
      await page.getByRole('button', { name: /^Filter/ }).click()
      await expect(page.getByRole('dialog', { name: 'Filter' }).getByRole('checkbox').first()).toBeVisible()
      await expectAccessible(page)
      await tape.press('Escape')
      for (const days of ['7', '31', '90']) {
        await page.getByRole('radiogroup').getByText(days, { exact: true }).click()
        await expect(page).toHaveURL(new RegExp(`days=${days}`))
        await tape.settled()
        await expectAccessible(page)
      }
    })
  })
}
