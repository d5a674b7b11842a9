import { furnish } from './drawing'
import { test } from './hotel'
import { hands, Tape } from './tape'

for (const hand of hands) {
  for (const [code, there] of [
    ['ROOM_ALREADY_BOOKED', 'BB'],
    ['ROOM_OUT_OF_ORDER', '##'],
  ] as const) {
    test(`by ${hand} ${code} shows what the page did not know`, async ({ page, hotel }) => {
      await furnish(hotel, '101 |.AA....')
      const tape = new Tape(page, hotel)
      await page.route('**/calendar/stream?*', (route) => route.abort())
      await tape.open()
      await furnish(hotel, `102 |..${there}...`)
      await tape.move(hand, 'A', '102@1')
      await tape.keeps(`101 |.AA....\n102 |..${there}...`)
    })
  }
}
