/** What restrictions say, in the reader's words and with the days as the reader writes them. */
import type { Schemas } from '../api/client'
import { m } from '../paraglide/messages'
import { dayOf } from './days'

export type BrokenRule = Pick<Schemas['Violation'], 'rule' | 'date' | 'limit' | 'scope'>

const rules: Record<BrokenRule['rule'], (told: { date: string; count: number }) => string> = {
  CLOSED: m.ruleClosed,
  CLOSED_TO_ARRIVAL: m.ruleClosedToArrival,
  CLOSED_TO_DEPARTURE: m.ruleClosedToDeparture,
  MIN_STAY_ARRIVAL: m.ruleMinStayArrival,
  MAX_STAY_ARRIVAL: m.ruleMaxStayArrival,
  MIN_STAY_THROUGH: m.ruleMinStayThrough,
  MAX_STAY_THROUGH: m.ruleMaxStayThrough,
  MIN_ADVANCE: m.ruleMinAdvance,
  MAX_ADVANCE: m.ruleMaxAdvance,
}

const scopes: Record<BrokenRule['scope'], () => string> = {
  PROPERTY: m.ruleForHouse,
  ROOM_TYPE: m.ruleForType,
  RATE_PLAN: m.ruleForPlan,
  RATE_PLAN_AND_ROOM_TYPE: m.ruleForPlanAndType,
}

/** `Closed to arrival on 27 Nov 2026 · this room type`. */
export const ruleSentence = ({ rule, date, limit, scope }: BrokenRule): string =>
  `${rules[rule]({ date: dayOf(date), count: limit ?? 0 })} · ${scopes[scope]()}`
