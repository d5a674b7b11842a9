import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Chart } from './chart'
import { overlaps } from './days'
import { barOf } from './items'
import { Model } from './model'
import { chartOf, drawnBy, FIRST, modelOf, trimmed, whereAll } from './testing/drawing'

const HOUSE = `
  101 |AAA.BB.
  102 |.ccc##.
  201 |.......
  STD |.DDEE..
  STD |..FF...`

describe('the model of a chart', () => {
  test('groups rooms by type, with lanes for who waits', () => {
    const model = modelOf(HOUSE)
    expect(model.rows.map((row) => row.id)).toEqual([
      'type:STD',
      'lane:STD:0',
      'lane:STD:1',
      '101',
      '102',
      'type:SUITE',
      'lane:SUITE:0',
      '201',
    ])
    expect(drawnBy(model, 7)).toBe(trimmed(HOUSE))
  })

  test('knows what is on a night, and in a stay', () => {
    const model = modelOf('101 |AA.\n102 |..A')
    expect(model.onNight('101', FIRST + 1)?.key).toBe(`A@${FIRST}`)
    expect(model.onNight('101', FIRST + 2)).toBeUndefined()
    expect(model.stay('A').map(({ roomId, from, to }) => ({ roomId, from, to }))).toEqual([
      { roomId: '101', from: FIRST, to: FIRST + 2 },
      { roomId: '102', from: FIRST + 2, to: FIRST + 3 },
    ])
  })

  test('rows that were looked at before all was read keep their very bars, and what comes first is told', () => {
    const model = modelOf(HOUSE)
    const [row, waiting] = [model.itemsOf('101'), model.itemsOf('lane:STD:0')]
    const heard = vi.fn()
    for (const topic of ['101', '102', 'lane:STD:0', 'structure']) model.subscribe(topic, heard)
    expect(model.stay('A')[0]).toBe(row[0])
    expect(model.item('D')).toBe(waiting[0])
    expect(model.itemsOf('101')).toBe(row)
    expect(heard).not.toHaveBeenCalled()

    const fresh = modelOf(HOUSE)
    fresh.subscribe('101', heard)
    const moved = fresh
      .itemsOf('101')
      .filter((item) => item.id === 'A')
      .map((item) => ({ ...item, to: item.to - 1 }))
    fresh.begin('change', [{ id: 'A', items: moved }])
    expect(heard).toHaveBeenCalledTimes(1)
    expect(fresh.itemsOf('101')[0]?.to).toBe(FIRST + 2)
  })

  test('rows are there before their bars, and hear of them', () => {
    const model = new Model()
    const chart = chartOf(HOUSE)
    const heard = vi.fn()
    model.subscribe('101', heard)
    model.lay({ ...chart, bars: [], blocks: [], dates: [] })
    expect(model.rows).toEqual(modelOf(HOUSE).rows)
    expect(model.isLoaded({ from: FIRST, to: FIRST + 1 })).toBe(false)
    const { rows } = model
    heard.mockClear()
    model.patch(chart)
    expect(heard).toHaveBeenCalledOnce()
    expect(model.rows).toBe(rows)
    expect(drawnBy(model, 7)).toBe(trimmed(HOUSE))
  })

  test('rows are laid once: what is known stands', () => {
    const model = modelOf(HOUSE)
    model.lay({ ...chartOf('103 |A'), bars: [], dates: [] })
    expect(drawnBy(model, 7)).toBe(trimmed(HOUSE))
  })

  test('sorts rooms as people count', () => {
    expect(
      modelOf('10 |.\n9 |.\n100 |.')
        .rows.filter((row) => row.kind === 'room')
        .map((row) => row.id),
    ).toEqual(['9', '10', '100'])
  })

  test('only rows that differ get a new version, and only their listeners hear', () => {
    const model = modelOf(HOUSE)
    const before = Object.fromEntries(model.rows.map((row) => [row.id, model.versionOf(row.id)]))
    const [heard, other] = [vi.fn(), vi.fn()]
    model.subscribe('101', heard)
    model.subscribe('102', other)
    const untouched = model.itemsOf('102')
    model.patch(chartOf(HOUSE.replace('AAA.BB.', 'AAA..BB'), { revision: 2, versions: { B: 2 } }))
    const changed = model.rows
      .filter((row) => model.versionOf(row.id) !== before[row.id])
      .map((row) => row.id)
    expect(changed).toEqual(['101'])
    expect(heard).toHaveBeenCalledTimes(1)
    expect(other).not.toHaveBeenCalled()
    expect(model.itemsOf('102')).toBe(untouched)
  })

  test('a listener that left hears nothing, however often it came', () => {
    const model = modelOf('101 |A.')
    const heard = vi.fn()
    const leave = [model.subscribe('101', heard), model.subscribe('101', heard)]
    leave[0]?.()
    leave[0]?.()
    model.patch(chartOf('101 |.A', { revision: 2, versions: { A: 2 } }))
    expect(heard).toHaveBeenCalledTimes(1)
    leave[1]?.()
    model.patch(chartOf('101 |A.', { revision: 3, versions: { A: 3 } }))
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test('a burst is told once', () => {
    const model = modelOf('101 |AB.')
    const heard = vi.fn()
    model.subscribe('101', heard)
    model.batch(() => {
      for (let revision = 2; revision < 52; revision += 1) {
        model.patch(
          chartOf(revision % 2 ? '101 |AB.' : '101 |BA.', {
            revision,
            versions: { A: revision, B: revision },
          }),
        )
      }
    })
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test('an older answer that comes late is ignored', () => {
    const model = modelOf('101 |.A.', { revision: 5, versions: { A: 3 } })
    expect(model.patch(chartOf('101 |A..', { revision: 4, versions: { A: 2 } }))).toBe(false)
    expect(drawnBy(model, 3)).toBe('101 |.A.')
  })

  test('a stay is not in two places when one of them was told long ago', () => {
    const model = modelOf('101 |.......\n102 |.......')
    model.patch(chartOf('101 |.AA.\n102 |....', { first: FIRST + 7 }))
    model.patch(chartOf('101 |.......\n102 |..AA...', { revision: 2, versions: { A: 2 } }))
    expect(drawnBy(model, 11)).toBe('101 |...........\n102 |..AA.......')
  })
})

describe('what waits for its answer', () => {
  const moved = (model: Model) => {
    const bar = model.stay('A')[0]
    if (!bar) throw new Error('no A')
    return [{ id: 'A', items: [barOf({ ...bar }, { roomId: '102', from: bar.from, to: bar.to })] }]
  }

  test('shows at once, and goes when it is refused', () => {
    const model = modelOf('101 |AA.\n102 |...')
    model.begin('k', moved(model))
    expect(drawnBy(model, 3)).toBe('101 |...\n102 |AA.')
    expect(model.isPending('A')).toBe(true)
    model.end('k')
    expect(drawnBy(model, 3)).toBe('101 |AA.\n102 |...')
    expect(model.isPending('A')).toBe(false)
  })

  test('stays while others change, and gives way to the truth', () => {
    const model = modelOf('101 |AA.\n102 |...')
    const edits = moved(model)
    model.begin('k', edits)
    model.patch(chartOf('101 |AA.\n102 |..B', { revision: 2 }))
    expect(drawnBy(model, 3)).toBe('101 |...\n102 |AAB')
    model.end('k', [
      { id: 'A', version: 2, items: edits[0]?.items?.map((item) => ({ ...item, version: 2 })) ?? [] },
    ])
    expect(drawnBy(model, 3)).toBe('101 |...\n102 |AAB')
    expect(model.versionOfSubject('A')).toBe(2)
  })

  test('an answer stands against a chart that was asked for before it', () => {
    const model = modelOf('101 |AA.\n102 |...')
    const asked = model.ask()
    const items = moved(model)[0]?.items?.map((item) => ({ ...item, version: 2 })) ?? []
    model.put([{ id: 'A', version: 2, items }])
    model.patch(chartOf('101 |AA.\n102 |..B', { revision: 2 }), asked)
    expect(drawnBy(model, 3)).toBe('101 |...\n102 |AAB')
    model.patch(chartOf('101 |...\n102 |..B', { revision: 3 }))
    expect(drawnBy(model, 3)).toBe('101 |...\n102 |..B')
  })

  test('a cancelled stay does not come back with an old chart', () => {
    const model = modelOf('101 |AA.')
    const asked = model.ask()
    model.put([{ id: 'A', version: 2, items: [] }])
    model.patch(chartOf('101 |AA.', { revision: 2 }), asked)
    expect(drawnBy(model, 3)).toBe('101 |...')
  })

  test('nothing from outside touches what is in hand', () => {
    const model = modelOf('101 |AA.\n102 |...')
    const row = model.versionOf('101')
    model.hold('A')
    model.patch(chartOf('101 |...\n102 |.AA', { revision: 2, versions: { A: 2 } }))
    expect(drawnBy(model, 3)).toBe('101 |AA.\n102 |...')
    expect(model.versionOf('101')).toBe(row)
    model.letGo('A')
    expect(drawnBy(model, 3)).toBe('101 |...\n102 |.AA')
  })

  test("a room's state shows at once, too", () => {
    const model = modelOf('101 |.')
    model.begin('k', [{ id: '101', room: { status: 'VACANT_DIRTY' } }])
    expect(model.room('101')?.status).toBe('VACANT_DIRTY')
    model.end('k')
    expect(model.room('101')?.status).toBe('VACANT_CLEAN')
    model.end('k2', [{ id: '101', version: 2, room: { status: 'VACANT_DIRTY', version: 2 } }])
    expect(model.room('101')).toMatchObject({ status: 'VACANT_DIRTY', version: 2 })
  })
})

describe('windows merge', () => {
  const DAYS = 24
  const ROOMS = ['101', '102', '103']

  /** A house of stays and blocks that do not overlap, drawn from numbers; `null` rows of stays wait. */
  const houses = fc.array(
    fc.array(
      fc.record({
        id: fc.constantFrom(...'ABCDEFGHIJ'),
        row: fc.constantFrom(...ROOMS, 'STD'),
        at: fc.nat(DAYS - 2),
        nights: fc.integer({ min: 1, max: 9 }),
      }),
      {
        maxLength: 12,
      },
    ),
    { minLength: 2, maxLength: 4 },
  )

  function draw(things: readonly { id: string; row: string; at: number; nights: number }[]): string {
    const rows = new Map(ROOMS.map((row) => [row, '.'.repeat(DAYS)]))
    const lanes: string[] = []
    const known = new Set<string>()
    for (const { id, row, at, nights } of things) {
      if (known.has(id)) continue
      const end = Math.min(DAYS, at + nights)
      const now = rows.get(row)
      const put = (line: string) => line.slice(0, at) + id.repeat(end - at) + line.slice(end)
      if (now === undefined) lanes.push(put('.'.repeat(DAYS)))
      else if (/[^.]/.test(now.slice(at, end))) continue
      else rows.set(row, put(now))
      known.add(id)
    }
    return [
      ...[...rows].map(([row, line]) => `${row} |${line}`),
      ...lanes.map((line) => `STD |${line}`),
    ].join('\n')
  }

  /** What the server would answer for some nights of the drawing: whole bars that reach into them. */
  function windowed(chart: Chart, from: number, days: number): Chart {
    const span = { from: FIRST + from, to: FIRST + from + days }
    const date = (n: number) => chart.dates[n]?.date ?? ''
    const touches = (a: string, b: string) => {
      const of = (text: string) => FIRST + chart.dates.findIndex((one) => one.date === text)
      const to = chart.dates.some((one) => one.date === b) ? of(b) : FIRST + DAYS
      return overlaps(span, { from: of(a), to })
    }
    return {
      ...chart,
      start: date(from),
      days,
      bars: [...chart.bars].filter((bar) => touches(bar.startDate, bar.endDate)),
      blocks: chart.blocks.filter((block) => touches(block.startDate, block.endDate)),
      unassigned: chart.unassigned.filter((stay) => touches(stay.checkInDate, stay.checkOutDate)),
      dates: chart.dates.slice(from, from + days),
    }
  }

  /** Nobody sleeps in two rooms, or outside of his stay. */
  function demandWhole(model: Model): void {
    for (const id of 'ABCDEFGHIJ') {
      const bars = model.stay(id)
      for (const [n, bar] of bars.entries()) {
        expect(bar.checkIn <= bar.from && bar.to <= bar.checkOut).toBe(true)
        expect(bars.slice(n + 1).some((other) => overlaps(bar, other))).toBe(false)
      }
    }
  }

  test('to what one chart of all nights would have made', () => {
    const asks = fc.array(
      fc.record({ age: fc.nat(3), from: fc.nat(DAYS - 1), days: fc.integer({ min: 1, max: DAYS }) }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(
        houses,
        asks,
        fc.integer({ min: 1, max: DAYS - 1 }),
        fc.boolean(),
        (states, answers, cut, isRightFirst) => {
          const charts = states.map((things, n) => {
            const versions = Object.fromEntries([...'ABCDEFGHIJ'].map((id) => [id, n + 1]))
            return chartOf(draw(things), { revision: n + 1, versions })
          })
          const last = charts[charts.length - 1] as Chart
          const model = new Model()
          const halves = [windowed(last, 0, cut), windowed(last, cut, DAYS - cut)]
          if (isRightFirst) halves.reverse()
          // Answers of any age before, between and after the two that together are the newest truth of all nights.
          for (const [n, { age, from, days }] of answers.entries()) {
            if (n % 3 === 2) model.patch(halves.shift() ?? last)
            const chart = charts[age % charts.length] as Chart
            model.patch(windowed(chart, from, Math.min(days, DAYS - from)))
            demandWhole(model)
          }
          for (const half of halves) model.patch(half)
          expect(whereAll(model)).toEqual(whereAll(Model.of(last)))
          expect(model.isLoaded({ from: FIRST, to: FIRST + DAYS })).toBe(true)
          const newest = model.segments.map(({ from, to, revision }) => ({ from, to, revision }))
          expect(newest).toEqual([{ from: FIRST, to: FIRST + DAYS, revision: last.revision }])
        },
      ),
      { numRuns: 300 },
    )
  })

  test('and what is forgotten is gone, with its rows as they were', () => {
    const model = modelOf('101 |AA.....BB\n102 |..CCCCC..')
    model.keepOnly({ from: FIRST + 3, to: FIRST + 6 })
    expect(drawnBy(model, 9)).toBe('101 |.........\n102 |..CCCCC..')
    expect(model.total(FIRST)).toBeUndefined()
    expect(model.isLoaded({ from: FIRST + 3, to: FIRST + 6 })).toBe(true)
  })
})
