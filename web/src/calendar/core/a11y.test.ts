import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellsOf, columnCount, dayHead, type GridCell, rowOf } from './a11y'
import type { Row } from './rows'
import { FIRST, modelOf } from './testing/drawing'

const HOUSE = '101 |AA.BB..\n102 |......#\n201 |.......\nSTD |.CC....'
const model = modelOf(HOUSE)
const range = { from: FIRST, to: FIRST + 7 }
const row = (id: string) => model.row(id) as Row
const drawn = (cells: readonly GridCell[]) =>
  cells.map((cell) => `${cell.kind} ${cell.colindex}+${cell.colspan}${cell.isFocused ? '*' : ''}`).join(', ')

describe('the cells of a row', () => {
  test('a stay is one cell, a vacant run is one cell', () => {
    expect(drawn(cellsOf(model, row('101'), range, range, null))).toBe(
      'stay 2+2, vacant 4+1, stay 5+2, vacant 7+2',
    )
    expect(columnCount(range)).toBe(8)
  })

  test('the focused vacant night is a cell of its own', () => {
    expect(drawn(cellsOf(model, row('201'), range, range, FIRST + 3))).toBe(
      'vacant 2+3, vacant 5+1*, vacant 6+3',
    )
    expect(drawn(cellsOf(model, row('101'), range, range, FIRST + 4))).toBe(
      'stay 2+2, vacant 4+1, stay 5+2*, vacant 7+2',
    )
  })

  test('are counted in the loaded range and clipped to it', () => {
    const part = { from: FIRST + 1, to: FIRST + 4 }
    expect(drawn(cellsOf(model, row('101'), part, part, null))).toBe('stay 2+1, vacant 3+1, stay 4+1')
  })

  test('only those that reach into the window are drawn, with their place in the whole', () => {
    const nights = { from: FIRST + 3, to: FIRST + 5 }
    expect(drawn(cellsOf(model, row('101'), nights, range, null))).toBe('stay 5+2')
  })

  test('a type has a cell for each night', () => {
    const cells = cellsOf(model, row('type:STD'), { from: FIRST, to: FIRST + 2 }, range, null)
    expect(cells.map((cell) => cell.name().facts.available)).toEqual([1, 0])
  })

  test('fill the range without a gap, whatever is drawn', () => {
    const lines = fc
      .array(fc.constantFrom('.', '.', 'A', '#'), { minLength: 7, maxLength: 7 })
      .map((cells) => `101 |${cells.join('')}`)
    fc.assert(
      fc.property(lines, fc.option(fc.integer({ min: -1, max: 7 })), (line, focus) => {
        const one = modelOf(line)
        const cells = cellsOf(one, one.row('101') as Row, range, range, focus === null ? null : FIRST + focus)
        let at = 2
        for (const cell of cells) {
          expect(cell.colindex).toBe(at)
          at += cell.colspan
        }
        expect(at).toBe(9)
        expect(cells.filter((cell) => cell.isFocused).length).toBe(
          focus !== null && focus >= 0 && focus < 7 ? 1 : 0,
        )
        expect(new Set(cells.map((cell) => cell.key)).size).toBe(cells.length)
      }),
    )
  })

  test('do not overlap while an answer and an older chart disagree', () => {
    const torn = modelOf(HOUSE)
    torn.begin('k', [
      { id: 'B', items: torn.stay('B').map((bar) => ({ ...bar, from: FIRST + 1, to: FIRST + 6 })) },
    ])
    expect(drawn(cellsOf(torn, torn.row('101') as Row, range, range, null))).toBe(
      'stay 2+2, stay 4+4, vacant 8+1',
    )
  })
})

test('every row and every cell has a name, and the words to fill it in', () => {
  const rows = model.rows.map((_, n) => rowOf(model, model.rows, n, new Set(['SUITE'])))
  expect(
    rows.map((one) => `${one?.rowindex} ${one?.level} ${one?.isExpanded ?? '-'} ${one?.name.key}`),
  ).toEqual([
    '2 1 true calendar.row.type',
    '3 2 - calendar.row.lane',
    '4 2 - calendar.row.room',
    '5 2 - calendar.row.room',
    '6 1 false calendar.row.type',
    '7 2 - calendar.row.lane',
    '8 2 - calendar.row.room',
  ])
  expect(rows[2]?.name.facts).toEqual({ room: '101', type: 'STD', housekeeping: 'CLEAN' })
  const [stay, vacant] = cellsOf(model, row('101'), range, range, null)
  expect(stay?.name()).toMatchObject({
    key: 'calendar.cell.stay',
    facts: { name: 'A', from: '2027-02-01', to: '2027-02-03', nights: 2, room: '101', status: 'CONFIRMED' },
  })
  expect(vacant?.name()).toMatchObject({
    key: 'calendar.cell.night',
    facts: { room: '101', from: '2027-02-03' },
  })
  expect(cellsOf(model, row('102'), range, range, null)[1]?.name()).toMatchObject({
    key: 'calendar.cell.block',
    facts: { blockType: 'OUT_OF_ORDER' },
  })
  expect(dayHead(FIRST, range, FIRST)).toEqual({
    colindex: 2,
    name: { key: 'calendar.head.day', facts: { date: '2027-02-01', weekday: 1, isToday: true } },
  })
})
