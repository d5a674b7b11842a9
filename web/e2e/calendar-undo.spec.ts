import { furnish } from './drawing'
import { expect, plus, test } from './hotel'
import { hands, Tape } from './tape'

/** What the heads of the types and the foot say of the nights on screen. */
const sums = (tape: Tape) =>
  tape.grid.locator('.is-group, .foot-row').evaluateAll((rows) => rows.map((row) => row.textContent))

for (const hand of hands) {
  const step = (tape: Tape, which: 'Undo' | 'Redo') =>
    hand === 'pointer'
      ? tape.page.getByRole('button', { name: which, exact: true }).first().click()
      : tape.press(which === 'Undo' ? 'Control+z' : 'Control+Shift+z')

  test.describe(`by ${hand}`, () => {
    test('many steps go back and forth, over a reload', async ({ page, hotel }) => {
      const states = [
        '101 |.AA....\n102 |.......\n103 |.......\nSTD |...DD..',
        '101 |.......\n102 |.AA....\n103 |.......\nSTD |...DD..',
        '101 |.......\n102 |.AAAA..\n103 |.......\nSTD |...DD..',
        '101 |.......\n102 |.AAAA..\n103 |...DD..\nSTD |.......',
        '101 |.......\n102 |.AAAA..\n103 |....DD.\nSTD |.......',
      ]
      await furnish(hotel, states[0] ?? '')
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '102@1')
      await tape.keeps(states[1] ?? '')
      await tape.resize(hand, 'A', 'end', 2)
      await tape.keeps(states[2] ?? '')
      await tape.move(hand, 'D', '103@3')
      await tape.keeps(states[3] ?? '')
      await tape.move(hand, 'D', '103@4')
      await tape.keeps(states[4] ?? '')

      await tape.reload()
      for (const state of states.slice(0, -1).reverse()) {
        await step(tape, 'Undo')
        await tape.keeps(state)
      }
      await step(tape, 'Undo')
      await expect(tape.notice('Nothing to undo')).toBeVisible()

      await tape.reload()
      for (const state of states.slice(1)) {
        await step(tape, 'Redo')
        await tape.keeps(state)
      }
      await step(tape, 'Redo')
      await expect(tape.notice('Nothing to redo')).toBeVisible()
      await tape.reload()
      await tape.shows(states.at(-1) ?? '')
    })

    test('the night of an extension that is taken back is free again', async ({ page, hotel }) => {
      const short = '101 |.AA....\n102 |...BBB.\n103 |...CCC.\n104 |...DDD.'
      const long = short.replace('.AA....', '.AAA...')
      await furnish(hotel, short)
      const tape = await new Tape(page, hotel).open()
      const before = await sums(tape)
      for (let n = 0; n < 2; n += 1) {
        await tape.resize(hand, 'A', 'end', 1)
        await tape.keeps(long)
        await expect.poll(() => sums(tape)).not.toEqual(before)
        await step(tape, 'Undo')
        await tape.keeps(short)
        await expect.poll(() => sums(tape)).toEqual(before)
      }
    })

    if (hand === 'keys') {
      test('focus goes along with the stay that had it', async ({ page, hotel }) => {
        await furnish(hotel, '101 |.AA....')
        const tape = await new Tape(page, hotel).open()
        await tape.move(hand, 'A', '103@3')
        await tape.keeps('103 |...AA..')
        for (const [which, drawing] of [
          ['Undo', '101 |.AA....'],
          ['Redo', '103 |...AA..'],
        ] as const) {
          await step(tape, which)
          await tape.keeps(drawing)
          await expect(tape.bar('A')).toBeFocused()
        }
      })
    }

    test('what someone changed meanwhile is not taken back, and it is said who', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '102@1')
      await tape.keeps('102 |.AA....')
      await hotel.act(await hotel.stay(A.id), 'resize', { checkOutDate: plus(hotel.today, 5) })
      await tape.shows('102 |.AAAA..')
      await step(tape, 'Undo')
      await expect(tape.notice(/Archer was changed meanwhile/)).toBeVisible()
      await tape.keeps('101 |.......\n102 |.AAAA..')
    })

    test('a booking, a block and a cancellation are taken back', async ({ page, hotel }) => {
      await furnish(hotel, '103 |.CC....')
      const tape = await new Tape(page, hotel).open()
      await tape.focus('101@1')
      await tape.press('Enter')
      await expect(page.getByRole('dialog', { name: 'New booking' })).toBeVisible()
      await page.keyboard.type('Archer')
      await page.keyboard.press('Enter')
      await tape.keeps('101 |.A.....')
      await tape.focus('102@1')
      await tape.press('Alt+Enter')
      await expect(page.getByRole('dialog', { name: 'Block room 102' })).toBeVisible()
      await page.keyboard.press('Enter')
      await tape.keeps('102 |.#.....')
      await tape.menu('keys', '103@1')
      await tape.choose('keys', 'Cancel the booking')
      await tape.answer('keys', 'Cancel the booking')
      await tape.keeps('103 |.......')

      await step(tape, 'Undo')
      await tape.keeps('101 |.A.....\n102 |.#.....\n103 |.CC....')
      await step(tape, 'Undo')
      await tape.keeps('101 |.A.....\n102 |.......\n103 |.CC....')
      await step(tape, 'Undo')
      await tape.keeps('101 |.......\n102 |.......\n103 |.CC....')
    })
  })
}
