import { furnish } from './drawing'
import { enter, expect, logIns, test } from './hotel'
import { hands, Tape } from './tape'

for (const hand of hands) {
  test.describe(`by ${hand}`, () => {
    test('the menu of a bar goes by its status', async ({ page, hotel }) => {
      await furnish(hotel, '101 |AAA....\n102 |bbb....\n103 |.CCC...')
      await hotel.book('104', 1, 3, 'Dixon', { status: 'HOLD' })
      const tape = await new Tape(page, hotel).open()
      const offers = async (at: Parameters<Tape['menu']>[1], entries: RegExp[]) => {
        const menu = await tape.menu(hand, at)
        await expect(menu.getByRole('menuitem')).toHaveText(entries)
        await page.keyboard.press('Escape')
        await expect(menu).toBeHidden()
      }
      await offers('101@0', [
        /^Open/,
        /^Check in/,
        /^Move to/,
        /^Pin/,
        /^Take the room/,
        /^Note/,
        /^History/,
        /^No-show/,
        /^Cancel/,
      ])
      await offers('102@0', [
        /^Open/,
        /^Check out/,
        /^Undo check-in/,
        /^Move to/,
        /^Pin/,
        /^Note/,
        /^History/,
      ])
      await offers('103@2', [
        /^Open/,
        /^Check in today/,
        /^Move to/,
        /^Split here/,
        /^Pin/,
        /^Take the room/,
        /^Note/,
        /^History/,
        /^Cancel/,
      ])
      await offers('104@1', [
        /^Open/,
        /^Confirm/,
        /^Move to/,
        /^Pin/,
        /^Take the room/,
        /^Note/,
        /^History/,
        /^Cancel/,
      ])
    })

    test('a hold is confirmed', async ({ page, hotel }) => {
      const hold = await hotel.book('101', 1, 3, 'Archer', { status: 'HOLD' })
      const tape = await new Tape(page, hotel).open()
      await expect(tape.bar('A')).toHaveAccessibleName(/Hold/)
      await tape.menu(hand, '101@1')
      await tape.choose(hand, 'Confirm')
      await expect(tape.bar('A')).toHaveAccessibleName(/Confirmed/)
      await tape.settled()
      expect((await hotel.stay(hold.id)).status).toBe('CONFIRMED')
    })

    test('a guest checks in, and out with an open balance when told so', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |AA.....')
      const tape = await new Tape(page, hotel).open()
      await tape.menu(hand, '101@0')
      await tape.choose(hand, 'Check in')
      await tape.keeps('101 |aa.....')
      await tape.menu(hand, '101@0')
      await tape.choose(hand, 'Undo check-in')
      await tape.keeps('101 |AA.....')
      // Someone was in it: the room is dirty now.
      await tape.menu(hand, '101@0')
      await tape.choose(hand, 'Check in')
      await expect(page.getByRole('alertdialog', { name: 'Room 101 is not clean' })).toBeVisible()
      await tape.answer(hand, 'Check in anyway')
      await tape.keeps('101 |aa.....')
      await tape.menu(hand, '101@0')
      await tape.choose(hand, 'Check out')
      await tape.settled()
      const question = page.getByRole('button', { name: 'Check out anyway' })
      if (await question.isVisible()) await tape.answer(hand, 'Check out anyway')
      await tape.keeps('101 |.......')
      expect((await hotel.stay(A.id)).status).toBe('CHECKED_OUT')
    })

    test('days before the arrival a check-in says which nights it adds, and for how much', async ({
      page,
      hotel,
    }) => {
      const { A } = await furnish(hotel, '101 |...AA..\n102 |bb.CC..')
      const tape = await new Tape(page, hotel).open()
      await tape.menu(hand, '101@3')
      await tape.choose(hand, 'Check in today …')
      const question = page.getByRole('alertdialog', { name: 'Archer arrives only in 3 days' })
      await expect(question).toContainText('adds 3 nights')
      await expect(question).toContainText('$300.00 more')
      await tape.answer(hand, 'Back')
      await expect(question).toBeHidden()
      await tape.keeps('101 |...AA..')

      await tape.menu(hand, '101@3')
      await tape.choose(hand, 'Check in today …')
      await tape.answer(hand, 'Check in today')
      await tape.keeps('101 |aaaaa..')
      expect(await hotel.stay(A.id)).toMatchObject({ status: 'CHECKED_IN', checkInDate: hotel.today })
      await tape.press('Control+z')
      await tape.keeps('101 |...AA..')

      // Somebody else has the room until then.
      await tape.menu(hand, '102@3')
      await tape.choose(hand, 'Check in today …')
      await expect(tape.notice(/Room 102 is booked .*Baker/)).toBeVisible()
      await tape.keeps('102 |bb.CC..')
    })

    test('a note is written, changed, and taken back', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      const write = async (text: string) => {
        await tape.menu(hand, '101@1')
        await tape.choose(hand, 'Note …')
        const note = page.getByRole('dialog', { name: 'Note about Archer' }).getByRole('textbox')
        await expect(note).toBeFocused()
        await note.fill(text)
        await tape.answer(hand, 'Save')
        await expect(note).toBeHidden()
        await tape.settled()
      }
      await write('A cot, please')
      await expect(tape.bar('A')).toHaveAccessibleName(/has notes/)
      expect(await hotel.stay(A.id)).toMatchObject({ internalNotes: 'A cot, please' })
      await write('Two cots')
      await tape.press('Control+z')
      await expect(tape.notice(/^Undone: Note about Archer/)).toBeVisible()
      expect(await hotel.stay(A.id)).toMatchObject({ internalNotes: 'A cot, please' })
      await write('')
      await expect(tape.bar('A')).not.toHaveAccessibleName(/has notes/)
      expect(await hotel.stay(A.id)).toMatchObject({ internalNotes: null })
    })

    test('the history of a stay is told', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      await hotel.act(A, 'move', { roomId: hotel.room('103') })
      const tape = await new Tape(page, hotel).open()
      await tape.menu(hand, '103@1')
      await tape.choose(hand, 'History')
      const history = page.getByRole('dialog', { name: 'History of Archer' })
      await expect(history).toContainText('101')
      await expect(history).toContainText('103')
      await tape.press('Escape')
      await expect(history).toBeHidden()
      await expect(tape.bar('A')).toBeFocused()
    })

    test('a booking is cancelled with its reason', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      await tape.menu(hand, '101@1')
      await tape.choose(hand, 'Cancel the booking')
      const question = page.getByRole('alertdialog', { name: 'Cancel the booking of Archer' })
      await expect(question).toBeVisible()
      await page.keyboard.type('Ill')
      await tape.answer(hand, 'Cancel the booking')
      await tape.keeps('101 |.......')
      expect(await hotel.stay(A.id)).toMatchObject({ status: 'CANCELLED', closeReason: 'Ill' })
    })

    test('who did not come is marked', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |AA.....')
      const tape = await new Tape(page, hotel).open()
      await tape.menu(hand, '101@0')
      await tape.choose(hand, 'No-show')
      await tape.answer(hand, 'Mark as no-show')
      await tape.settled()
      expect((await hotel.stay(A.id)).status).toBe('NO_SHOW')
    })

    test('a stay is taken by its menu', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      await tape.menu(hand, '101@1')
      await tape.choose(hand, 'Move to')
      if (hand === 'pointer') {
        const { x, y } = await tape.point('103@1')
        await page.mouse.move(x, y, { steps: 4 })
        await page.mouse.down()
        await page.mouse.up()
      } else {
        await expect(page.getByRole('menu')).toBeHidden()
        await tape.press('ArrowDown', 2)
        await tape.press('Enter')
      }
      await tape.keeps('101 |.......\n103 |.AA....')
    })

    test('a stay is opened', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await tape.click('101@1')
      else {
        await tape.focus('101@1')
        await tape.press('Enter')
      }
      await expect(page).toHaveURL(new RegExp(`stay=${A.id}`))
      const drawer = page.getByRole('dialog')
      await expect(drawer).toContainText('Archer')
      await expect(drawer).toContainText(A.confirmationNumber)
    })

    test('a room is marked dirty, clean and inspected', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      await expect(tape.head('101')).toHaveAccessibleName('Room 101, Standard, Clean')
      for (const [entry, state] of [
        ['Mark dirty', 'Dirty'],
        ['Mark inspected', 'Inspected'],
        ['Mark clean', 'Clean'],
      ] as const) {
        await tape.rowMenu(hand, '101')
        await tape.choose(hand, entry)
        await expect(tape.head('101')).toHaveAccessibleName(`Room 101, Standard, ${state}`)
      }
      await tape.reload()
      await expect(tape.head('101')).toHaveAccessibleName('Room 101, Standard, Clean')
    })

    test('a type is closed and opened', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      const suites = tape.grid.getByRole('row', { level: 1 }).filter({ hasText: 'Suite' })
      await expect(suites).toHaveAttribute('aria-expanded', 'true')
      const toggle = async () => {
        if (hand === 'pointer') return suites.getByRole('rowheader').click()
        await tape.press('Enter')
      }
      if (hand === 'keys') {
        await tape.focus('201@0')
        await tape.press('Control+ArrowUp')
      }
      await toggle()
      await expect(suites).toHaveAttribute('aria-expanded', 'false')
      await expect(tape.row('201')).toBeHidden()
      await toggle()
      await expect(tape.row('201')).toBeVisible()
    })
  })
}

test('a reader is offered nothing that changes', async ({ hotel, browser }) => {
  await furnish(hotel, '101 |.AA....')
  const context = await browser.newContext()
  await enter(context, logIns.reader)
  const tape = await new Tape(await context.newPage(), hotel).open()
  await expect(tape.page.getByRole('button', { name: 'New booking' })).toBeHidden()
  const menu = await tape.menu('keys', '101@1')
  await expect(menu.getByRole('menuitem')).toHaveText([/^Open/])
  await tape.press('Escape')
  await tape.drag('101@1', '103@1')
  await expect(tape.spoken).toContainText('Your role does not allow this.')
  await tape.keeps('101 |.AA....\n103 |.......')
  await context.close()
})
