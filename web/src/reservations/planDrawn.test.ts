import { expect, test } from 'vitest'
import { day } from '../kernel/dates'
import { drawnOf, hiddenPart, monthsOf, neighboursOf } from './planDrawn'

const move = {
  reservationId: 'B',
  guestName: 'Birch',
  fromRoomId: 'R2',
  fromRoomNumber: '102',
  toRoomId: 'R1',
  toRoomNumber: '101',
  checkInDate: '2026-11-29',
  checkOutDate: '2026-12-02',
  isUpgrade: false,
  overridesWishes: false,
}
const bar = (reservationId: string, roomId: string, startDate: string, endDate: string) => ({
  reservationId,
  roomId,
  startDate,
  endDate,
  lastName: reservationId,
})

test('a drawing has the rooms of a plan, and a few nights around it', () => {
  const { from, to, rooms } = drawnOf([move])
  expect([from, to]).toEqual(['2026-11-26', '2026-12-05'])
  expect([...rooms]).toEqual([
    ['102', 'R2'],
    ['101', 'R1'],
  ])
  const blocked = { room: '104', from: day('2026-11-20'), to: day('2026-11-22'), name: 'Painter' }
  expect(drawnOf([move], blocked)).toMatchObject({ from: '2026-11-17', to: '2026-12-05' })
})

test('who lies beside is told by name, cut at the edges, and no stay that moves', () => {
  const bars = [
    bar('A', 'R1', '2026-11-20', '2026-11-29'),
    bar('B', 'R2', '2026-11-29', '2026-12-02'),
    bar('C', 'R2', '2026-12-04', '2026-12-09'),
    bar('D', 'R3', '2026-11-29', '2026-12-02'),
    bar('E', 'R1', '2026-11-01', '2026-11-26'),
  ]
  expect(neighboursOf(bars, [move], drawnOf([move]))).toEqual([
    { room: '101', from: '2026-11-26', to: '2026-11-29', name: 'A' },
    { room: '102', from: '2026-12-04', to: '2026-12-05', name: 'C' },
  ])
})

test('the months of a drawing, each over its nights', () => {
  expect(monthsOf(drawnOf([move]))).toEqual([
    { from: '2026-11-26', to: '2026-12-01' },
    { from: '2026-12-01', to: '2026-12-05' },
  ])
})

test('the name of a stay that leaves stands beside who comes in its place', () => {
  const comes = (checkInDate: string, checkOutDate: string, toRoomNumber = '102') => {
    return [{ ...move, reservationId: 'C', fromRoomNumber: null, toRoomNumber, checkInDate, checkOutDate }]
  }
  expect(hiddenPart(move, comes('2026-11-27', '2026-11-30'))).toBeCloseTo(1 / 3)
  expect(hiddenPart(move, comes('2026-11-29', '2026-12-09'))).toBe(1)
  expect(hiddenPart(move, comes('2026-11-30', '2026-12-09'))).toBe(0)
  expect(hiddenPart(move, comes('2026-11-27', '2026-11-29'))).toBe(0)
  expect(hiddenPart(move, comes('2026-11-27', '2026-11-30', '103'))).toBe(0)
})
