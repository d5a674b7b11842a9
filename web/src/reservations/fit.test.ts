import { expect, test } from 'vitest'
import { type Answer, type Move, planOf, together } from './fit'

const move = (id: string | null, room: string): Move => ({
  reservationId: id,
  version: 3,
  checkInDate: '2027-03-01',
  checkOutDate: '2027-03-02',
  toRoomId: room,
  toRoomNumber: room,
  overridesWishes: false,
  isUpgrade: false,
})
const answer = (type: string, ...moves: Move[]): Answer => ({
  roomTypeId: type,
  outcome: 'PLAN',
  message: '',
  moves,
  moveCount: 0,
  upgradeCount: 0,
  isCheapest: true,
  wishCost: 0,
})

test('a plan names each stay as it was seen; one that is not booked yet is none of them', () => {
  const unwished = { ...move('B', '103'), overridesWishes: true }
  expect(planOf([move('A', '101'), move(null, '102'), unwished])).toEqual([
    { reservationId: 'A', version: 3, roomId: '101' },
    { reservationId: 'B', version: 3, roomId: '103', overrideWishes: true },
  ])
})

test('what does not go together is left for the next time, a type as a whole', () => {
  const answers = [
    answer('S', move('A', '1'), move('B', '2')),
    answer('T', move('C', '3'), move('D', '4')),
    answer('U', move('E', '5')),
  ]
  expect(together(answers, 3).map((one) => one.reservationId)).toEqual(['A', 'B', 'E'])
  expect(together(answers)).toHaveLength(5)
})
