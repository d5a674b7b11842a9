import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Action, editsOf, seenOf, subjectsOf } from './actions'
import type { Item } from './items'
import { Model } from './model'
import { offersFor } from './offers'
import type { Reply } from './perform'
import { requestOf } from './requests'
import { planMove, planResize, planSplit } from './rules'
import { chartOf, drawnBy, FIRST, trimmed } from './testing/drawing'
import { act, bar, open } from './testing/opened'
import { Undoing } from './undoing'

const HOUSE = '101 |AAA.BB.\n102 |..CCCC.\n103 |.......\n104 |.......\n201 |.......\nSTD |.DD....'

describe('an action', () => {
  test('shows before the server has answered, and stands when it agrees', async () => {
    const opened = open(HOUSE)
    const { model } = opened
    const undo = opened.undoing()
    const running = act(
      opened,
      undo,
      { kind: 'move', id: 'A', seen: seenOf(bar(model, 'A')), roomId: '103', from: FIRST + 1 },
      ['A'],
    )
    const after = trimmed(HOUSE.replace('AAA.BB.', '....BB.').replace('103 |.......', '103 |.AAA...'))
    expect(drawnBy(model, 7)).toBe(after)
    await running
    expect(drawnBy(model, 7)).toBe(after)
    expect(model.isPending('A')).toBe(false)
    expect(opened.house.asked[0]).toMatchObject({
      path: '/calendar/move',
      headers: { 'Idempotency-Key': 'k1' },
      body: {
        reservationId: 'A',
        from: { roomId: '101', checkInDate: '2027-02-01', checkOutDate: '2027-02-04', version: 1 },
        to: { roomId: '103', checkInDate: '2027-02-02' },
      },
    })
  })

  test('is taken off the screen when it is refused', async () => {
    const opened = open(HOUSE)
    opened.house.touch('A')
    const action: Action = { kind: 'assign', id: 'A', roomId: '103' }
    const outcome = await act(opened, opened.undoing(), action, ['A'])
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'CONCURRENCY_CONFLICT' }, isStale: true })
    expect(drawnBy(opened.model, 7)).toBe(trimmed(HOUSE))
    expect(opened.undoing().canUndo).toBe(false)
  })

  test.each(['ROOM_ALREADY_BOOKED', 'ROOM_OUT_OF_ORDER', 'NO_AVAILABILITY', 'NOT_FOUND', 'UNREACHABLE'])(
    'is refused with %s, of which the chart knew nothing: it asks again',
    async (code) => {
      const opened = open(HOUSE)
      const refuse = async (): Promise<Reply> => ({ ok: false, refusal: { code, message: '' } })
      const undo = new Undoing(opened.model, refuse, { get: () => null, set: () => {} }, opened.newKey, '')
      const action: Action = { kind: 'changeRoom', id: 'A', roomId: '103' }
      expect(await act(opened, undo, action, ['A'])).toMatchObject({ ok: false, isStale: true })
      expect(drawnBy(opened.model, 7)).toBe(trimmed(HOUSE))
    },
  )

  test('is refused for what was written: the chart was right', async () => {
    const opened = open(HOUSE)
    const refusal = { code: 'VALIDATION_ERROR', message: '' }
    const refuse = async (): Promise<Reply> => ({ ok: false, refusal })
    const undo = new Undoing(opened.model, refuse, { get: () => null, set: () => {} }, opened.newKey, '')
    const outcome = await act(opened, undo, { kind: 'changeRoom', id: 'A', roomId: '103' }, ['A'])
    expect(outcome).toMatchObject({ ok: false, isStale: false })
  })

  test('of several steps is all or nothing', async () => {
    const opened = open('101 |AAA....\n102 |.BB....\n103 |.......')
    opened.house.touch('A')
    const { model } = opened
    const row = model.row('102')
    const plan = row && planMove(model, bar(model, 'A'), row, FIRST)
    const offers =
      row && plan?.why ? offersFor(model, bar(model, 'A'), row, FIRST, plan.why, model.rows) : null
    if (!offers?.displace) throw new Error('no offer')
    const outcome = await act(opened, opened.undoing(), offers.displace, ['A', 'B'])
    expect(outcome).toMatchObject({ ok: false, isStale: true })
    expect(drawnBy(model, 7)).toBe('101 |AAA....\n102 |.BB....\n103 |.......')
    expect(model.versionOfSubject('B')).toBe(3)
    model.patch(opened.house.chart())
    expect(drawnBy(model, 7)).toBe('101 |AAA....\n102 |.BB....\n103 |.......')
    expect(new Set(opened.house.asked.map((request) => request.headers['Idempotency-Key'])).size).toBe(3)
  })

  test('of a plan shows all of it at once, and asks once', async () => {
    const opened = open(HOUSE)
    const { model, house } = opened
    const moves = [
      { id: 'D', to: { roomId: '101' }, was: { roomId: null } },
      { id: 'A', to: { roomId: '104' }, was: { roomId: '101' } },
      { id: 'B', to: { roomId: null }, was: { roomId: '101' } },
    ]
    const after = '101 |.DD....\n102 |..CCCC.\n103 |.......\n104 |AAA....\n201 |.......\nSTD |....BB.'
    const undo = opened.undoing()
    const plan: Action = { kind: 'plan', id: 'D', moves }
    const running = act(opened, undo, plan, subjectsOf(plan))
    expect(drawnBy(model, 7)).toBe(after)
    expect((await running).ok).toBe(true)
    expect(drawnBy(model, 7)).toBe(after)
    expect(drawnBy(Model.of(house.chart()), 7)).toBe(after)
    expect(await undo.undo()).toMatchObject({ ok: true })
    expect(drawnBy(model, 7)).toBe(trimmed(HOUSE))
    expect(house.asked).toHaveLength(2)
    expect(house.asked[1]).toMatchObject({
      path: '/properties/P/fit/execute',
      body: { moves: { length: 3 } },
    })
  })

  test('of a plan is refused as a whole', async () => {
    const opened = open(HOUSE)
    opened.house.touch('A')
    const moves = [
      { id: 'D', to: { roomId: '104' }, was: { roomId: null } },
      { id: 'A', to: { roomId: '103' }, was: { roomId: '101' } },
    ]
    const undo = opened.undoing()
    const outcome = await act(opened, undo, { kind: 'plan', id: 'D', moves }, ['A', 'D'])
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'CONCURRENCY_CONFLICT' }, isStale: true })
    expect(drawnBy(opened.model, 7)).toBe(trimmed(HOUSE))
    expect(undo.canUndo).toBe(false)
  })

  test('of every kind has a request', () => {
    const seen = { roomId: '101', from: FIRST, to: FIRST + 2 }
    const requests = (
      [
        { kind: 'shift', id: 'A', from: FIRST },
        { kind: 'changeRoom', id: 'A', roomId: '102' },
        { kind: 'resize', id: 'A', edge: 'start', seen, to: FIRST + 1 },
        { kind: 'assign', id: 'A', roomId: null },
        { kind: 'unassign', id: 'A' },
        { kind: 'split', id: 'A', at: FIRST + 1, roomId: '102' },
        { kind: 'swap', id: 'A', other: 'B' },
        {
          kind: 'plan',
          id: 'A',
          moves: [
            { id: 'A', to: { roomId: '102', overrideWishes: true }, was: { roomId: '101' } },
            { id: 'B', to: { roomId: null }, was: { roomId: '102' } },
          ],
        },
        { kind: 'pin', id: 'A', isPinned: true },
        { kind: 'confirm', id: 'A' },
        { kind: 'checkIn', id: 'A', overrideDirty: true },
        { kind: 'checkOut', id: 'A', acceptBalance: true },
        { kind: 'undoCheckIn', id: 'A' },
        { kind: 'undoCheckOut', id: 'A' },
        { kind: 'cancel', id: 'A', reason: null },
        { kind: 'noShow', id: 'A', reason: 'late' },
        { kind: 'reinstate', id: 'A', roomId: '101', reason: 'undo' },
        {
          kind: 'book',
          id: 'N',
          body: { checkInDate: '2027-02-01', checkOutDate: '2027-02-02', roomId: '101' },
        },
        {
          kind: 'block',
          id: 'x',
          roomId: '101',
          from: FIRST,
          to: FIRST + 1,
          blockType: 'HOLD',
          reason: null,
        },
        { kind: 'changeBlock', id: 'x', to: FIRST + 3 },
        { kind: 'unblock', id: 'x' },
        { kind: 'roomStatus', id: '101', status: 'VACANT_CLEAN', isInspected: true },
      ] as const
    ).map((step) => {
      const { method, path, body, headers } = requestOf(step, { A: 3, B: 4, x: 5, 101: 6 }, 'k', 'P')
      const tag = headers['If-Match'] ? ` if ${headers['If-Match']}` : ''
      return `${method} ${path} ${JSON.stringify(body)}${tag}`
    })
    expect(requests).toMatchSnapshot()
  })
})

describe('whatever is done', () => {
  const verbs = fc.record({
    verb: fc.constantFrom('move', 'resizeStart', 'resizeEnd', 'split', 'unassign', 'undo', 'redo', 'reload'),
    id: fc.constantFrom('A', 'B', 'C', 'D'),
    piece: fc.nat(2),
    row: fc.nat(7),
    night: fc.nat(6),
  })

  /** What the rules allow and the chart has planned, or nothing. */
  function planned(
    model: Model,
    { verb, id, piece, row, night }: { verb: string; id: string; piece: number; row: number; night: number },
  ): Action | null {
    const bars = model.stay(id)
    const grabbed = bars[piece % Math.max(1, bars.length)]
    const over = model.rows[row % model.rows.length]
    if (!grabbed || !over) return null
    const at = FIRST + night
    switch (verb) {
      case 'move':
        return planMove(model, grabbed, over, at).action
      case 'resizeStart':
      case 'resizeEnd':
        return planResize(model, grabbed, verb === 'resizeEnd' ? 'end' : 'start', at).action
      case 'split':
        return planSplit(model, grabbed, at, over).action
      default: {
        const lane = model.rows.find((one) => one.kind === 'lane')
        return grabbed.roomId === null || !lane ? null : planMove(model, grabbed, lane, grabbed.from).action
      }
    }
  }

  test.each([
    ['before they come', HOUSE, {}],
    [
      'in the house',
      '101 |aaaaa..\n102 |.bbb...\n103 |..CCCC.\n104 |.......\n201 |.......\nSTD |..DD...',
      { today: 2 },
    ],
  ])(
    'the chart shows what the server has, and undo leads back and redo forth: %s',
    async (_, text, drawn) => {
      const asking = fc.asyncProperty(fc.array(verbs, { maxLength: 14 }), async (commands) => {
        const opened = open(text, drawn)
        const { model, house } = opened
        let undo = opened.undoing()
        const looks = () => drawnBy(model, 9)
        let canGoBack = true
        for (const command of commands) {
          if (command.verb === 'undo') canGoBack = (await undone(undo)) && canGoBack
          else if (command.verb === 'redo') await undo.redo()
          else if (command.verb === 'reload') undo = opened.undoing()
          else {
            const action = planned(model, command)
            if (!action) continue
            const expected = editsOf(action, model)
            const outcome = await act(opened, undo, action, [command.id])
            // The rules refuse what the server refuses, and what they let through looks as it will.
            expect(outcome.ok).toBe(true)
            expect(outcome.ok && outcome.step).not.toBeNull()
            for (const edit of expected) {
              const places = (items: readonly Item[]) =>
                items.map(({ key, from, to, roomId }) => ({ key, from, to, roomId }))
              expect(places(model.stay(edit.id))).toEqual(places(edit.items ?? []))
            }
          }
          expect(looks()).toBe(drawnBy(Model.of(house.chart(FIRST, 9)), 9))
        }
        const end = looks()
        let steps = 0
        while (canGoBack && undo.canUndo) {
          canGoBack = await undone(undo)
          steps += 1
        }
        if (!canGoBack) return
        expect(looks()).toBe(drawnBy(Model.of(chartOf(text, drawn)), 9))
        for (; steps > 0; steps -= 1) expect(await undo.redo()).toMatchObject({ ok: true })
        expect(looks()).toBe(end)
      })
      await fc.assert(asking, { numRuns: 150 })
    },
  )

  /** The way back may lead through a room that is taken by now; nothing else may stand in it. */
  async function undone(undo: Undoing): Promise<boolean> {
    if (!undo.canUndo) return true
    const outcome = await undo.undo()
    if (!outcome.ok) expect(outcome.refusal?.code).toBe('ROOM_ALREADY_BOOKED')
    return outcome.ok
  }
})
