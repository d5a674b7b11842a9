import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { furnish } from './drawing'
import { enter, expect, type Hotel, type Json, logIns, plus, type Stay, tabTo, test } from './hotel'
import { type Hand, hands, Tape } from './tape'

const stays = async (hotel: Hotel) =>
  (await hotel.call('GET', `/reservations?propertyId=${hotel.id}`)) as unknown as Stay[]

const restrict = (hotel: Hotel, night: number, set: Json) =>
  hotel.call('PUT', '/restrictions', {
    propertyId: hotel.id,
    changes: [{ startDate: plus(hotel.today, night), endDate: plus(hotel.today, night + 1), set }],
  })

/** A night from today on, as the page writes it. */
const written = (hotel: Hotel, night: number): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    Date.parse(plus(hotel.today, night)),
  )

/** The short form for room 102 from the second night on. */
async function asked(page: Page, hotel: Hotel, hand: Hand): Promise<Locator> {
  const tape = await new Tape(page, hotel).open()
  if (hand === 'pointer') await tape.click('102@2')
  else {
    await tape.focus('102@2')
    await tape.press('Enter')
  }
  return page.getByRole('dialog', { name: 'New booking' })
}

async function take(page: Page, button: Locator, hand: Hand): Promise<void> {
  if (hand === 'pointer') return button.click()
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

for (const hand of hands) {
  test.describe(`by ${hand}`, () => {
    test('a free night is booked', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await tape.click('102@2')
      else {
        await tape.focus('102@2')
        await tape.press('Enter')
      }
      const form = page.getByRole('dialog', { name: 'New booking' })
      await expect(form.getByRole('button', { name: /Room\b.*102|102.*Room\b/ })).toBeVisible()
      await expect(form).toContainText('$100.00')
      await page.keyboard.type('Archer')
      await tape.answer(hand, 'Book')
      await expect(form).toBeHidden()
      await tape.keeps('102 |..A....')
      await expect(tape.notice('Archer booked: room 102, ')).toBeVisible()
      await tape.reload()
      await tape.shows('102 |..A....')
    })

    test('several nights are booked at once', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await tape.drag('102@1', '102@3')
      else {
        await tape.focus('102@1')
        await tape.press('Shift+ArrowRight', 2)
        await tape.press('Enter')
      }
      const form = page.getByRole('dialog', { name: 'New booking' })
      await expect(form).toContainText('$300.00')
      await page.keyboard.type('Archer')
      await page.keyboard.press('Enter')
      await expect(form).toBeHidden()
      await tape.keeps('102 |.AAA...')
    })

    test('a range stops at what lies in its way', async ({ page, hotel }) => {
      await furnish(hotel, '101 |...##..\n102 |.B.....')
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await tape.drag('101@1', '101@6')
      else {
        await tape.focus('101@1')
        await tape.press('Shift+ArrowRight', 5)
        await tape.press('Enter')
      }
      const form = page.getByRole('dialog', { name: 'New booking' })
      await expect(form).toContainText('$200.00')
      await page.keyboard.type('Archer')
      await page.keyboard.press('Enter')
      await expect(form).toBeHidden()
      await tape.keeps('101 |.AA##..')
    })

    test('a booking without a name is not sent, and Escape leaves nothing', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await page.getByRole('button', { name: 'New booking' }).click()
      else {
        await tape.focus('101@0')
        await tape.press('n')
      }
      const form = page.getByRole('dialog', { name: 'New booking' })
      await tape.answer(hand, 'Book')
      await expect(form.getByText('Enter the last name.')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(form).toBeHidden()
      expect(await hotel.call('GET', `/reservations?propertyId=${hotel.id}`)).toEqual([])
    })

    test('who stands at the desk tonight is booked and in the house at once', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await tape.click('102@0')
      else {
        await tape.focus('102@0')
        await tape.press('Enter')
      }
      const form = page.getByRole('dialog', { name: 'New booking' })
      await expect(form).toContainText('$100.00')
      await page.keyboard.type('Archer')
      await expect(form.getByRole('button', { name: /Source/ })).toContainText('Walk-in')
      const here = form.getByRole('checkbox', { name: 'Check in at once' })
      if (hand === 'pointer') await here.check({ force: true })
      else {
        await here.focus()
        await tape.press('Space')
      }
      await tape.answer(hand, 'Book')
      await expect(form).toBeHidden()
      await tape.keeps('102 |a......')
      await expect
        .poll(() => hotel.call('GET', `/reservations?propertyId=${hotel.id}`))
        .toMatchObject([{ status: 'CHECKED_IN', sourceType: 'WALKIN' }])
    })

    test('a room that is not clean is told before it is booked for tonight', async ({ page, hotel }) => {
      await hotel.post(`/rooms/${hotel.room('102')}/status`, { status: 'VACANT_DIRTY', version: 1 })
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await tape.click('102@0')
      else {
        await tape.focus('102@0')
        await tape.press('Enter')
      }
      const form = page.getByRole('dialog', { name: 'New booking' })
      await expect(form.getByText('Room 102 is not clean yet.')).toBeVisible()
      await expect(form.getByRole('checkbox', { name: 'Check in at once' })).toHaveCount(0)
    })

    test('a booking from the bar of tools is shown where it lies', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await page.getByRole('button', { name: 'New booking' }).click()
      else await page.keyboard.press('n')
      await page.getByRole('dialog', { name: 'New booking' }).waitFor()
      await page.keyboard.type('Archer')
      await tape.answer(hand, 'Book')
      await expect(tape.notice('Archer booked: ')).toContainText('no room yet')
      await expect(page.locator('.chart :focus')).toHaveAccessibleName(/Archer/)
      await tape.keeps('STD |A......')
    })

    test('a room that looks free is told to be for one who waits', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AAA...\n102 |.BBB...\n103 |.CCC...\nSTD |..GG...')
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') await tape.click('104@2')
      else {
        await tape.focus('104@2')
        await tape.press('Enter')
      }
      const form = page.getByRole('dialog', { name: 'New booking' })
      const needed = '1 stay waits for a room: it needs the one that looks free.'
      await expect(form.getByText(needed)).toHaveCount(1)
      await expect(form.getByRole('button', { name: 'Book', exact: true })).toBeDisabled()
      await page.keyboard.type('Lovelace')
      await page.keyboard.press('Enter')
      await expect(form.getByRole('alert')).toHaveCount(1)
      expect(await stays(hotel)).toHaveLength(4)

      await take(page, form.getByRole('button', { name: /^Another room type/ }), hand)
      await expect(form.getByRole('button', { name: /Room type/ })).toContainText('Suite')
      await tape.answer(hand, 'Book')
      await expect(form).toBeHidden()
      expect(await stays(hotel)).toHaveLength(5)
    })

    test('what may not be sold is told with its date, and what is nearest is taken', async ({
      page,
      hotel,
    }) => {
      await restrict(hotel, 2, { closedToArrival: true })
      const form = await asked(page, hotel, hand)
      const book = form.getByRole('button', { name: 'Book', exact: true })
      const why = `Closed to arrival on ${written(hotel, 2)} · the whole house`
      await expect(form.getByRole('alert')).toHaveText(why)
      await expect(book).toBeDisabled()
      await expect(book).toHaveAccessibleDescription(why)
      await expectAccessible(page)
      await page.keyboard.type('Archer')
      await page.keyboard.press('Enter')
      expect(await stays(hotel)).toHaveLength(0)

      const tape = new Tape(page, hotel)
      await take(page, form.getByRole('button', { name: /^Another date/ }), hand)
      await expect(form.getByRole('alert')).toHaveCount(0)
      await tape.answer(hand, 'Book')
      await expect(form).toBeHidden()
      const [{ checkInDate, roomId }] = (await stays(hotel)) as [Stay]
      expect(checkInDate).not.toBe(plus(hotel.today, 2))
      expect(roomId).toBe(hotel.room('102'))
    })

    test('who may sells against a restriction', async ({ page, hotel }) => {
      await restrict(hotel, 2, { minStayArrival: 3 })
      const form = await asked(page, hotel, hand)
      await expect(form.getByRole('alert')).toContainText(`${written(hotel, 2)}: 3 nights`)
      await page.keyboard.type('Archer')
      const insist = form.getByRole('checkbox', { name: 'Sell although a restriction says no' })
      if (hand === 'pointer') await insist.check({ force: true })
      else {
        await insist.focus()
        await page.keyboard.press('Space')
      }
      await new Tape(page, hotel).answer(hand, 'Book')
      await expect(form).toBeHidden()
      expect(await stays(hotel)).toMatchObject([{ checkInDate: plus(hotel.today, 2) }])
    })

    test('nights are blocked from the chart', async ({ page, hotel }) => {
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') {
        await page.keyboard.down('Alt')
        await tape.drag('102@1', '102@3')
        await page.keyboard.up('Alt')
      } else {
        await tape.focus('102@1')
        await tape.press('Shift+ArrowRight', 2)
        await tape.press('Alt+Enter')
      }
      const form = page.getByRole('dialog', { name: 'Block room 102' })
      await expect(form).toBeVisible()
      await page.keyboard.type('Painter')
      await tape.answer(hand, 'Block')
      await expect(form).toBeHidden()
      await tape.keeps('102 |.###...')
      await expect(tape.grid.getByRole('gridcell', { name: /^Out of order, .*Painter/ })).toBeVisible()
      await tape.reload()
      await tape.shows('102 |.###...')
    })

    test('onto a taken room: they change rooms', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....\n102 |.BB....')
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '102@1')
      await expect(page.getByRole('alertdialog', { name: 'The room is taken' })).toContainText(
        'Archer goes to 102, Baker to 101.',
      )
      await tape.answer(hand, 'Swap rooms')
      await tape.keeps('101 |.BB....\n102 |.AA....')
      await tape.press('Control+z')
      await tape.keeps('101 |.AA....\n102 |.BB....')
      await tape.press('Control+Shift+z')
      await tape.keeps('101 |.BB....\n102 |.AA....')
      await tape.reload()
      await tape.shows('101 |.BB....\n102 |.AA....')
    })

    test('onto a taken room: who is there makes room', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....\n102 |..BB...\n103 |.......')
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '102@1')
      await expect(page.getByRole('alertdialog', { name: 'The room is taken' })).toContainText(
        'Baker goes to 103.',
      )
      await tape.answer(hand, 'Make room')
      await tape.keeps('101 |.......\n102 |.AA....\n103 |..BB...')
      await tape.press('Control+z')
      await tape.keeps('101 |.AA....\n102 |..BB...\n103 |.......')
      await tape.reload()
      await tape.shows('101 |.AA....\n102 |..BB...\n103 |.......')
    })

    test('a stay is split over two rooms', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AAAA..\n102 |...B...')
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') {
        await tape.menu(hand, '101@3')
        await tape.choose(hand, 'Split here')
        const { x, y } = await tape.point('103@3')
        await page.mouse.move(x, y, { steps: 4 })
        await page.mouse.down()
        await page.mouse.up()
      } else {
        await tape.focus('101@1')
        await tape.press('s')
        await expect(tape.spoken).toContainText('choose night and room of the second part')
        await tape.press('ArrowRight')
        await tape.press('ArrowDown', 2)
        await tape.press('Enter')
      }
      await tape.keeps('101 |.AA....\n102 |...B...\n103 |...AA..')
      await expect(tape.bar('A')).toHaveAccessibleName(/one of several rooms/)
      await tape.reload()
      await tape.shows('101 |.AA....\n103 |...AA..')
      const stay = (await hotel.stay(A.id)) as unknown as { rooms: unknown }
      expect(stay.rooms).toEqual([
        { roomId: hotel.room('101'), from: plus(hotel.today, 1), to: plus(hotel.today, 3) },
        { roomId: hotel.room('103'), from: plus(hotel.today, 3), to: plus(hotel.today, 5) },
      ])
    })

    test('a room is given from the lane, and taken away again', async ({ page, hotel }) => {
      await furnish(hotel, 'STD |.DD....')
      const tape = await new Tape(page, hotel).open()
      await tape.shows('101 |.......\n102 |.......\nSTD |.DD....')
      await tape.move(hand, 'D', '102@1')
      await tape.keeps('102 |.DD....\nSTD |.......')
      await tape.move(hand, 'D', 'STD@1')
      await tape.keeps('102 |.......\nSTD |.DD....')
      await tape.reload()
      await tape.shows('102 |.......\nSTD |.DD....')
    })

    test('the room is taken away by the menu or its key', async ({ page, hotel }) => {
      await furnish(hotel, '102 |.AA....')
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') {
        await tape.menu(hand, '102@1')
        await tape.choose(hand, 'Take the room away')
      } else {
        await tape.focus('102@1')
        await tape.press('u')
      }
      await tape.keeps('102 |.......\nSTD |.AA....')
      await expect(tape.notice('Archer has no room now')).toBeVisible()
    })

    test('a stay waits for a room of its type only', async ({ page, hotel }) => {
      await furnish(hotel, 'STD |.DD....')
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'D', 'STE@1')
      await expect(tape.spoken).toContainText('Dixon waits for a room of another type')
      if (hand === 'keys') await tape.press('Escape')
      await tape.keeps('STD |.DD....\nSTE |.......')
      await tape.move(hand, 'D', '201@1')
      await tape.keeps('STD |.......\n201 |.DD....')
    })

    test('a pinned stay asks before it changes rooms', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      if (hand === 'pointer') {
        await tape.menu(hand, '101@1')
        await tape.choose(hand, 'Pin to this room')
      } else {
        await tape.focus('101@1')
        await tape.press('p')
      }
      await expect(tape.bar('A')).toHaveAccessibleName(/pinned/)
      await tape.settled()
      expect(await hotel.stay(A.id)).toMatchObject({ isPinned: true })

      await tape.move(hand, 'A', '102@1')
      await expect(page.getByRole('alertdialog', { name: 'Are you sure?' })).toContainText(
        'Archer is pinned to the room',
      )
      await tape.answer(hand, 'Leave it')
      await tape.keeps('101 |.AA....\n102 |.......')

      if (hand === 'pointer') {
        await tape.menu(hand, '101@1')
        await tape.choose(hand, 'Unpin')
      } else {
        await tape.focus('101@1')
        await tape.press('p')
      }
      await expect(tape.bar('A')).not.toHaveAccessibleName(/pinned/)
    })
  })
}

test('with Ctrl the arrows go to the next room that fits', async ({ page, hotel }) => {
  await furnish(hotel, '101 |.AA....\n102 |.BB....\n103 |..##...\n104 |.......')
  const tape = await new Tape(page, hotel).open()
  await tape.focus('101@1')
  await tape.press('m')
  await tape.press('Control+ArrowDown')
  await tape.press('Enter')
  await tape.keeps('101 |.......\n104 |.AA....')
})

test('the grabbed night stays under the pointer', async ({ page, hotel }) => {
  await furnish(hotel, '101 |.AAAA..')
  const tape = await new Tape(page, hotel).open()
  await tape.drag('101@3', '102@4')
  await tape.keeps('101 |.......\n102 |..AAAA.')
})

test('Escape puts back what the pointer carries', async ({ page, hotel }) => {
  await furnish(hotel, '101 |.AA....')
  const tape = await new Tape(page, hotel).open()
  await tape.take('101@1', '103@3')
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await tape.keeps('101 |.AA....\n103 |.......')
})

test('who may not sell against a restriction is not asked', async ({ page, hotel }) => {
  await restrict(hotel, 2, { isClosed: true })
  await page.context().clearCookies()
  await enter(page.context(), logIns.desk)
  const form = await asked(page, hotel, 'pointer')
  await expect(form.getByRole('alert')).toContainText(`Closed on the night of ${written(hotel, 2)}`)
  await expect(form.getByRole('button', { name: 'Book', exact: true })).toBeDisabled()
  await expect(form.getByRole('checkbox', { name: /Sell although/ })).toHaveCount(0)
})

test('a type for one is asked for one, and more are told at once', async ({ page, hotel }) => {
  const type = { code: 'SGL', name: 'Single', maxAdults: 1, maxOccupancy: 1, propertyId: hotel.id }
  const { id } = await hotel.call('POST', '/room-types', type)
  await hotel.call('POST', '/rooms', { propertyId: hotel.id, roomTypeId: id, roomNumber: '901' })
  const tape = await new Tape(page, hotel).open()
  await tape.click('901@2')
  const form = page.getByRole('dialog', { name: 'New booking' })
  const adults = form.getByRole('textbox', { name: 'Adults' })
  await expect(adults).toHaveValue('1')
  await adults.fill('2')
  await page.keyboard.press('Tab')
  await expect(form).toContainText('At most 1 adult in this room type.')
  await expect(form.getByRole('button', { name: 'Book' })).toBeDisabled()
})

test('who fits no single room is booked, and the moves that make one are shown next', async ({
  page,
  hotel,
}) => {
  await furnish(hotel, '101 |AA.BBB.\n102 |CCC.DD.\n103 |EEEEEE.\n104 |FFFFFF.\nSTD |......G')
  const tape = await new Tape(page, hotel).open()
  await tape.drag('STD@2', 'STD@3')
  const form = page.getByRole('dialog', { name: 'New booking' })
  await expect(form).toContainText('No one room is free on all nights')
  await form.getByRole('textbox', { name: 'Last name' }).fill('Lovelace')
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(page.getByRole('dialog', { name: /^A room for/ })).toContainText(/when \d stays? moves?/)
})
