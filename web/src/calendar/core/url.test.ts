import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nightOf } from './days'
import { isDimmed, shownRows } from './filter'
import type { Bar } from './items'
import { axisOf, nextLoad, reloads } from './loading'
import { modelOf } from './testing/drawing'
import { HOUSEKEEPING, NO_FILTERS, placeOf, STATUSES, searchOf, ZOOMS } from './url'

const TYPE = '01J9ZK3T5V8M2Q4R6X7Y9ABCDE'

test('a link carries the place and comes back the same', () => {
  const places = fc.record({
    start: fc.option(fc.integer({ min: 0, max: 60_000 })),
    days: fc.constantFrom(...ZOOMS),
    filters: fc.record({
      types: fc.subarray([TYPE]),
      statuses: fc.subarray([...STATUSES]),
      housekeeping: fc.subarray([...HOUSEKEEPING]),
      text: fc.string({ maxLength: 200 }),
    }),
  })
  fc.assert(
    fc.property(places, (place) => {
      const link = new URLSearchParams(searchOf(place)).toString()
      expect(placeOf(Object.fromEntries([...new URLSearchParams(link).entries()]))).toEqual(place)
    }),
  )
})

test('what is as usual is not said, and what is wrong is as usual', () => {
  expect(searchOf({ start: null, days: 14, filters: NO_FILTERS })).toEqual({})
  const wrong = { start: '2027-02-30', days: '13', type: 'x,', status: 'GONE,HOLD', hk: 7, q: { a: 1 } }
  expect(placeOf(wrong)).toEqual({ start: null, days: 14, filters: { ...NO_FILTERS, statuses: ['HOLD'] } })
  expect(placeOf({ start: '2027-02-01', days: 31 })).toMatchObject({ start: nightOf('2027-02-01'), days: 31 })
})

test('filters hide rows, and dim bars instead of hiding them', () => {
  const model = modelOf('101 |AA.\n102 |b##\n201 |...')
  const rows = (filters: Partial<typeof NO_FILTERS>, closed: string[] = []) =>
    shownRows(model, { ...NO_FILTERS, ...filters }, new Set(closed)).map((row) => row.id)
  expect(rows({})).toEqual(model.rows.map((row) => row.id))
  expect(rows({ types: ['SUITE'] })).toEqual(['type:SUITE', 'lane:SUITE:0', '201'])
  expect(rows({}, ['STD'])).toEqual(['type:STD', 'type:SUITE', 'lane:SUITE:0', '201'])
  expect(rows({ housekeeping: ['DIRTY'] })).toEqual(['type:STD', 'lane:STD:0', 'type:SUITE', 'lane:SUITE:0'])
  const bar = { ...(model.stay('A')[0] as Bar), lastName: 'Müller', firstName: 'Ana' }
  expect(isDimmed(bar, { ...NO_FILTERS, text: 'ana MULL' })).toBe(false)
  expect(isDimmed(bar, { ...NO_FILTERS, text: 'meier' })).toBe(true)
  expect(isDimmed(bar, { ...NO_FILTERS, statuses: ['CHECKED_IN'] })).toBe(true)
  expect(isDimmed(bar, NO_FILTERS)).toBe(false)
})

test('what is seen is loaded in one request, then its neighbours, then nothing', () => {
  for (const days of ZOOMS) {
    let segments = [] as { from: number; to: number; revision: number }[]
    const shown = { from: 1000, to: 1000 + days }
    const asked = []
    for (let load = nextLoad(segments, shown); load && asked.length < 9; load = nextLoad(segments, shown)) {
      asked.push(load)
      segments = [...segments, { from: load.from, to: load.to, revision: 1 }].sort((a, b) => a.from - b.from)
    }
    expect(asked.map((load) => load.why)).toEqual(['shown', 'ahead', 'ahead'])
    const nights = (asked[0]?.to ?? 0) - (asked[0]?.from ?? 0)
    expect(nights).toBeGreaterThanOrEqual(Math.max(31, days))
    expect(nights).toBeLessThanOrEqual(Math.max(45, days))
    expect(axisOf(segments, shown)).toEqual({
      from: Math.min(...asked.map((a) => a.from)),
      to: Math.max(...asked.map((a) => a.to)),
    })
    const again = reloads(segments, shown)
    expect(again[0]).toMatchObject(shown)
    expect(again.reduce((sum, load) => sum + load.to - load.from, 0)).toBe(
      axisOf(segments, shown).to - axisOf(segments, shown).from,
    )
  }
})
