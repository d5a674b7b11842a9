/** What comes next for a room that was given to somebody. Pure. */
import type { Assignment, Work } from './queries'

export type Step = 'start' | 'done' | 'inspect' | 'send-back' | 'reopen'

/** The one step under the thumb. Nobody inspects what he has done himself. */
export function nextStep(task: Assignment | null | undefined, me: string): Step | undefined {
  switch (task?.state) {
    case 'OPEN':
      return 'start'
    case 'STARTED':
      return 'done'
    case 'DONE':
      return task.attendantId === me ? undefined : 'inspect'
    default:
      return undefined
  }
}

/** Nobody cleans up after a guest who is still there, nor serves one who has left: the desk says which it is. */
export function canStart(kind: Work, isOccupied: boolean): boolean {
  if (kind === 'STAY_OVER') return isOccupied
  return kind === 'DEEP_CLEAN' || !isOccupied
}

/** What else may become of it. */
export function otherSteps(task: Assignment | null | undefined, me: string): Step[] {
  switch (task?.state) {
    case 'STARTED':
    case 'SKIPPED':
      return ['reopen']
    case 'DONE':
      return task.attendantId === me ? [] : ['send-back']
    default:
      return []
  }
}

/** Somebody is still to go there. */
export const isLive = (task: Assignment | null | undefined): boolean =>
  task?.state === 'OPEN' || task?.state === 'STARTED'
