import { expect, test } from 'vitest'
import type { Reservation } from '../reservations/queries'
import { type DeskRows, finder, inOrder, listsOf } from './lists'

const today = '2026-11-26'
const rooms: Record<string, string> = { r101: '101', r9: '9', r20: '20' }
const roomOf = (id: string | null | undefined) => (id ? (rooms[id] ?? '') : '')
const compare = new Intl.Collator('en', { numeric: true }).compare

const stay = (lastName: string, more: Partial<Reservation> = {}) =>
  ({
    id: lastName,
    confirmationNumber: `C-${lastName.length}`,
    primaryGuestJson: { firstName: 'Ada', lastName },
    status: 'CONFIRMED',
    checkInDate: today,
    checkOutDate: '2026-11-28',
    roomId: 'r101',
    ...more,
  }) as Reservation

const names = (stays: readonly Reservation[]) => stays.map((one) => one.primaryGuestJson.lastName)
const empty: DeskRows = { arrivals: [], late: [], inHouse: [], departed: [] }

test('each stands where the desk looks for them', () => {
  const lists = listsOf(
    {
      arrivals: [
        stay('Waits'),
        stay('Held', { status: 'HOLD', roomId: null }),
        stay('Came', { status: 'CHECKED_IN' }),
        stay('Gone', { status: 'CHECKED_OUT' }),
        stay('Cancelled', { status: 'CANCELLED' }),
        stay('Given up', { status: 'NO_SHOW' }),
      ],
      late: [stay('Late', { checkInDate: '2026-11-25', roomId: null })],
      inHouse: [
        stay('Came', { status: 'CHECKED_IN' }),
        stay('Leaves', { status: 'CHECKED_IN', checkOutDate: today }),
        stay('Overdue', { status: 'CHECKED_IN', checkOutDate: '2026-11-25' }),
      ],
      departed: [stay('Left', { status: 'CHECKED_OUT' })],
    },
    today,
  )
  expect(names(lists.arrivals.open)).toEqual(['Waits', 'Held'])
  expect(names(lists.arrivals.done)).toEqual(['Came', 'Gone'])
  expect(names(lists.departures.open)).toEqual(['Leaves', 'Overdue'])
  expect(names(lists.departures.done)).toEqual(['Left'])
  expect(names(lists.inHouse.open)).toEqual(['Came', 'Leaves', 'Overdue'])
  expect(names(lists.unassigned.open)).toEqual(['Late', 'Held'])
  expect(names(lists.late.open)).toEqual(['Late'])
  expect(Object.values(listsOf(empty, today)).flatMap(({ open, done }) => [...open, ...done])).toEqual([])
})

test('one is found by parts of the name, the number or the room, without accents', () => {
  const müller = stay('Müller', { roomId: 'r20', confirmationNumber: 'ABC-77', sourceRef: 'OTA-5' })
  for (const query of ['muller', 'MÜLL ada', '20', 'abc', 'ota-5 ada', ' ', ''])
    expect(finder(query, roomOf)(müller), query).toBe(true)
  for (const query of ['miller', 'ada curie', '101']) expect(finder(query, roomOf)(müller), query).toBe(false)
})

test('rooms are sorted as numbers, and who has none comes last', () => {
  const stays = [
    stay('A', { roomId: null }),
    stay('B', { roomId: 'r101' }),
    stay('C', { roomId: 'r9' }),
    stay('D', { roomId: 'r20' }),
  ]
  const order = { list: 'arrivals', order: 'room' } as const
  expect(names(inOrder(stays, order, roomOf, compare))).toEqual(['C', 'D', 'B', 'A'])
})

test('who comes is sorted by the time of arrival, who is there by the day of departure', () => {
  const stays = [
    stay('A', { arrivalTime: null, checkOutDate: '2026-11-27' }),
    stay('B', { arrivalTime: '18:00:00', checkOutDate: '2026-11-29' }),
    stay('C', { arrivalTime: '09:30:00', checkOutDate: '2026-11-28' }),
    stay('D', { arrivalTime: null, checkInDate: '2026-11-20', checkOutDate: '2026-11-30' }),
  ]
  const by = (list: 'late' | 'inHouse') => inOrder(stays, { list, order: 'time' }, roomOf, compare)
  expect(names(by('late'))).toEqual(['D', 'C', 'B', 'A'])
  expect(names(by('inHouse'))).toEqual(['A', 'C', 'B', 'D'])
})
