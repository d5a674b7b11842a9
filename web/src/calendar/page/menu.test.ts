import { expect, test } from 'vitest'
import type { Bar } from '../core/items'
import { FIRST, modelOf } from '../core/testing/drawing'
import { withoutEmptyLanes } from '../desk/LaneController'
import { findOnChart } from './find'
import { cellEntries, stayEntries } from './menu'

const all = (_permission: string) => true
const none = (_permission: string) => false

test('a menu offers what the state of the stay allows', () => {
  const model = modelOf(
    `
    101 |AAA.....
    102 |bbb.....
    103 |....CC..
    `,
    { pinned: 'C' },
  )
  const of = (id: string, may = all, night = FIRST) =>
    stayEntries(model, model.stay(id)[0] as Bar, night, may).flat()
  expect(of('A')).toEqual([
    'open',
    'checkIn',
    'move',
    'pin',
    'unassign',
    'note',
    'history',
    'noShow',
    'cancel',
  ])
  expect(of('A', all, FIRST + 1)).toContain('split')
  expect(of('B', all, FIRST + 1)).toEqual([
    'open',
    'checkOut',
    'undoCheckIn',
    'move',
    'split',
    'pin',
    'note',
    'history',
  ])
  expect(of('C')).toEqual(['open', 'checkInEarly', 'move', 'unpin', 'unassign', 'note', 'history', 'cancel'])
  expect(of('A', none)).toEqual([])
  expect(of('A', (one) => one === 'pms.reservations.view')).toEqual(['open'])
})

test('a row offers its housekeeping, a free night a booking and a block, the past only the former', () => {
  const model = modelOf('101 |........', { today: 2 })
  const row = model.row('101')!
  expect(cellEntries(model, row, { row: '101', night: null }, all, true)).toEqual([
    ['dirty', 'inspected'],
    ['block', 'free'],
  ])
  expect(cellEntries(model, row, { row: '101', night: FIRST + 3 }, all, true)).toEqual([
    ['book', 'block'],
    ['dirty', 'inspected'],
  ])
  expect(cellEntries(model, row, { row: '101', night: FIRST }, all, true)).toEqual([['dirty', 'inspected']])
})

test('a type leads to the restrictions of a date, who may see them', () => {
  const model = modelOf('101 |........', { today: 2 })
  const row = model.rows[0]!
  const at = (night: number | null, may = all) => cellEntries(model, row, { row: row.id, night }, may, true)
  expect(at(FIRST + 3)).toEqual([['closeGroup'], ['restrictions'], ['tidy', 'upgrade']])
  expect(at(null)).toEqual([['closeGroup'], ['tidy', 'upgrade']])
  expect(at(FIRST, (one) => one !== 'pms.rates.view')).toEqual([['closeGroup'], ['tidy', 'upgrade']])
})

test('lanes that hold nothing of the nights on screen are not shown', () => {
  const model = modelOf(`
    STD |AA......
    STD |.BBB....
    101 |........
  `)
  const lanes = (from: number, to: number) =>
    withoutEmptyLanes(model, model.rows, { from: FIRST + from, to: FIRST + to }).filter(
      (row) => row.kind === 'lane',
    ).length
  expect(lanes(0, 8)).toBe(2)
  expect(lanes(5, 8)).toBe(1)
})

test('finding goes to a room by its number, and from stay to stay', () => {
  const model = modelOf(`
    101 |AA...CC..
    102 |..BB.....
  `)
  const b = { cell: { row: '102', night: FIRST + 2 }, nth: 1, of: 1 }
  expect(findOnChart(model, '102', null, FIRST + 3)?.cell).toEqual({ row: '102', night: FIRST + 3 })
  expect(findOnChart(model, 'b', null, FIRST)).toEqual(b)
  expect(findOnChart(model, 'b', { row: '102', night: FIRST + 3 }, FIRST)).toEqual(b)
  expect(findOnChart(model, 'nobody', null, FIRST)).toBeNull()
})

test('who is here is found first, whatever the room; then who comes next', () => {
  const model = modelOf(`
    101 |C......CC
    102 |..CCC....
  `)
  const here = { row: '102', night: FIRST + 2 }
  const next = { row: '101', night: FIRST + 7 }
  const past = { row: '101', night: FIRST }
  expect(findOnChart(model, 'c', null, FIRST + 3)).toEqual({ cell: here, nth: 1, of: 3 })
  expect(findOnChart(model, 'c', here, FIRST + 3)).toEqual({ cell: next, nth: 2, of: 3 })
  expect(findOnChart(model, 'c', next, FIRST + 3)).toEqual({ cell: past, nth: 3, of: 3 })
  expect(findOnChart(model, 'c', past, FIRST + 3)?.cell).toEqual(here)
})
