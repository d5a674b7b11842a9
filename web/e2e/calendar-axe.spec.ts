import type { Page } from '@playwright/test'
import { expectAccessible, expectAccessibleInBoth } from './axe'
import { furnishAll } from './drawing'
import { expect, type Hotel, test } from './hotel'
import { type At, Tape } from './tape'

/** The chart with a bar, a block and a mark of every kind. */
async function open(page: Page, hotel: Hotel): Promise<Tape> {
  await furnishAll(hotel)
  return new Tape(page, hotel).open()
}

/** What opens over the chart, and how; each is looked at and closed again. */
const overlays: [string, (tape: Tape) => Promise<unknown>][] = [
  ['menu of a stay', (tape) => tape.menu('keys', '101@4')],
  ['menu of a block', (tape) => tape.menu('keys', '103@1')],
  ['menu of a free night', (tape) => tape.menu('keys', '104@1')],
  ['menu of a room', (tape) => tape.rowMenu('keys', '101')],
  ['block', (tape) => pressed(tape, '104@1', 'Alt+Enter')],
  ['change of a block', (tape) => chosen(tape, '103@1', 'Change …')],
  ['note', (tape) => chosen(tape, '202@3', 'Note …')],
  ['history', (tape) => chosen(tape, '202@3', 'History')],
  ['cancellation', (tape) => chosen(tape, '202@3', 'Cancel the booking …')],
  ['early check-in', (tape) => chosen(tape, '202@3', 'Check in today …')],
  ['a room that is taken', (tape) => tape.move('pointer', 'B', '201@4')],
  ['a guest in the house', (tape) => tape.move('pointer', 'A', '104@0')],
  ['legend', (tape) => tape.page.getByRole('button', { name: 'Legend' }).click()],
  ['filter', (tape) => tape.page.getByRole('button', { name: /^Filter/ }).click()],
  ['date', (tape) => tape.press('d')],
]

async function pressed(tape: Tape, at: At, keys: string) {
  await tape.focus(at)
  await tape.press(keys)
}

async function chosen(tape: Tape, at: At, entry: string) {
  await tape.menu('keys', at)
  await tape.choose('keys', entry)
}

for (const [n, part] of [overlays.slice(0, 8), overlays.slice(8)].entries()) {
  test(`nothing is wrong with what opens over the chart, part ${n + 1}`, async ({ page, hotel }) => {
    test.slow()
    const tape = await open(page, hotel)
    const over = page.locator('[role=dialog], [role=alertdialog][aria-modal=true], [role=menu]').first()
    for (const [name, show] of part) {
      await test.step(name, async () => {
        await show(tape)
        await expect(page.locator('[role=dialog], [role=alertdialog], [role=menu]').last()).toBeVisible()
        await tape.settled()
        await expectAccessibleInBoth(page, '.popover')
        await tape.press('Escape')
        await expect(over).toBeHidden()
      })
    }
  })
}

test('nor with what is in hand, and a refusal', async ({ page, hotel }) => {
  test.slow()
  const tape = await open(page, hotel)
  await pressed(tape, '101@4', 'm')
  await tape.press('ArrowUp')
  await expectAccessibleInBoth(page, '.chart')
  await tape.press('Escape')
  await pressed(tape, '101@4', 'Shift+ArrowRight')
  await expect(tape.grid.locator('.ghost')).toContainText('$100.00 more')
  await expectAccessibleInBoth(page, '.ghost')
  await tape.press('Escape')
  await pressed(tape, '103@1', 'm')
  await tape.press('ArrowLeft')
  await expectAccessibleInBoth(page, '.chart-row:has(.is-held)')
  await tape.press('Escape')
  await tape.drag('101@4', '103@4')
  await expect(tape.notice(/Room 103 is blocked/)).toBeVisible()
  await expectAccessibleInBoth(page, '[role=region]')
})

test('nor with what stands back, and other zooms', async ({ page, hotel }) => {
  test.slow()
  const tape = await open(page, hotel)
  await page.getByRole('searchbox').fill('baker')
  await expect(tape.grid.locator('.bar.is-dimmed').first()).toBeVisible()
  await expectAccessibleInBoth(page, '.chart-body')
  await page.getByRole('searchbox').fill('')
  for (const days of ['31', '90']) {
    await page.getByRole('radiogroup').getByText(days, { exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`days=${days}`))
    await tape.settled()
    await expectAccessible(page, '.chart')
  }
})

test('from right to left nothing is wrong with a menu, a bar in hand and a question', async ({
  page,
  hotel,
}) => {
  test.slow()
  await page.addInitScript(() => localStorage.setItem('pms.language', 'ar'))
  const tape = await open(page, hotel)
  await tape.menu('keys', '101@4')
  await expectAccessible(page, '.popover')
  await tape.press('Escape')
  await pressed(tape, '101@4', 'm')
  await tape.press('ArrowUp')
  await expectAccessible(page, '.chart-body')
  await tape.press('Escape')
  await tape.move('pointer', 'A', '104@0')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectAccessible(page, '.popover')
})
