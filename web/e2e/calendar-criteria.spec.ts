import type { Route } from '@playwright/test'
import { furnish } from './drawing'
import { enter, expect, type Hotel, logIns, plus, test } from './hotel'
import { hands, Tape } from './tape'

/** The stream of changes is cut: the page does not hear what others do. */
const deafen = (tape: Tape) => tape.page.route('**/calendar/stream?*', (route) => route.abort())

interface Told {
  action: string
  diffJson: Record<string, { before: unknown; after: unknown }>
}

async function trailOf(hotel: Hotel, id: string): Promise<Told[]> {
  const trail = await hotel.call('GET', `/audit?entityType=RESERVATION&entityId=${id}`)
  return trail as unknown as Told[]
}

test('one request loads the grid', async ({ page, hotel }) => {
  const drawing = `
    101 |AAA.BB..
    102 |..cc##..`.replace('cc', 'CC')
  await furnish(hotel, `${drawing}\n    STD |.DD.....`)
  const charts: string[] = []
  const others: string[] = []
  page.on('request', (request) => {
    if (/\/(rooms|room-types|room-blocks|reservations|occupancy|availability)\b/.test(request.url()))
      others.push(request.url())
  })
  await page.route(/\/api\/v1\/pms\/calendar\?/, async (route) => {
    charts.push(route.request().url())
    // Those that look ahead are left waiting: what is on the screen comes from the first.
    if (charts.length === 1) await route.continue()
  })
  const tape = new Tape(page, hotel)
  await page.goto(`/calendar?property=${hotel.id}`)
  await tape.shows(drawing)
  await tape.shows('STD |.DD.....')
  await expect(
    tape.grid
      .getByRole('row', { name: /Occupancy/ })
      .getByRole('gridcell')
      .first(),
  ).toHaveText(/%/)
  expect(others).toEqual([])
})

for (const hand of hands) {
  test.describe(`by ${hand}`, () => {
    test('a confirmed stay moved to a free slot shows at once and persists', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      const held: Route[] = []
      await page.route('**/calendar/move', (route) => void held.push(route))
      await tape.move(hand, 'A', '103@3')
      await tape.shows('101 |.......\n103 |...AA..', 1_000)
      await expect.poll(() => held.length).toBe(1)
      await held[0]?.continue()
      await tape.keeps('101 |.......\n103 |...AA..')
      await expect(tape.notice(/Archer moved to 103/)).toBeVisible()
      await tape.reload()
      await tape.shows('101 |.......\n103 |...AA..')
    })

    test('into an occupied range it says who is there, and can be put back', async ({ page, hotel }) => {
      const drawing = '101 |.AA....\n102 |..BB...'
      await furnish(hotel, drawing)
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '102@1')
      const asked = page.getByRole('alertdialog', { name: 'The room is taken' })
      await expect(asked).toContainText(/Room 102 is booked .*Baker/)
      await tape.answer(hand, 'Leave it')
      await expect(asked).toBeHidden()
      await tape.keeps(drawing)
    })

    test('into the room of a guest in the house it is refused with the reason and put back', async ({
      page,
      hotel,
    }) => {
      const drawing = '101 |.AA....\n102 |bbb....'
      await furnish(hotel, drawing)
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '102@1')
      await expect(tape.spoken).toContainText(/Room 102 is booked .*Baker/)
      if (hand === 'keys') await tape.press('Escape')
      else await expect(tape.notice(/Room 102 is booked .*Baker/)).toBeVisible()
      await tape.keeps(drawing)
    })

    test('ROOM_ALREADY_BOOKED of the server puts the bar back and says why', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....')
      const tape = new Tape(page, hotel)
      await deafen(tape)
      await tape.open()
      await furnish(hotel, '102 |..BB...')
      const answer = page.waitForResponse('**/calendar/move')
      await tape.move(hand, 'A', '102@1')
      expect((await (await answer).json()).error.code).toBe('ROOM_ALREADY_BOOKED')
      await expect(tape.notice(/Room 102 is booked/)).toBeVisible()
      await tape.keeps('101 |.AA....')
    })

    test('into out of order it is refused with the reason and put back', async ({ page, hotel }) => {
      const drawing = '101 |.AA....\n102 |..##...'
      await furnish(hotel, drawing)
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '102@1')
      await expect(tape.spoken).toContainText(/Room 102 is out of order/)
      if (hand === 'keys') await tape.press('Escape')
      else await expect(tape.notice(/Room 102 is out of order/)).toBeVisible()
      await tape.keeps(drawing)
    })

    test('ROOM_OUT_OF_ORDER of the server puts the bar back and says why', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....')
      const tape = new Tape(page, hotel)
      await deafen(tape)
      await tape.open()
      await furnish(hotel, '102 |..##...')
      const answer = page.waitForResponse('**/calendar/move')
      await tape.move(hand, 'A', '102@1')
      expect((await (await answer).json()).error.code).toBe('ROOM_OUT_OF_ORDER')
      await expect(tape.notice(/Room 102 is out of order/)).toBeVisible()
      await tape.keeps('101 |.AA....')
    })

    test('no edge goes to zero nights', async ({ page, hotel }) => {
      await furnish(hotel, '101 |..AAA..')
      const tape = await new Tape(page, hotel).open()
      await tape.resize(hand, 'A', 'end', -5)
      await tape.keeps('101 |..A....')
      await tape.resize(hand, 'A', 'start', 4)
      await tape.keeps('101 |..A....')
    })

    test('an edge over another stay is refused with the reason and put back', async ({ page, hotel }) => {
      const drawing = '101 |.AA.BB.'
      await furnish(hotel, drawing)
      const tape = await new Tape(page, hotel).open()
      await tape.resize(hand, 'A', 'end', 2)
      await expect(tape.spoken).toContainText(/Room 101 is booked .*Baker/)
      if (hand === 'keys') await tape.press('Escape')
      await tape.keeps(drawing)
      await tape.resize(hand, 'B', 'start', -2)
      await expect(tape.spoken).toContainText(/Room 101 is booked .*Archer/)
      if (hand === 'keys') await tape.press('Escape')
      await tape.keeps(drawing)
    })

    test('both edges go where it is free, and it persists', async ({ page, hotel }) => {
      await furnish(hotel, '101 |..AA....')
      const tape = await new Tape(page, hotel).open()
      await tape.resize(hand, 'A', 'end', 2)
      await tape.keeps('101 |..AAAA..')
      await tape.resize(hand, 'A', 'start', -1)
      await tape.keeps('101 |.AAAAA..')
      await tape.reload()
      await tape.shows('101 |.AAAAA..')
    })

    test('a departed stay does not move', async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....')
      // No bar is left of who departs on the day of arrival, and no day is closed here: the answer says that the guest has left.
      await page.route(/\/api\/v1\/pms\/calendar\?/, async (route) => {
        const answer = await route.fetch()
        const chart = await answer.json()
        for (const bar of chart.data.bars) bar.status = 'CHECKED_OUT'
        await route.fulfill({ response: answer, json: chart })
      })
      const writes: string[] = []
      page.on('request', (request) => {
        if (request.method() === 'POST') writes.push(request.url())
      })
      const tape = await new Tape(page, hotel).open()
      const isOver = 'Archer: Departed. This stay is over and does not move'
      if (hand === 'pointer') await tape.drag('101@1', '103@1')
      else {
        await tape.focus('101@1')
        await tape.press('m')
      }
      await expect(tape.spoken).toContainText(isOver)
      await tape.keeps('101 |.AA....\n103 |.......')
      if (hand === 'pointer') await tape.resize(hand, 'A', 'end', 1)
      else await tape.press('Shift+ArrowRight')
      await expect(tape.spoken).toContainText(isOver)
      await tape.keeps('101 |.AA....\n103 |.......')
      expect(writes).toEqual([])
    })

    test('a stay cancelled meanwhile does not move', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = new Tape(page, hotel)
      await deafen(tape)
      await tape.open()
      await hotel.act(A, 'cancel')
      await tape.move(hand, 'A', '103@1')
      await tape.keeps('101 |.......\n103 |.......')
      expect((await hotel.stay(A.id)).status).toBe('CANCELLED')
    })

    test('moving or stretching a stay in the house asks first', async ({ page, hotel }) => {
      await furnish(hotel, '101 |aaa....')
      await hotel.post(`/rooms/${hotel.room('102')}/status`, { status: 'VACANT_DIRTY', version: 1 })
      const tape = await new Tape(page, hotel).open()
      const asked = page.getByRole('alertdialog', { name: 'Are you sure?' })
      await tape.move(hand, 'A', '102@0')
      await expect(asked).toContainText('Archer is in the house')
      await expect(asked).toContainText('Room 102 is not clean yet.')
      await tape.answer(hand, 'Leave it')
      await tape.keeps('101 |aaa....\n102 |.......')
      await tape.move(hand, 'A', '102@0')
      await tape.answer(hand, 'Change it')
      await tape.keeps('101 |.......\n102 |aaa....')
      await tape.resize(hand, 'A', 'end', 1)
      await expect(asked).toContainText('Archer is in the house')
      await expect(asked).toContainText('$100.00 more')
      await tape.answer(hand, 'Change it')
      await tape.keeps('101 |.......\n102 |aaaa...')
      await tape.reload()
      await tape.shows('101 |.......\n102 |aaaa...')
    })

    test('the arrival of a guest in the house stays as it is', async ({ page, hotel }) => {
      await furnish(hotel, '101 |aaa....')
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '102@1')
      await expect(tape.spoken).toContainText('Archer is in house: the arrival stays as it is')
      if (hand === 'keys') await tape.press('Escape')
      await tape.keeps('101 |aaa....\n102 |.......')
    })

    test('undo restores and persists', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '103@3')
      await tape.keeps('101 |.......\n103 |...AA..')
      if (hand === 'keys') await tape.press('Control+z')
      else await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
      await tape.keeps('101 |.AA....\n103 |.......')
      await expect(tape.notice(/^Undone: Archer moved to 103/)).toBeVisible()
      await tape.reload()
      await tape.shows('101 |.AA....\n103 |.......')
      expect(await hotel.stay(A.id)).toMatchObject({
        roomId: hotel.room('101'),
        checkInDate: plus(hotel.today, 1),
        checkOutDate: plus(hotel.today, 3),
      })
    })

    test('what others changed meanwhile is refused, refreshed, and can then be moved', async ({
      page,
      hotel,
    }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = new Tape(page, hotel)
      await deafen(tape)
      await tape.open()
      await hotel.act(A, 'resize', { checkOutDate: plus(hotel.today, 5) })
      const answer = page.waitForResponse('**/calendar/move')
      await tape.move(hand, 'A', '103@1')
      expect((await answer).status()).toBe(409)
      await tape.keeps('101 |.AAAA..\n103 |.......')
      await tape.move(hand, 'A', '103@1')
      await tape.keeps('101 |.......\n103 |.AAAA..')
      await tape.reload()
      await tape.shows('101 |.......\n103 |.AAAA..')
    })

    test('every move and resize is in the audit trail', async ({ page, hotel }) => {
      const { A } = await furnish(hotel, '101 |.AA....')
      const tape = await new Tape(page, hotel).open()
      await tape.move(hand, 'A', '103@2')
      await tape.keeps('103 |..AA...')
      await tape.resize(hand, 'A', 'end', 2)
      await tape.keeps('103 |..AAAA.')
      await tape.resize(hand, 'A', 'start', -1)
      await tape.keeps('103 |.AAAAA.')
      const trail = (await trailOf(hotel, A.id)).reverse()
      expect(trail.map(({ action }) => action)).toEqual(['CREATED', 'MOVED', 'RESIZED', 'RESIZED'])
      expect(trail[1]?.diffJson.checkInDate).toEqual({
        before: plus(hotel.today, 1),
        after: plus(hotel.today, 2),
      })
      expect(trail[2]?.diffJson.checkOutDate).toEqual({
        before: plus(hotel.today, 4),
        after: plus(hotel.today, 6),
      })
      expect(trail[3]?.diffJson.checkInDate).toEqual({
        before: plus(hotel.today, 2),
        after: plus(hotel.today, 1),
      })
    })

    test('a move in one browser shows in the other within a second', async ({ page, hotel, browser }) => {
      await furnish(hotel, '101 |.AA....\n102 |.BB....')
      const mine = await new Tape(page, hotel).open()
      const other = await browser.newContext()
      await enter(other, logIns.desk)
      const theirs = await new Tape(await other.newPage(), hotel).open()
      await mine.move(hand, 'A', '103@3')
      await mine.shows('103 |...AA..')
      await theirs.shows('101 |.......\n103 |...AA..', 1_000)
      await theirs.resize(hand, 'B', 'end', 1)
      await theirs.shows('102 |.BBB...')
      await mine.shows('102 |.BBB...', 1_000)
      await other.close()
    })
  })
}

for (const hand of hands) {
  test(`by ${hand} the ghost says what other dates change at the price`, async ({ page, hotel }) => {
    await furnish(hotel, '101 |.AA....')
    const tape = await new Tape(page, hotel).open()
    const ghost = tape.grid.locator('.ghost')
    const box = await tape.bar('A').boundingBox()
    const night = (await tape.point('101@1')).x - (await tape.point('101@0')).x
    const [end, middle] = [(box?.x ?? 0) + (box?.width ?? 0) - 5, (box?.y ?? 0) + 10]
    if (hand === 'pointer') {
      await page.mouse.move(end, middle)
      await page.mouse.down()
      await page.mouse.move(end + 2 * night, middle, { steps: 4 })
    } else {
      await tape.focus('101@1')
      await tape.press('Shift+ArrowRight', 2)
    }
    await expect(ghost).toContainText('$200.00 more')
    await expect(tape.spoken).toContainText('$200.00 more')
    if (hand === 'pointer') await page.mouse.move(end - night, middle, { steps: 4 })
    else await tape.press('ArrowLeft', 3)
    await expect(ghost).toContainText('$100.00 less')
    await page.keyboard.press('Escape')
    if (hand === 'pointer') await page.mouse.up()
    await tape.keeps('101 |.AA....')
  })
}

test('a change by others never touches the bar in hand, and a drop over it is put right', async ({
  page,
  hotel,
}) => {
  const { A, B } = await furnish(hotel, '101 |.AA....\n102 |.BB....')
  const tape = await new Tape(page, hotel).open()
  await tape.take('101@1', '103@1')
  await hotel.act(B, 'move', { roomId: hotel.room('104') })
  await tape.shows('102 |.......\n104 |.BB....', 1_000)
  await hotel.act(A, 'resize', { checkOutDate: plus(hotel.today, 5) })
  await tape.settled()
  expect(await tape.drawn('101 |.AA....')).toBe('101 |.AA....')
  const answer = page.waitForResponse('**/calendar/move')
  await page.mouse.up()
  expect((await answer).status()).toBe(409)
  await tape.keeps('101 |.AAAA..\n103 |.......')
})

test('a double click books once', async ({ page, hotel }) => {
  const tape = await new Tape(page, hotel).open()
  const { x, y } = await tape.point('101@2')
  await page.mouse.dblclick(x, y)
  const form = page.getByRole('dialog', { name: 'New booking' })
  await form.getByLabel('Last name').fill('Archer')
  await form.getByRole('button', { name: 'Book', exact: true }).dblclick()
  await expect(form).toBeHidden()
  await tape.keeps('101 |..A....')
  const found = await hotel.call('GET', `/reservations?propertyId=${hotel.id}`)
  expect(found).toHaveLength(1)
})
