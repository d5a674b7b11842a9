import { expect, test } from 'vitest'
import type { Room } from '../setup/queries'
import { floorsOf, isInDoubt, isUnder, nextMark, otherMarks, roomToday, useOf } from './rooms'

const room = (roomNumber: string, more: Partial<Room> = {}) =>
  ({
    id: roomNumber,
    roomNumber,
    status: 'VACANT_CLEAN',
    isInspected: false,
    isActive: true,
    floor: roomNumber.slice(0, 1),
    ...more,
  }) as Room

const held = (reservationId: string) => ({
  roomId: 'r',
  obstacle: {
    blockType: 'RESERVATION' as const,
    startDate: '2026-11-26',
    endDate: '2026-11-27',
    reservationId,
  },
})
const broken = { ...held('x'), obstacle: { ...held('x').obstacle, blockType: 'OUT_OF_ORDER' as const } }

/** `last night, tonight` as letters of stays, `-` for none; who is in the room; what that makes of it. */
test.each([
  ['- -', false, false, ''],
  ['- A', false, false, 'arrival'],
  ['A -', false, false, ''],
  ['A B', false, false, 'arrival'],
  ['A A', false, false, 'arrival'],
  ['A A', true, false, 'stayOver'],
  ['A -', true, false, 'dueOut'],
  ['A B', true, false, 'arrival dueOut'],
  ['A B', true, true, ''],
  ['- B', true, false, ''],
])('%s, somebody in it: %s, new: %s → %s', (nights, isIn, isNew, expected) => {
  const [before, after] = nights.split(' ').map((who) => (who === '-' ? undefined : held(who)))
  const own = room('101', { status: isIn ? 'OCCUPIED' : 'VACANT_DIRTY' })
  const use = useOf(own, before, after, isNew)
  const told = Object.entries(use).filter(([, is]) => is)
  expect(told.map(([name]) => name).join(' ')).toBe(expected)
})

test('only the log can tell who is in a room that changes hands today', () => {
  const occupied = room('101', { status: 'OCCUPIED' })
  expect(isInDoubt(occupied, held('A'), held('B'))).toBe(true)
  expect(isInDoubt(occupied, held('A'), held('A'))).toBe(false)
  expect(isInDoubt(occupied, held('A'), broken)).toBe(false)
  expect(isInDoubt(room('101'), held('A'), held('B'))).toBe(false)
})

test('a room out of order waits for nobody', () => {
  expect(useOf(room('101', { status: 'OUT_OF_ORDER' }), undefined, broken, false).arrival).toBe(false)
})

test('dirty becomes clean, clean inspected, and the rest stands in the menu', () => {
  expect([nextMark('dirty'), otherMarks('dirty')]).toEqual(['clean', ['inspected']])
  expect([nextMark('clean'), otherMarks('clean')]).toEqual(['inspected', ['dirty']])
  expect([nextMark('inspected'), otherMarks('inspected')]).toEqual([undefined, ['dirty', 'clean']])
  expect([nextMark('occupied'), otherMarks('occupied')]).toEqual([undefined, []])
  expect([nextMark('out'), otherMarks('out')]).toEqual([undefined, []])
})

test('floors are walked in order, rooms of none at the end', () => {
  const rooms = ['1001', '102', '101', '9'].map((number) =>
    roomToday(
      room(number, { floor: number.slice(0, -2) || null }),
      useOf(room(number), undefined, undefined, false),
    ),
  )
  const compare = new Intl.Collator('en', { numeric: true }).compare
  const told = floorsOf(rooms, compare).map(({ name, rooms: own }) => [
    name,
    own.map((one) => one.room.roomNumber).join(),
  ])
  expect(told).toEqual([
    ['1', '101,102'],
    ['10', '1001'],
    ['', '9'],
  ])
})

test('a chip shows the rooms of a state, or of a use', () => {
  const one = roomToday(room('101', { isInspected: true }), { arrival: true, dueOut: false, stayOver: false })
  expect((['inspected', 'clean', 'arrival', 'dueOut'] as const).map((chip) => isUnder(one, chip))).toEqual([
    true,
    false,
    true,
    false,
  ])
})
