import { furnish } from './drawing'
import { expect, test } from './hotel'
import { hands, Tape } from './tape'

for (const hand of hands) {
  test.describe(`by ${hand}`, () => {
    test('a block goes along its room, stretches, and comes back', async ({ page, hotel }) => {
      await furnish(hotel, '103 |.##..BB.\n104 |~~......')
      const tape = await new Tape(page, hotel).open()
      await tape.moveBlock(hand, '103@1', '103@2')
      await tape.keeps('103 |..##.BB.')
      await tape.resizeBlock(hand, '103@2', 'end', 1)
      await tape.keeps('103 |..###BB.')
      await tape.resizeBlock(hand, '103@2', 'start', -2)
      await tape.keeps('103 |#####BB.')
      await tape.resizeBlock(hand, '103@0', 'end', 1)
      await expect(tape.spoken).toContainText(/Room 103 is booked .*Baker/)
      if (hand === 'keys') await tape.press('Escape')
      await tape.keeps('103 |#####BB.')
      await tape.press('Control+z', 2)
      await tape.keeps('103 |..##.BB.')
      await tape.press('Control+Shift+z')
      await tape.keeps('103 |..###BB.')
      await tape.reload()
      await tape.shows('103 |..###BB.')
      await tape.press('Control+z', 2)
      await tape.keeps('103 |.##..BB.')
      await tape.moveBlock(hand, '104@0', '103@3')
      await tape.keeps('104 |...~~...')
    })

    test('a room is blocked from its menu, changed, and put on sale again', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      await tape.rowMenu(hand, '103')
      await tape.choose(hand, 'Block …')
      const form = page.getByRole('dialog', { name: 'Block room 103' })
      await form.getByRole('button', { name: /Kind/ }).click()
      await page.getByRole('option', { name: 'House use' }).click()
      await tape.answer(hand, 'Block')
      await expect(form).toBeHidden()
      await tape.today()
      await tape.keeps('103 |+......')

      await tape.menu(hand, '103@0')
      await tape.choose(hand, 'Change …')
      await expect(form).toBeVisible()
      await expect(form.locator('input:focus')).toBeVisible()
      await page.keyboard.type('Owner')
      await tape.answer(hand, 'Save')
      await expect(tape.grid.getByRole('gridcell', { name: /^House use, .*Owner/ })).toBeVisible()

      await tape.menu(hand, '103@0')
      await tape.choose(hand, 'Put on sale again')
      await tape.keeps('103 |.......')
      await expect(tape.notice('Room 103 is on sale again')).toBeVisible()
    })
  })
}

test('by keys a menu opens where the focus is, also right after another menu or dialog was closed', async ({
  page,
  hotel,
}) => {
  await furnish(hotel, '101 |.##....\n102 |...++..\n103 |.AA....')
  const tape = await new Tape(page, hotel).open()
  await tape.menu('keys', '101@1')
  await tape.choose('keys', 'Change …')
  await expect(page.getByRole('dialog', { name: 'Block room 101' })).toBeVisible()
  await tape.press('Escape')
  await tape.menu('keys', '102@3')
  const [menu, bar] = [page.getByRole('menu'), tape.grid.getByRole('gridcell', { name: /^House use/ })]
  const below = async () => {
    const [of, from] = [await menu.boundingBox(), await bar.boundingBox()]
    expect(Math.abs((of?.x ?? 0) - (from?.x ?? 0))).toBeLessThan(40)
    expect(of?.y).toBeGreaterThan(from?.y ?? 0)
  }
  await below()
  await tape.press('Escape')
  await tape.menu('pointer', '103@1')
  await tape.press('Escape')
  await tape.menu('keys', '102@3')
  await below()
  await tape.choose('keys', 'Put on sale again')
  await tape.keeps('101 |.##....\n102 |.......')
})
