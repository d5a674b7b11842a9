import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, type Schemas, writeHeaders } from '../api/client'
import { sentenceOf } from '../i18n/sentences'
import { idempotencyKey } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { notify } from '../ui/Toast'
import { taskState } from './names'
import { type Assignment, type Attendant, removeAssignment } from './queries'
import type { Step } from './steps'

type SkipReason = Schemas['SkipReason']

const path = (step: Step) =>
  `/api/v1/pms/housekeeping-assignments/{id}/${step}` as '/api/v1/pms/housekeeping-assignments/{id}/start'

const take = ({ id, version }: Assignment, step: Step): Promise<Assignment> =>
  dataOf(
    api.POST(path(step), {
      params: { path: { id } },
      body: {} as Schemas['WorkStep'],
      headers: writeHeaders(idempotencyKey(), version),
    }),
  )

const leave = ({ id, version }: Assignment, reason: SkipReason): Promise<Assignment> =>
  dataOf(
    api.POST('/api/v1/pms/housekeeping-assignments/{id}/skip', {
      params: { path: { id } },
      body: { reason },
      headers: writeHeaders(idempotencyKey(), version),
    }),
  )

/** What shows rooms and what is done in them. */
const shows = ['housekeeping', 'rooms', 'calendar', 'front-desk', 'reports']

export function useHouseChanged() {
  const cache = useQueryClient()
  return () => cache.invalidateQueries({ predicate: ({ queryKey }) => shows.includes(String(queryKey[0])) })
}

export interface WorkActs {
  /** The rooms whose step is on its way. */
  pending: ReadonlySet<string>
  take(task: Assignment, room: string, step: Step): void
  skip(task: Assignment, room: string, reason: SkipReason): void
  remove(task: Assignment, room: string): void
}

/** Takes a step at a tap; a begun room can be put back. What somebody else did first is said, and shown. */
export function useWork(attendants: readonly Attendant[]): WorkActs {
  const changed = useHouseChanged()
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const nameOf = (id: string) => attendants.find((one) => one.id === id)?.name ?? ''

  const run = async (
    task: Assignment,
    write: () => Promise<Assignment>,
    say: (after: Assignment) => void,
  ) => {
    setPending((ids) => new Set(ids).add(task.roomId))
    try {
      say(await write())
    } catch (error) {
      notify({ tone: 'error', text: sentenceOf(error) })
    } finally {
      // The button waits until the room is shown as it is now: a second tap would mean the step after.
      await changed()
      setPending((ids) => new Set([...ids].filter((id) => id !== task.roomId)))
    }
  }
  const told = (room: string, after: Assignment) =>
    m.houseTaskMoved({ room, name: nameOf(after.attendantId), state: taskState(after) })
  const step = (task: Assignment, room: string, which: Step) =>
    void run(
      task,
      () => take(task, which),
      (after) => {
        const undo = () => step(after, room, 'reopen')
        const action = after.state === 'STARTED' ? { action: { label: m.uiUndo(), run: undo } } : {}
        notify({ text: told(room, after), ...action })
      },
    )
  return {
    pending,
    take: step,
    skip: (task, room, reason) =>
      void run(
        task,
        () => leave(task, reason),
        (after) => notify({ text: told(room, after) }),
      ),
    remove: (task, room) =>
      void run(
        task,
        () => removeAssignment(task),
        () => notify({ text: m.houseTakenAway({ room }) }),
      ),
  }
}
