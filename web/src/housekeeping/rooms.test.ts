import { expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import type { Room } from '../setup/queries'
import type { Assignment } from './queries'
import { floorsOf, isUnder, isWhose, nextMark, otherMarks, roomToday } from './rooms'
import { canStart, nextStep, otherSteps } from './steps'

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

const today = (own: Room, more: Partial<Schemas['RoomToday']> = {}) =>
  roomToday({
    room: own,
    isArrival: false,
    isDueOut: false,
    isStayOver: false,
    isServiceDue: false,
    isLinenDue: false,
    ...more,
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
    today(room(number, { floor: number.slice(0, -2) || null })),
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
  const one = today(room('101', { isInspected: true }), {
    isArrival: true,
    isServiceDue: true,
    isLinenDue: true,
  })
  const under = (['inspected', 'clean', 'arrival', 'dueOut', 'linen', 'service'] as const).map((chip) =>
    isUnder(one, chip),
  )
  // Fresh linen says that somebody comes.
  expect(under).toEqual([true, false, true, false, true, false])
})

const task = (state: Assignment['state'], attendantId = 'ada') => ({ state, attendantId }) as Assignment

test('rooms are somebody’s, or nobody’s when somebody should have them', () => {
  const hers = today(room('101'), { assignment: task('OPEN') })
  const nobodys = today(room('102'), { toPlan: 'DEPARTURE' })
  expect(['all', 'ada', 'ben', 'none'].map((who) => isWhose(hers, who))).toEqual([true, true, false, false])
  expect(['all', 'ada', 'none'].map((who) => isWhose(nobodys, who))).toEqual([true, false, true])
})

test.each([
  ['OPEN', 'start', []],
  ['STARTED', 'done', ['reopen']],
  ['DONE', 'inspect', ['send-back']],
  ['INSPECTED', undefined, []],
  ['SKIPPED', undefined, ['reopen']],
] as const)('%s: next %s', (state, next, others) => {
  expect([nextStep(task(state), 'eve'), otherSteps(task(state), 'eve')]).toEqual([next, others])
})

test('nobody inspects what he has done himself', () => {
  expect([nextStep(task('DONE'), 'ada'), otherSteps(task('DONE'), 'ada')]).toEqual([undefined, []])
  expect(nextStep(null, 'ada')).toBeUndefined()
})

test('work begins when the room is as it needs it', () => {
  const works = ['DEPARTURE', 'STAY_OVER', 'TOUCH_UP', 'DEEP_CLEAN'] as const
  expect(works.map((kind) => canStart(kind, true))).toEqual([false, true, false, true])
  expect(works.map((kind) => canStart(kind, false))).toEqual([true, false, true, true])
})
