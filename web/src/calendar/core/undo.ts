/**
 * Undo and redo over many steps, as plain values that a browser can keep over a reload. A step knows which version of each stay it
 * found and which it left. Undone, a stay is as the step found it, under a new version: every step that names the old one is told.
 */
import { type Action, renamed } from './actions'
import type { Message } from './message'
import type { Versions } from './requests'

export interface Step {
  readonly label: Message
  readonly forward: Action
  readonly inverse: Action
  readonly found: Versions
  readonly left: Versions
}

export interface History {
  readonly past: readonly Step[]
  readonly future: readonly Step[]
}

export type Side = keyof History

export const NO_HISTORY: History = { past: [], future: [] }
const MOST_STEPS = 100
const FORMAT = 1

export type Try =
  | { readonly ok: true; readonly step: Step; readonly action: Action; readonly versions: Versions }
  | {
      readonly ok: false
      readonly why: 'nothing' | 'changed' | 'gone'
      readonly step: Step | null
      readonly id: string | null
    }

/** A new step. What was undone before it can no longer be redone. */
export function done(history: History, step: Step): History {
  return { past: [...history.past, step].slice(-MOST_STEPS), future: [] }
}

export function tryUndo(history: History, versionOf: (id: string) => number | undefined): Try {
  const step = history.past[history.past.length - 1]
  return step
    ? checked(step, step.inverse, step.left, versionOf)
    : { ok: false, why: 'nothing', step: null, id: null }
}

export function tryRedo(history: History, versionOf: (id: string) => number | undefined): Try {
  const step = history.future[history.future.length - 1]
  return step
    ? checked(step, step.forward, step.found, versionOf)
    : { ok: false, why: 'nothing', step: null, id: null }
}

/** A stay that the chart does not show cannot be checked here; the server checks the version that we name. */
function checked(
  step: Step,
  action: Action,
  expected: Versions,
  versionOf: (id: string) => number | undefined,
): Try {
  for (const [id, version] of Object.entries(expected)) {
    const present = versionOf(id)
    if (present !== undefined && present !== version) return { ok: false, why: 'changed', step, id }
  }
  return { ok: true, step, action, versions: expected }
}

/**
 * A step was taken back, out of the past, or done again, out of the future; `now` are the versions that this left, `ids` the new names of
 * what was made again.
 */
export function carried(
  history: History,
  from: Side,
  step: Step,
  now: Versions,
  ids: Readonly<Record<string, string>> = {},
): History {
  const [to, before] = from === 'past' ? (['future', 'found'] as const) : (['past', 'left'] as const)
  const rest = without(history, from, step)
  const moved = withNames({ ...rest, [to]: [...rest[to], step] }, ids)
  return retold(moved, moved[to].at(-1)?.[before] ?? {}, now)
}

/** It may not be the last any more: what was done while the server was asked came after it. */
export function without(history: History, side: Side, step: Step): History {
  const text = JSON.stringify(step)
  const at = history[side].findLastIndex((one) => JSON.stringify(one) === text)
  return { ...history, [side]: history[side].filter((_, n) => n !== at) }
}

/** The state that had version `before[id]` has version `now[id]` from here on. */
function retold(history: History, before: Versions, now: Versions): History {
  const tell = (versions: Versions): Versions =>
    Object.fromEntries(
      Object.entries(versions).map(([id, version]) => [
        id,
        before[id] === version && now[id] !== undefined ? now[id] : version,
      ]),
    )
  const each = (step: Step): Step => ({ ...step, found: tell(step.found), left: tell(step.left) })
  return { past: history.past.map(each), future: history.future.map(each) }
}

function withNames(history: History, ids: Readonly<Record<string, string>>): History {
  if (Object.keys(ids).length === 0) return history
  const versions = (known: Versions) =>
    Object.fromEntries(Object.entries(known).map(([id, version]) => [ids[id] ?? id, version]))
  const each = (step: Step): Step => ({
    ...step,
    forward: renamed(step.forward, ids),
    inverse: renamed(step.inverse, ids),
    found: versions(step.found),
    left: versions(step.left),
  })
  return { past: history.past.map(each), future: history.future.map(each) }
}

export function written(history: History): string {
  return JSON.stringify({ format: FORMAT, ...history })
}

/** What was not written by this version of the program is forgotten rather than trusted. */
export function read(text: string | null): History {
  if (text === null) return NO_HISTORY
  try {
    const kept = JSON.parse(text) as { format?: unknown } & Partial<History>
    const isWhole =
      kept.format === FORMAT &&
      [kept.past, kept.future].every((side) => Array.isArray(side) && side.every(isStep))
    return isWhole ? { past: kept.past as Step[], future: kept.future as Step[] } : NO_HISTORY
  } catch {
    return NO_HISTORY
  }
}

function isStep(value: unknown): boolean {
  const step = value as Partial<Step> | null
  return [step?.forward, step?.inverse, step?.found, step?.left, step?.label].every(
    (part) => typeof part === 'object' && part !== null,
  )
}
