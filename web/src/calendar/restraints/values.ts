/** What somebody wants restrictions of some dates to say, for the house or a type. Pure. */
import type { Schemas } from '../../api/client'
import { addDays, type Day } from '../../kernel/dates'
import { message } from '../core/message'
import type { Step } from '../core/undo'

type Restraints = Schemas['Restraints']
export type Change = Partial<Restraints>

/** What one sets from a date of the calendar; the others are rarer, and set in their grid. */
export const flags = ['isClosed', 'closedToArrival', 'closedToDeparture'] as const
export const counts = ['minStayArrival', 'minStayThrough'] as const
type Flag = (typeof flags)[number]
type Count = (typeof counts)[number]

export const mostNights = 731

export interface Values {
  readonly flags: Readonly<Record<Flag, boolean>>
  /** As typed; empty says nothing. */
  readonly counts: Readonly<Record<Count, string>>
}

export interface Told {
  readonly isOfHouse: boolean
  readonly own: Change
  /** What the house says to a type that says nothing. */
  readonly broader: Change
}

const on = (ranges: readonly { startDate: string; endDate: string; set: Restraints }[], date: Day): Change =>
  ranges.find((range) => range.startDate <= date && date < range.endDate)?.set ?? {}

/** What the house, or a type, says of a date to all plans. */
export function toldOn(rows: readonly Schemas['RestrictionRow'][], typeId: string | null, date: Day): Told {
  const of = (id: string | null) =>
    on(rows.find((row) => !row.ratePlanId && (row.roomTypeId ?? null) === id)?.own ?? [], date)
  return { isOfHouse: typeId === null, own: of(typeId), broader: typeId === null ? {} : of(null) }
}

export function valuesOf({ own, broader }: Told): Values {
  const flag = (field: Flag) => [field, own[field] ?? broader[field] ?? false] as const
  const count = (field: Count) => [field, own[field] ? String(own[field]) : ''] as const
  return {
    flags: Object.fromEntries(flags.map(flag)) as Values['flags'],
    counts: Object.fromEntries(counts.map(count)) as Values['counts'],
  }
}

export const isCount = (text: string): boolean =>
  text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= mostNights)

/**
 * What was changed, and nothing else: dates that say something else beside it keep that. No is said aloud only against a yes of the house.
 * Of more dates than the one that was looked at, all shall say what it says: what the house says of the others is not known.
 */
export function changeOf(told: Told, values: Values, areMore = false): Change {
  const was = valuesOf(told)
  const change: Change = {}
  const keep = (field: Flag | Count) => {
    if (areMore && (told.own[field] ?? null) !== null) Object.assign(change, { [field]: told.own[field] })
  }
  for (const field of flags) {
    const is = values.flags[field]
    const isAsHouse = is === (told.broader[field] ?? false) && (told.isOfHouse || !areMore)
    if (is === was.flags[field]) keep(field)
    else change[field] = isAsHouse ? null : is
  }
  for (const field of counts) {
    const text = values.counts[field].trim()
    if (text === was.counts[field]) keep(field)
    else change[field] = text === '' ? null : Number(text)
  }
  return change
}

/** A change that was made, as a step of the calendar's history. Nothing was changed: none. */
export function stepOf(
  changes: Schemas['RestrictionsChange']['changes'],
  before: Schemas['RestrictionsChanged']['before'],
): Step | null {
  const [first] = changes
  if (!first || before.length === 0) return null
  const restrict = (to: readonly object[]) =>
    ({ kind: 'restrict', id: 'restrictions', changes: to as readonly Record<string, unknown>[] }) as const
  const to = addDays(first.endDate as Day, -1)
  const label = message('calendar.did.restrict', { from: first.startDate, to })
  return { label, forward: restrict(changes), inverse: restrict(before), found: {}, left: {} }
}
