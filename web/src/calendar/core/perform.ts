/** Does an action: shows it, asks the server step by step, and puts in its place what the server says or what was there before. */
import { type Action, editsOf, renamed, type Single, stepsOf, subjectsOf } from './actions'
import {
  type BlockAnswer,
  type BookingAnswer,
  type RoomAnswer,
  toldOfBlock,
  toldOfBooking,
  toldOfRoom,
} from './answers'
import type { RoomBefore, Snapshot } from './inverse'
import type { Item } from './items'
import type { Model } from './model'
import { type Request, requestOf, type Versions } from './requests'
import type { Task } from './state'
import type { Told } from './told'
import type { Step } from './undo'
import { labelOf } from './words'

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly facts?: unknown
}

export type Reply =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly refusal: Refusal }
/** Sends, and repeats after a lost connection: the key makes that safe. It answers with a refusal rather than throw. */
export type Send = (request: Request) => Promise<Reply>

export type Outcome =
  | {
      readonly ok: true
      readonly step: Step | null
      readonly versions: Versions
      readonly ids: Readonly<Record<string, string>>
      readonly data: unknown
    }
  /** `isStale`: what the chart shows is not what is; ask for it again. */
  | { readonly ok: false; readonly refusal: Refusal; readonly isStale: boolean }

/** Refusals that the chart would not have let anybody come to, had it known what is: somebody else's stay, block or change. */
const TELLS_OF_MORE: ReadonlySet<string> = new Set([
  'CONCURRENCY_CONFLICT',
  'INVALID_STATUS_TRANSITION',
  'NO_AVAILABILITY',
  'NOT_FOUND',
  'RESERVATION_NOT_MOVABLE',
  'ROOM_ALREADY_BOOKED',
  'ROOM_OUT_OF_ORDER',
  'UNREACHABLE',
])

/** Not needed before something was done. */
export const inverses = () => import('./inverse')

interface Run {
  told: Map<string, Told>
  versions: Record<string, number>
  ids: Record<string, string>
  data: unknown
}

/** `why` is the reason that a reinstatement or a cancellation by Undo states. */
export async function perform(model: Model, task: Task, send: Send, why: string): Promise<Outcome> {
  const { action, key } = task
  const label = labelOf(action, model)
  const { before, rooms } = snapshot(model, action)
  const run: Run = { told: new Map(), versions: { ...task.versions }, ids: {}, data: null }
  const answers = () => [...run.told.values()]
  model.begin(key, editsOf(action, model))

  const steps = stepsOf(action)
  for (const [n, step] of steps.entries()) {
    const refusal = await ask(model, run, step, steps.length > 1 ? `${key}.${n}` : key, send)
    if (!refusal) continue
    if (n > 0)
      await takeBack(
        model,
        run,
        { kind: 'all', steps: steps.slice(0, n) },
        before,
        rooms,
        `${key}.back`,
        send,
        why,
      )
    model.end(key, answers())
    return { ok: false, refusal, isStale: n > 0 || TELLS_OF_MORE.has(refusal.code) }
  }

  model.end(key, answers())
  const named = renamed(action, run.ids)
  const { inverseOf } = await inverses()
  const inverse = inverseOf(named, before, itemsOf(run), rooms, why)
  const found = {
    ...task.versions,
    ...Object.fromEntries(steps.filter((s) => s.kind === 'book').map((s) => [s.id, 0])),
  }
  const step = inverse && { label, forward: redoOf(named, run, why), inverse, found, left: leftBy(run) }
  return { ok: true, step, versions: leftBy(run), ids: run.ids, data: run.data }
}

async function ask(model: Model, run: Run, step: Single, key: string, send: Send): Promise<Refusal | null> {
  const reply = await send(requestOf(step, run.versions, key, model.propertyId))
  if (!reply.ok) return reply.refusal
  run.data = reply.data
  for (const told of toldBy(model, step, reply.data)) {
    run.told.set(told.id, told)
    run.versions[told.id] = told.version
    if (step.kind === 'block' && told.id !== step.id) run.ids[step.id] = told.id
  }
  return null
}

function toldBy(model: Model, step: Single, data: unknown): Told[] {
  switch (step.kind) {
    case 'block':
    case 'changeBlock':
      return [toldOfBlock(data as BlockAnswer)]
    case 'unblock':
      return [toldOfBlock(data as BlockAnswer, model.businessDate)]
    case 'roomStatus':
      return [toldOfRoom(data as RoomAnswer)]
    case 'restrict':
      return []
    default: {
      const bookings = [(data as { bookings?: unknown }).bookings ?? data].flat() as BookingAnswer[]
      return bookings.map((booking) => toldOfBooking(booking, model.stay(booking.id)))
    }
  }
}

/** The later steps were refused: whoever was moved out of the way goes home. If even that is refused, the chart shows how it is. */
async function takeBack(
  model: Model,
  run: Run,
  doneAlready: Action,
  before: Snapshot,
  rooms: ReadonlyMap<string, RoomBefore>,
  key: string,
  send: Send,
  why: string,
): Promise<void> {
  const { inverseOf } = await inverses()
  const inverse = inverseOf(doneAlready, before, itemsOf(run), rooms, why)
  if (!inverse) return
  for (const [n, step] of stepsOf(inverse).entries())
    if (await ask(model, run, step, `${key}.${n}`, send)) return
}

function snapshot(
  model: Model,
  action: Action,
): { before: Snapshot; rooms: ReadonlyMap<string, RoomBefore> } {
  const before = new Map<string, readonly Item[]>()
  const rooms = new Map<string, RoomBefore>()
  for (const id of subjectsOf(action)) {
    const block = model.item(`block:${id}`)
    before.set(id, block ? [block] : model.stay(id))
    const room = model.room(id)
    if (room) rooms.set(id, { status: room.status, isInspected: room.isInspected })
  }
  return { before, rooms }
}

function itemsOf(run: Run): Snapshot {
  return new Map([...run.told].map(([id, told]) => [id, told.items ?? []]))
}

/** Nothing is left of a block that was removed, so nothing can be checked of it. */
function leftBy(run: Run): Versions {
  const left = [...run.told.values()].filter(
    (told) => !(told.items?.length === 0 && !(run.data as { checkInDate?: unknown } | null)?.checkInDate),
  )
  return Object.fromEntries(left.map((told) => [told.id, told.version]))
}

/** A booking that was undone is there, cancelled: it is not booked again but brought back. */
function redoOf(action: Action, run: Run, why: string): Action {
  if (action.kind !== 'book') return action
  const first = run.told.get(action.id)?.items?.[0]
  return { kind: 'reinstate', id: action.id, roomId: first?.roomId ?? null, reason: why }
}
