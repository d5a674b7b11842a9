import { describe, expect, test } from 'vitest'
import type { Bar } from './items'
import {
  boxOf,
  cellAt,
  edgePull,
  inlineOffset,
  inlineScroll,
  scrollLeftOf,
  scrollToShow,
  spanBox,
} from './layout'
import { FIRST, modelOf } from './testing/drawing'

const METRICS = { night: 40, row: 32 }
const range = { from: FIRST, to: FIRST + 7 }

describe('bars', () => {
  const model = modelOf('101 |AABBBB.\n102 |CCCCCCC\n103 |DD.....\n104 |..DD...')
  const box = (id: string, piece = 0, of = range) => boxOf(model.stay(id)[piece] as Bar, of, METRICS)

  test('begin and end at mid-cell, so that who leaves and who comes share a day', () => {
    expect(box('A')).toMatchObject({ start: 20, size: 80, arrival: 'half', departure: 'half' })
    expect(box('B')).toMatchObject({ start: 100, size: 160 })
  })

  test('are cut at the edges of the chart', () => {
    expect(box('C', 0, { from: FIRST + 2, to: FIRST + 5 })).toMatchObject({
      start: 0,
      size: 120,
      arrival: 'clipped',
      departure: 'clipped',
    })
    expect(box('C')).toMatchObject({ start: 20, size: 260, arrival: 'half', departure: 'clipped' })
    expect(box('A', 0, { from: FIRST + 2, to: FIRST + 5 })).toMatchObject({
      start: 0,
      size: 20,
      departure: 'half',
    })
    expect(box('A', 0, { from: FIRST + 3, to: FIRST + 5 })).toBeNull()
  })

  test('say where a stay changes rooms', () => {
    expect(box('D', 0)).toMatchObject({ seamBefore: false, seamAfter: true })
    expect(box('D', 1)).toMatchObject({ seamBefore: true, seamAfter: false })
  })

  test('and ghosts have the same place as the bar would have', () => {
    expect(spanBox({ from: FIRST, to: FIRST + 2 }, range, METRICS)).toEqual({ start: 20, size: 80 })
    expect(spanBox({ from: FIRST - 9, to: FIRST - 1 }, range, METRICS)).toBeNull()
  })
})

test('from right to left only the screen turns around', () => {
  const box = { left: 100, right: 500 }
  expect(inlineOffset(120, box, false)).toBe(20)
  expect(inlineOffset(480, box, true)).toBe(20)
  expect(inlineScroll(-300)).toBe(300)
  expect(scrollLeftOf(300, true)).toBe(-300)
  expect(Object.is(scrollLeftOf(0, true), 0)).toBe(true)
})

test('a place is a cell, and outside of the chart the nearest', () => {
  expect(cellAt(85, 70, 5, range, METRICS)).toEqual({ night: FIRST + 2, row: 2 })
  expect(cellAt(-9, 999, 5, range, METRICS)).toEqual({ night: FIRST, row: 4 })
  expect(cellAt(9999, -1, 5, range, METRICS)).toEqual({ night: FIRST + 6, row: 0 })
})

test('scrolls no further than needed', () => {
  expect(scrollToShow(100, 40, 0, 200)).toBe(0)
  expect(scrollToShow(300, 40, 0, 200)).toBe(140)
  expect(scrollToShow(20, 40, 100, 200)).toBe(20)
})

test('near an edge a drag asks to scroll, the nearer the faster', () => {
  const place = { inline: 500, block: 300, viewInline: 1000, viewBlock: 600 }
  expect(edgePull(place)).toEqual({ inline: 0, block: 0 })
  expect(edgePull({ ...place, inline: 976 })).toEqual({ inline: 0.5, block: 0 })
  expect(edgePull({ ...place, block: -40 })).toEqual({ inline: 0, block: -1 })
})
