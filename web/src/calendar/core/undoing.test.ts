import { describe, expect, test } from 'vitest'
import { type Action, seenOf } from './actions'
import { Model } from './model'
import type { Reply } from './perform'
import { drawnBy, FIRST, trimmed } from './testing/drawing'
import { act, bar, open } from './testing/opened'

const HOUSE = '101 |AAA.BB.\n102 |..CCCC.\n103 |.......\n104 |.......\n201 |.......\nSTD |.DD....'

describe('undo', () => {
  test('takes back many steps, also after a reload, and redo does them again', async () => {
    const opened = open(HOUSE)
    const { model } = opened
    let undo = opened.undoing()
    const drawings = [drawnBy(model, 7)]
    const steps: (() => [Action, string[]])[] = [
      () => [{ kind: 'move', id: 'A', seen: seenOf(bar(model, 'A')), roomId: '103', from: FIRST + 1 }, ['A']],
      () => [{ kind: 'resize', id: 'A', edge: 'end', seen: seenOf(bar(model, 'A')), to: FIRST + 6 }, ['A']],
      () => [{ kind: 'split', id: 'A', at: FIRST + 3, roomId: '104' }, ['A']],
      () => [{ kind: 'assign', id: 'D', roomId: '201' }, ['D']],
      () => [{ kind: 'swap', id: 'B', other: 'C' }, ['B', 'C']],
      () => [{ kind: 'unassign', id: 'B' }, ['B']],
      () => [
        {
          kind: 'block',
          id: 'new',
          roomId: '104',
          from: FIRST,
          to: FIRST + 2,
          blockType: 'MAINTENANCE',
          reason: null,
        },
        [],
      ],
      () => [{ kind: 'cancel', id: 'D', reason: null }, ['D']],
    ]
    for (const step of steps) {
      const [action, ids] = step()
      expect((await act(opened, undo, action, ids)).ok).toBe(true)
      drawings.push(drawnBy(model, 7))
    }
    for (const round of [1, 2]) {
      for (let n = drawings.length - 1; n > 0; n -= 1) {
        if (n === 4 * round) undo = opened.undoing()
        expect(await undo.undo()).toMatchObject({ ok: true })
        expect(drawnBy(model, 7)).toBe(drawings[n - 1])
      }
      expect(await undo.undo()).toMatchObject({ ok: false, why: { key: 'calendar.undo.nothing' } })
      for (let n = 1; n < drawings.length; n += 1) {
        expect(await undo.redo()).toMatchObject({ ok: true })
        expect(drawnBy(model, 7)).toBe(drawings[n])
      }
    }
    const fresh = Model.of(opened.house.chart())
    expect(drawnBy(fresh, 7)).toBe(drawings[drawings.length - 1])
  })

  test('refuses with the reason when someone changed the stay meanwhile, and lets the steps before it through', async () => {
    const opened = open(HOUSE)
    const { model } = opened
    const undo = opened.undoing()
    await act(opened, undo, { kind: 'changeRoom', id: 'B', roomId: '104' }, ['B'])
    await act(opened, undo, { kind: 'changeRoom', id: 'A', roomId: '103' }, ['A'])
    opened.house.touch('A')
    model.patch(opened.house.chart())
    expect(await undo.undo()).toMatchObject({
      ok: false,
      why: { key: 'calendar.undo.changed', facts: { name: 'A' } },
    })
    expect(await undo.undo()).toMatchObject({ ok: true })
    expect(drawnBy(model, 7)).toContain('101 |....BB.')
  })

  test('does not reach below what someone else did', async () => {
    const opened = open(HOUSE)
    const undo = opened.undoing()
    await act(opened, undo, { kind: 'changeRoom', id: 'A', roomId: '103' }, ['A'])
    opened.house.touch('A')
    opened.model.patch(opened.house.chart())
    await act(opened, undo, { kind: 'changeRoom', id: 'A', roomId: '104' }, ['A'])
    expect(await undo.undo()).toMatchObject({ ok: true })
    expect(await undo.undo()).toMatchObject({ ok: false, why: { key: 'calendar.undo.changed' } })
  })

  test('a new step takes redo away', async () => {
    const opened = open(HOUSE)
    const undo = opened.undoing()
    await act(opened, undo, { kind: 'changeRoom', id: 'A', roomId: '103' }, ['A'])
    await undo.undo()
    expect(undo.canRedo).toBe(true)
    await act(opened, undo, { kind: 'changeRoom', id: 'A', roomId: '104' }, ['A'])
    expect(undo.canRedo).toBe(false)
  })

  test('takes back its own step, whatever is done before the server answers', async () => {
    const opened = open(HOUSE)
    const undo = opened.undoing()
    await act(opened, undo, { kind: 'changeRoom', id: 'A', roomId: '103' }, ['A'])
    const { send } = opened.house
    let answer = () => {}
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    let isFirst = true
    const slow: typeof send = async (request) => {
      const waits = isFirst
      isFirst = false
      if (waits) await answered
      return send(request)
    }
    ;(undo as unknown as { send: typeof send }).send = slow
    const waiting = undo.undo()
    await new Promise((resolve) => setTimeout(resolve))
    await act(opened, undo, { kind: 'changeRoom', id: 'B', roomId: '104' }, ['B'])
    answer()
    expect(await waiting).toMatchObject({ ok: true })
    expect(drawnBy(opened.model, 7)).toContain('104 |....BB.')
    expect(await undo.undo()).toMatchObject({ ok: true })
    expect(drawnBy(opened.model, 7)).toBe(trimmed(HOUSE))
    expect(await undo.undo()).toMatchObject({ ok: false, why: { key: 'calendar.undo.nothing' } })
  })

  test('keeps the step when the line is down', async () => {
    const opened = open(HOUSE)
    const undo = opened.undoing()
    await act(opened, undo, { kind: 'changeRoom', id: 'A', roomId: '103' }, ['A'])
    const send = opened.house.send
    const broken = async (): Promise<Reply> => ({ ok: false, refusal: { code: 'UNREACHABLE', message: '' } })
    ;(undo as unknown as { send: typeof send }).send = broken
    expect(await undo.undo()).toMatchObject({ ok: false, isStale: true })
    ;(undo as unknown as { send: typeof send }).send = send
    expect(await undo.undo()).toMatchObject({ ok: true })
    expect(drawnBy(opened.model, 7)).toBe(trimmed(HOUSE))
  })
})
