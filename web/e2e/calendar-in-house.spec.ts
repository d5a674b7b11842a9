import type { Page } from '@playwright/test'
import { furnish } from './drawing'
import { daysAgo, expect, Hotel, plus, test } from './hotel'
import { type Hand, hands, Tape } from './tape'

/** Archer has slept two nights in 101, and stays for two more; Baker has left. */
async function withGuest(page: Page, rest = ''): Promise<{ hotel: Hotel; tape: Tape }> {
  const hotel = await Hotel.open(page.request, { businessDate: daysAgo(2) })
  const { B } = await furnish(hotel, `101 |aaaa...\n${rest}`)
  for (let day = 0; day < 2; day += 1) {
    await hotel.post(`/properties/${hotel.id}/day-close`, { businessDate: hotel.today, arrivals: 'NO_SHOW' })
    hotel.today = plus(hotel.today, 1)
  }
  if (B) await hotel.act(await hotel.stay(B.id), 'check-out', { acceptBalance: true })
  return { hotel, tape: await new Tape(page, hotel).open() }
}

const short = (day: string) =>
  new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** By the night that is tonight: the arrival need not be on the screen. */
async function carry(tape: Tape, hand: Hand, rows: number, to: string): Promise<void> {
  if (hand === 'pointer') return tape.take('101@0', `${to}@0`)
  await tape.focus('101@0')
  await tape.press('m')
  await tape.press('ArrowDown', rows)
}

for (const hand of hands) {
  test.describe(`by ${hand}`, () => {
    test('of a guest in the house only the nights from tonight on move, and only they are told', async ({
      page,
      hotel: _,
    }) => {
      // Baker was in the other room while Archer was in 101.
      const { hotel, tape } = await withGuest(page, '102 |bb.....')
      const ghost = page.locator('.ghost')
      await carry(tape, hand, 1, '102')
      await expect(ghost).toContainText('2 nights')
      await expect(ghost).toContainText('101 keeps')
      await expect(ghost).toContainText('Room 102 is not clean yet')
      const night = (await tape.grid.locator('[aria-current=date]').boundingBox())?.width ?? 0
      const width = (await ghost.boundingBox())?.width ?? 0
      expect(width).toBeLessThan(2.1 * night)
      if (hand === 'keys') await expect(tape.spoken).toContainText('Room 102 from tonight')
      if (hand === 'pointer') await page.mouse.up()
      else await tape.press('Enter')
      const asked = page.getByRole('alertdialog', { name: 'Are you sure?' })
      await expect(asked).toContainText('Archer: Room 102 from tonight')
      await expect(asked).toContainText('room 101 keeps')
      await tape.answer(hand, 'Change it')
      await tape.keeps('101 |.......\n102 |aa.....')
      const notice = tape.notice(/Archer moved to 102 from tonight/)
      await expect(notice).toContainText(short(hotel.today))
      await expect(notice).toContainText(/101 keeps .*\. Room 102 is not clean yet$/)
      await expect(tape.row('102').locator('[role=gridcell]:focus')).toHaveAttribute('aria-label', /Archer/)
      await tape.press('Control+z')
      await tape.keeps('101 |aa.....\n102 |.......')
      await expect(tape.row('101').locator('[role=gridcell]:focus')).toHaveAttribute('aria-label', /Archer/)
    })

    test('another departure of a guest in the house asks first', async ({ page, hotel: _ }) => {
      const { tape } = await withGuest(page)
      const asked = page.getByRole('alertdialog', { name: 'Are you sure?' })
      if (hand === 'pointer') await tape.resize(hand, 'A', 'end', 1)
      else {
        await tape.focus('101@0')
        await tape.press('Shift+ArrowRight')
        // Held down, it answers nothing.
        for (let n = 0; n < 4; n += 1) {
          await page.keyboard.down('Enter')
          await page.waitForTimeout(150)
        }
        await page.keyboard.up('Enter')
      }
      await expect(asked).toContainText('Archer is in the house')
      await tape.keeps('101 |aa.....')
      await tape.answer(hand, 'Change it')
      await tape.keeps('101 |aaa....')
    })
  })
}
