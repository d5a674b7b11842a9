import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { dateOf } from '../core/days'
import { Model } from '../core/model'
import { drawnBy, FIRST, trimmed } from '../core/testing/drawing'
import { act, open } from '../core/testing/opened'
import { stepOf } from './plans'

const BEFORE = '101 |AA.BBB.\n102 |CCC.DD.\n103 |.......\nSTD |..GG...'
const AFTER = '101 |AAGGDD.\n102 |CCCBBB.\n103 |.......'
const ROOMS = { G: '101', B: '102', D: '101' }

/** As the dialog does it: beside the chart, and remembered. */
async function accept(opened: ReturnType<typeof open>, rooms: Record<string, string>, block?: object) {
  const { house, model, undoing, newKey } = opened
  const versions = opened.versions(Object.keys(rooms))
  const moves = Object.entries(rooms).map(([reservationId, roomId]) => {
    return { reservationId, version: versions[reservationId] ?? 0, roomId }
  })
  const headers = { 'Idempotency-Key': newKey() }
  const request = {
    method: 'POST',
    path: '/properties/P/fit/execute',
    body: { moves, block },
    headers,
  } as const
  const reply = await house.send(request)
  if (!reply.ok) throw new Error(reply.refusal.code)
  const step = stepOf(moves, reply.data as Schemas['FitExecuted'], 'Gray has room 101')
  if (!step) throw new Error('no step')
  undoing().remember(step)
  model.patch(house.chart())
  house.asked.length = 0
  return step
}

test('a plan that was accepted is one step, back and forth, over reloads', async () => {
  const opened = open(BEFORE)
  const { model, house, undoing } = opened
  const step = await accept(opened, ROOMS)
  expect(step.label).toEqual({ key: 'calendar.did.plan', facts: { text: 'Gray has room 101' } })
  expect(drawnBy(model, 7)).toBe(AFTER)
  for (let round = 1; round <= 2; round += 1) {
    expect(await undoing().undo()).toMatchObject({ ok: true, label: step.label })
    expect(drawnBy(model, 7)).toBe(trimmed(BEFORE))
    expect(await undoing().redo()).toMatchObject({ ok: true, label: step.label })
    expect(drawnBy(model, 7)).toBe(AFTER)
    expect(drawnBy(Model.of(house.chart()), 7)).toBe(AFTER)
    expect(house.asked).toHaveLength(2 * round)
  }
  expect(await undoing().redo()).toMatchObject({ ok: false, why: { key: 'calendar.redo.nothing' } })
})

test('steps before it go on with the versions that it leaves', async () => {
  const opened = open(BEFORE)
  const { model, undoing } = opened
  await act(opened, undoing(), { kind: 'pin', id: 'B', isPinned: true }, ['B'])
  await act(opened, undoing(), { kind: 'pin', id: 'B', isPinned: false }, ['B'])
  await accept(opened, ROOMS)
  for (let n = 0; n < 3; n += 1) expect(await undoing().undo()).toMatchObject({ ok: true })
  expect(drawnBy(model, 7)).toBe(trimmed(BEFORE))
  for (let n = 0; n < 3; n += 1) expect(await undoing().redo()).toMatchObject({ ok: true })
  expect(drawnBy(model, 7)).toBe(AFTER)
})

test('the block for which a room was freed goes before those who come back, and is there again after redo', async () => {
  const opened = open('101 |AAA....\n102 |.......')
  const { model, undoing } = opened
  const nights = { startDate: dateOf(FIRST + 1), endDate: dateOf(FIRST + 4) }
  await accept(opened, { A: '102' }, { roomId: '101', ...nights, blockType: 'OUT_OF_ORDER' })
  for (let round = 0; round < 3; round += 1) {
    expect(drawnBy(model, 7)).toBe('101 |.###...\n102 |AAA....')
    expect(await undoing().undo()).toMatchObject({ ok: true })
    expect(drawnBy(model, 7)).toBe('101 |AAA....\n102 |.......')
    expect(await undoing().redo()).toMatchObject({ ok: true })
  }
})

test.each(['known', 'not known'])(
  'a stay that changed meanwhile, %s to the chart, keeps all where they are',
  async (how) => {
    const opened = open(BEFORE)
    const { model, house, undoing } = opened
    await act(opened, undoing(), { kind: 'changeRoom', id: 'A', roomId: '103' }, ['A'])
    await accept(opened, ROOMS)
    house.touch('B')
    if (how === 'known') model.patch(house.chart())
    const expected =
      how === 'known'
        ? { ok: false, why: { key: 'calendar.undo.changed', facts: { name: 'B' } } }
        : { ok: false, refusal: { code: 'CONCURRENCY_CONFLICT' }, isStale: true }
    expect(await undoing().undo()).toMatchObject(expected)
    const still = AFTER.replace('AAGG', '..GG').replace('103 |..', '103 |AA')
    expect(drawnBy(model, 7)).toBe(still)
    expect(drawnBy(Model.of(house.chart()), 7)).toBe(still)
    // It does not stand in the way of the step before it.
    expect(await undoing().undo()).toMatchObject({ ok: true })
    expect(drawnBy(model, 7)).toBe(AFTER)
  },
)

test('a desk that never saw a chart takes it back as well', async () => {
  const opened = open(BEFORE)
  await accept(opened, ROOMS)
  const model = new Model()
  model.propertyId = 'P'
  const blind = opened.undoing(model)
  expect(await blind.undo()).toMatchObject({ ok: true })
  expect(drawnBy(Model.of(opened.house.chart()), 7)).toBe(trimmed(BEFORE))
  expect(await blind.redo()).toMatchObject({ ok: true })
  expect(drawnBy(Model.of(opened.house.chart()), 7)).toBe(AFTER)
})

test('a room that nobody had to leave is a block like any other', () => {
  const block = { id: 'x', roomId: '101', startDate: '2027-02-01', endDate: '2027-02-03', version: 4 }
  const executed = { bookings: [], undo: [], block: { ...block, blockType: 'MAINTENANCE' } }
  const step = stepOf([], executed as unknown as Schemas['FitExecuted'], 'free')
  expect(step).toMatchObject({
    forward: {
      kind: 'block',
      roomId: '101',
      from: FIRST,
      to: FIRST + 2,
      blockType: 'MAINTENANCE',
      reason: null,
    },
    inverse: { kind: 'unblock', id: 'x' },
    found: {},
    left: { x: 4 },
  })
})

test('wishes are overridden forth and back as it was accepted', () => {
  const moves = [{ reservationId: 'A', version: 3, roomId: '102', overrideWishes: true }]
  const undo = [{ reservationId: 'A', version: 4, roomId: '101', overrideWishes: true }]
  expect(stepOf(moves, { bookings: [], undo }, '')).toMatchObject({
    forward: { moves: [{ id: 'A', to: { roomId: '102', overrideWishes: true } }] },
    inverse: { moves: [{ id: 'A', to: { roomId: '101', overrideWishes: true } }] },
    found: { A: 3 },
    left: { A: 4 },
  })
})
