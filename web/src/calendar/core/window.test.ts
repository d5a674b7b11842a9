import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  keepWindow,
  mountedNights,
  mountedRows,
  NIGHT_STEP,
  NIGHTS_TO_SPARE,
  ROW_STEP,
  ROWS_TO_SPARE,
  windowOf,
} from './window'

const METRICS = { night: 40, row: 32 }
const viewports = fc.record({
  inline: fc.nat(4000),
  block: fc.nat(40_000),
  inlineSize: fc.integer({ min: 0, max: 3000 }),
  blockSize: fc.integer({ min: 0, max: 2000 }),
})
const sizes = fc.record({
  rows: fc.nat(1200),
  nights: fc.integer({ min: 1, max: 400 }),
  from: fc.integer({ min: -9, max: 9 }),
})

test('all that is seen is there, and never much more', () => {
  fc.assert(
    fc.property(viewports, sizes, (viewport, { rows, nights, from }) => {
      const range = { from, to: from + nights }
      const window = windowOf(viewport, rows, range, METRICS)
      const lastRow = Math.min(rows, Math.ceil((viewport.block + viewport.blockSize) / METRICS.row))
      for (let row = Math.floor(viewport.block / METRICS.row); row < lastRow; row += 1) {
        expect(window.rows.from <= row && row < window.rows.to).toBe(true)
      }
      const lastNight = Math.min(nights, Math.ceil((viewport.inline + viewport.inlineSize) / METRICS.night))
      for (let night = Math.floor(viewport.inline / METRICS.night); night < lastNight; night += 1) {
        expect(window.nights.from <= from + night && from + night < window.nights.to).toBe(true)
      }
      const most = (view: number, cell: number, step: number, spare: number) =>
        view / cell + 2 + 2 * (step + spare)
      expect(window.rows.to - window.rows.from).toBeLessThanOrEqual(
        most(viewport.blockSize, METRICS.row, ROW_STEP, ROWS_TO_SPARE),
      )
      expect(window.nights.to - window.nights.from).toBeLessThanOrEqual(
        most(viewport.inlineSize, METRICS.night, NIGHT_STEP, NIGHTS_TO_SPARE),
      )
      expect(0 <= window.rows.from && window.rows.to <= rows).toBe(true)
      expect(range.from <= window.nights.from && window.nights.to <= range.to).toBe(true)
    }),
  )
})

test('scrolling by a pixel within a step changes nothing', () => {
  const range = { from: 0, to: 90 }
  const at = (block: number) =>
    windowOf({ inline: 0, block, inlineSize: 1000, blockSize: 640 }, 1000, range, METRICS)
  const windows = Array.from({ length: ROW_STEP * 32 }, (_, n) => JSON.stringify(at(32 * 400 + n)))
  expect(new Set(windows).size).toBeLessThanOrEqual(3)
})

test('the focused row is there wherever one scrolls, once and in order', () => {
  fc.assert(
    fc.property(viewports, sizes, fc.nat(1300), (viewport, { rows, nights, from }, focused) => {
      const window = windowOf(viewport, rows, { from, to: from + nights }, METRICS)
      const mounted = mountedRows(window, focused, rows)
      expect(mounted.includes(focused)).toBe(focused < rows)
      expect([...new Set(mounted)].sort((a, b) => a - b)).toEqual(mounted)
    }),
  )
})

test('and so is the focused night of its row', () => {
  const window = { rows: { from: 0, to: 10 }, nights: { from: 20, to: 41 } }
  expect(mountedNights(window, null)).toBe(window.nights)
  expect(mountedNights(window, 25)).toBe(window.nights)
  expect(mountedNights(window, 3)).toEqual({ from: 3, to: 41 })
  expect(mountedNights(window, 80)).toEqual({ from: 20, to: 81 })
})

test('what is alike of two windows is the same object', () => {
  const known = { rows: { from: 0, to: 20 }, nights: { from: 5, to: 19 } }
  expect(keepWindow(known, structuredClone(known))).toBe(known)
  const lower = keepWindow(known, { rows: { from: 2, to: 22 }, nights: { from: 5, to: 19 } })
  expect(lower.rows).toEqual({ from: 2, to: 22 })
  expect(lower.nights).toBe(known.nights)
})
