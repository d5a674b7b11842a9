/** Words for work and for who does it. */
import { m } from '../paraglide/messages'
import type { Assignment, Attendant, Sighting, Work } from './queries'
import type { Step } from './steps'

const works: Record<Work, () => string> = {
  DEPARTURE: m.houseWorkDeparture,
  STAY_OVER: m.houseWorkStayOver,
  TOUCH_UP: m.houseWorkTouchUp,
  DEEP_CLEAN: m.houseWorkDeepClean,
}
export const allWork = Object.keys(works) as Work[]
export const workName = (work: Work): string => works[work]()

const steps: Record<Step, () => string> = {
  start: m.houseStepStart,
  done: m.houseStepDone,
  inspect: m.houseStepInspect,
  'send-back': m.houseStepSendBack,
  reopen: m.houseStepReopen,
}
export const stepName = (step: Step): string => steps[step]()

export const skipName = (reason: NonNullable<Assignment['skipReason']>): string =>
  reason === 'DO_NOT_DISTURB' ? m.houseSkipDnd() : m.houseSkipRefused()

const states: Record<Assignment['state'], () => string> = {
  OPEN: m.houseTaskOpen,
  STARTED: m.houseTaskStarted,
  DONE: m.houseTaskDone,
  INSPECTED: m.houseTaskInspected,
  SKIPPED: m.houseSkipRefused,
}
export const taskState = ({ state, skipReason }: Assignment): string =>
  skipReason ? skipName(skipReason) : states[state]()

export const attendantName = (attendants: readonly Attendant[], id: string): string =>
  attendants.find((one) => one.id === id)?.name ?? ''

const kinds: Record<NonNullable<Sighting['discrepancy']>, () => string> = {
  SKIP: m.houseSkip,
  SLEEP: m.houseSleep,
  PERSONS: m.housePersonsDiffer,
}
export const discrepancyName = ({ discrepancy }: Sighting): string =>
  discrepancy ? kinds[discrepancy]() : ''

/** `Somebody is in it, persons: 2`. */
export function presence(
  isOccupied: boolean,
  persons: number | null | undefined,
  tell: (n: number) => string,
): string {
  const who = isOccupied ? m.houseSeeIn() : m.houseSeeEmpty()
  return persons ? `${who} · ${m.housePersons({ n: tell(persons) })}` : who
}
