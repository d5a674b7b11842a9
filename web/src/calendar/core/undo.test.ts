import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carried, done, type History, NO_HISTORY, read, type Step, tryRedo, tryUndo, written } from './undo'

/**
 * Stays whose state is a number and whose versions only grow. A step sets one or two of them; undone, they are as before, under
 * versions that nobody has seen yet.
 */
class Truth {
  states: Record<string, number> = { A: 0, B: 0, C: 0 }
  versions: Record<string, number> = { A: 1, B: 1, C: 1 }

  set(states: Record<string, number>): Record<string, number> {
    for (const [id, state] of Object.entries(states)) {
      this.states[id] = state
      this.versions[id] = (this.versions[id] ?? 0) + 1
    }
    return this.of(Object.keys(states))
  }

  of(ids: readonly string[]): Record<string, number> {
    return Object.fromEntries(ids.map((id) => [id, this.versions[id] ?? 0]))
  }
}

/** Which state an action of these tests sets is written where an action has its reason. */
const action = (states: Record<string, number>) =>
  ({ kind: 'cancel', id: 'A', reason: JSON.stringify(states) }) as const
const statesOf = (step: Step['forward']) =>
  JSON.parse((step as { reason: string }).reason) as Record<string, number>

function stepOf(truth: Truth, to: Record<string, number>): Step {
  const ids = Object.keys(to)
  const before = Object.fromEntries(ids.map((id) => [id, truth.states[id] ?? 0]))
  const found = truth.of(ids)
  const left = truth.set(to)
  return { label: { key: 'x', facts: {} }, forward: action(to), inverse: action(before), found, left }
}

const changes = fc
  .dictionary(fc.constantFrom('A', 'B', 'C'), fc.nat(99), { minKeys: 1, maxKeys: 2 })
  .map((states) => ({ ...states }))
const moves = fc.oneof(
  fc.record({ do: changes }),
  fc.constant('undo' as const),
  fc.constant('redo' as const),
  fc.constant('reload' as const),
  fc.record({ other: fc.constantFrom('A', 'B', 'C') }),
)

test('whatever is done, undo and redo lead to a state that was, or say why not', () => {
  fc.assert(
    fc.property(fc.array(moves, { maxLength: 30 }), (sequence) => {
      const truth = new Truth()
      let history: History = NO_HISTORY
      for (const move of sequence) {
        const versionOf = (id: string) => truth.versions[id]
        if (move === 'reload') history = read(written(history))
        else if (move === 'undo' || move === 'redo') {
          const side = move === 'undo' ? history.past : history.future
          const trial = move === 'undo' ? tryUndo(history, versionOf) : tryRedo(history, versionOf)
          const step = side[side.length - 1]
          const expected = step && (move === 'undo' ? step.left : step.found)
          const isFresh = Object.entries(expected ?? {}).every(
            ([id, version]) => truth.versions[id] === version,
          )
          expect(trial.ok).toBe(step !== undefined && isFresh)
          if (!trial.ok) continue
          const now = truth.set(statesOf(trial.action))
          history = carried(history, move === 'undo' ? 'past' : 'future', trial.step, now)
        } else if ('other' in move) truth.set({ [move.other]: 1000 + (truth.versions[move.other] ?? 0) })
        else {
          history = done(history, stepOf(truth, move.do))
          expect(history.future).toEqual([])
        }
      }
    }),
  )
})

test('all the way back is the beginning, and all the way forth the end, again and again', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 20 }), fc.integer({ min: 1, max: 3 }), (steps, rounds) => {
      const truth = new Truth()
      let history: History = NO_HISTORY
      for (const to of steps) history = done(history, stepOf(truth, to))
      const end = { ...truth.states }
      for (let round = 0; round < rounds; round += 1) {
        for (const _ of steps) {
          const trial = tryUndo(history, (id) => truth.versions[id])
          if (!trial.ok) throw new Error(trial.why)
          history = carried(read(written(history)), 'past', trial.step, truth.set(statesOf(trial.action)))
        }
        expect(truth.states).toEqual({ A: 0, B: 0, C: 0 })
        for (const _ of steps) {
          const trial = tryRedo(history, (id) => truth.versions[id])
          if (!trial.ok) throw new Error(trial.why)
          history = carried(read(written(history)), 'future', trial.step, truth.set(statesOf(trial.action)))
        }
        expect(truth.states).toEqual(end)
      }
    }),
  )
})

test('what was not written by this program is forgotten', () => {
  for (const text of [
    null,
    '',
    '{',
    '[]',
    '{"format":1}',
    '{"format":0,"past":[],"future":[]}',
    '{"format":1,"past":[{}],"future":[]}',
    'null',
  ]) {
    expect(read(text)).toEqual(NO_HISTORY)
  }
})

test('a hundred steps are kept', () => {
  const truth = new Truth()
  let history: History = NO_HISTORY
  for (let n = 0; n < 130; n += 1) history = done(history, stepOf(truth, { A: n }))
  expect(history.past).toHaveLength(100)
})
