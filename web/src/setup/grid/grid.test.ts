import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, day, weekday } from '../../kernel/dates'
import {
  act,
  compact,
  copied,
  copyRow,
  type Edit,
  editOf,
  emptyHistory,
  nightsOf,
  type Pasted,
  pasted,
  redo,
  undo,
  withoutWeekdays,
} from './edits'
import { isWithin, pressed, rectangleOf, sizeOf, withinOf } from './selection'

const start = day('2027-02-01') // a Monday
const at = (n: number) => addDays(start, n)
const edit = (from: number, to: number, value: number | null, weekdays?: number[], typeId = 'A'): Edit => ({
  typeId,
  from: at(from),
  to: at(to),
  value,
  ...(weekdays ? { weekdays } : {}),
})

/** The nights of a type as one line: `...5557` are three nights without, three of 5, one of 7. */
const row = (edits: readonly Edit[], typeId = 'A', nights = 14) =>
  Array.from({ length: nights }, (_, n) => {
    const value = editOf(edits, typeId, at(n))?.value
    return value === undefined ? '.' : value === null ? '-' : value
  }).join('')

describe('a spreadsheet', () => {
  const paste = (text: string, rectangle = { top: 0, bottom: 0, first: 1, last: 1 }) =>
    pasted(text, {
      typeIds: ['A', 'B'],
      start,
      days: 6,
      rectangle,
      parse: (cell) => (/^\d$/.test(cell) ? Number(cell) : undefined),
    })
  const drawn = (found: Pasted) =>
    'wrong' in found
      ? found.wrong
      : `${row(found.step, 'A', 6)} ${row(found.step, 'B', 6)}${found.left > 0 ? ` and ${found.left} more` : ''}`

  test('is laid from the upper corner on and cut off at the edges', () => {
    expect(drawn(paste('1\t2\r\n3\t\n'))).toBe('.12... .3-...')
    expect(drawn(paste('1\t2\t3\t4\t5\t6\n7\n8'))).toBe('.12345 .7---- and 8 more')
  })

  test('fills a larger selection', () => {
    expect(drawn(paste('7', { top: 0, bottom: 1, first: 0, last: 3 }))).toBe('7777.. 7777..')
    expect(drawn(paste('1\t2', { top: 0, bottom: 1, first: 0, last: 3 }))).toBe('1212.. 1212..')
  })

  test('is refused whole when a cell is no number', () => {
    expect(drawn(paste('1\tx'))).toBe('x')
  })

  test('takes what the grid gives', () => {
    expect(
      drawn(
        paste(
          copied([
            ['1', ''],
            ['3', '4'],
          ]),
        ),
      ),
    ).toBe('.1-... .34...')
  })
})

describe('painting', () => {
  test('the newest range covers what it meets', () => {
    expect(row([edit(0, 7, 5), edit(3, 5, 7)])).toBe('5557755.......')
    expect(row([edit(0, 7, 5), edit(3, 5, null)])).toBe('555--55.......')
  })

  test('weekdays leave the others as they were', () => {
    expect(row([edit(0, 14, 1), edit(0, 14, 9, [5, 6])])).toBe('11119911111991')
  })

  test('each type has its own', () => {
    expect(row([edit(0, 2, 5, undefined, 'B')])).toBe('..............')
  })

  test('an action is undone as one, and done again', () => {
    const one = act(act(emptyHistory, [edit(0, 2, 5)]), [edit(0, 1, 6), edit(1, 2, 7)])
    expect(row(one.done.flat())).toBe('67............')
    expect(row(undo(one).done.flat())).toBe('55............')
    expect(redo(undo(one))).toEqual(one)
    expect(act(undo(one), [edit(5, 6, 1)]).undone).toEqual([])
    expect(undo(emptyHistory)).toEqual(emptyHistory)
  })

  test('a row is copied as ranges of equal numbers', () => {
    const edits = copyRow([5, 5, 7, null, null, 7], start, 'B', (value) => value * 2)
    expect(row(edits, 'B', 6)).toBe('101014--14')
    expect(edits).toHaveLength(4)
  })
})

describe('what is sent', () => {
  test('nothing that a later edit covers, and neighbours as one', () => {
    expect(compact([edit(0, 3, 5), edit(0, 7, 6)])).toEqual([edit(0, 7, 6)])
    expect(compact([edit(0, 3, 5), edit(3, 7, 5)])).toEqual([edit(0, 7, 5)])
    expect(compact([edit(0, 7, 6, [5]), edit(0, 7, 5)])).toEqual([edit(0, 7, 5)])
    expect(compact([edit(0, 7, 5), edit(0, 7, 6, [5])])).toHaveLength(2)
  })

  test('nights are counted by their weekdays', () => {
    expect(nightsOf(edit(0, 14, 1))).toBe(14)
    expect(nightsOf(edit(0, 14, 1, [6, 7]))).toBe(4)
  })

  const edits = fc.array(
    fc.record({
      typeId: fc.constantFrom('A', 'B'),
      from: fc.integer({ min: 0, max: 10 }).map(at),
      to: fc.integer({ min: 11, max: 14 }).map(at),
      value: fc.option(fc.integer({ min: 0, max: 9 })),
      weekdays: fc.option(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), { nil: undefined }),
    }) as fc.Arbitrary<Edit>,
    { maxLength: 12 },
  )

  test('comes to the same as what was painted, with weekdays or without', () => {
    fc.assert(
      fc.property(edits, (all) => {
        const calls = compact(all)
        for (const typeId of ['A', 'B']) {
          expect(row(calls, typeId)).toBe(row(all, typeId))
          expect(row(compact(all.flatMap(withoutWeekdays)), typeId)).toBe(row(all, typeId))
        }
        expect(calls.length).toBeLessThanOrEqual(all.length)
      }),
    )
  })

  test('a range of weekdays as runs', () => {
    const runs = withoutWeekdays(edit(0, 14, 1, [5, 6]))
    expect(runs.map(({ from, to }) => [weekday(from), weekday(to)])).toEqual([
      [5, 7],
      [5, 7],
    ])
  })
})

describe('selecting', () => {
  const size = { rows: 3, columns: 14 }
  const press = (key: string, more = {}) => ({
    key,
    isShift: false,
    isCtrl: false,
    isRightToLeft: false,
    ...more,
  })
  const one = (r: number, c: number) => ({ anchor: { row: r, column: c }, focus: { row: r, column: c } })

  test('arrows move, and stop at the edge', () => {
    expect(pressed(one(0, 0), press('ArrowRight'), size)).toEqual(one(0, 1))
    expect(pressed(one(0, 0), press('ArrowUp'), size)).toEqual(one(0, 0))
    expect(pressed(one(1, 3), press('ArrowLeft', { isRightToLeft: true }), size)).toEqual(one(1, 4))
    expect(pressed(one(1, 3), press('End', { isCtrl: true }), size)).toEqual(one(2, 13))
    expect(pressed(one(1, 3), press('x'), size)).toBeUndefined()
  })

  test('Shift grows the selection from where it began', () => {
    const grown = pressed(one(1, 3), press('PageDown', { isShift: true }), size)
    expect(grown && sizeOf(rectangleOf(grown))).toBe(8)
    const back = grown && pressed(grown, press('Home', { isShift: true }), size)
    expect(back && rectangleOf(back)).toEqual({ top: 1, bottom: 1, first: 0, last: 3 })
    expect(back && isWithin(rectangleOf(back), { row: 1, column: 2 })).toBe(true)
  })

  test('all of it', () => {
    const all = pressed(one(1, 3), press('a', { isCtrl: true }), size)
    expect(all && sizeOf(rectangleOf(all))).toBe(42)
  })
})

test('of a selection counts what is left in a smaller grid', () => {
  const selected = { top: 1, bottom: 3, first: 10, last: 20 }
  expect(withinOf(selected, { rows: 4, columns: 28 })).toEqual(selected)
  expect(withinOf(selected, { rows: 2, columns: 14 })).toEqual({ top: 1, bottom: 1, first: 10, last: 13 })
  expect(withinOf(selected, { rows: 4, columns: 7 })).toBeUndefined()
})
