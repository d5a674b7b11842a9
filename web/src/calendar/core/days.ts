import { asDay, type Day, fromNumber, toNumber } from '../../kernel/dates'

/**
 * A civil day as a count of days since 1970-01-01. Nights are numbers here, so that geometry is arithmetic, and no clock and no
 * time zone of a browser can reach them.
 */
export type Night = number

/** Half-open: `to` is the day of departure, not a night. */
export interface Span {
  readonly from: Night
  readonly to: Night
}

const known = new Map<string, Night>()
const written = new Map<Night, Day>()

/** How many of either are remembered: a chart names few days, but names them thousands of times. */
const REMEMBERED = 20_000

/** Throws for what is no real day: a chart that holds one is broken, and a link is read by `realNight`. */
export function nightOf(date: string): Night {
  const cached = known.get(date)
  if (cached !== undefined) return cached
  const night = realNight(date)
  if (night === null) throw new RangeError(`no such day: ${date}`)
  if (known.size > REMEMBERED) known.clear()
  known.set(date, night)
  return night
}

/** `null` unless the text is a day of the calendar, written `YYYY-MM-DD`. */
export function realNight(date: string): Night | null {
  const day = asDay(date)
  return day === undefined ? null : toNumber(day)
}

export function dateOf(night: Night): Day {
  const cached = written.get(night)
  if (cached !== undefined) return cached
  const date = fromNumber(night)
  if (written.size > REMEMBERED) written.clear()
  written.set(night, date)
  return date
}

/** 0 is Sunday. */
export function weekdayOf(night: Night): number {
  return (((night + 4) % 7) + 7) % 7
}

export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}

export function contains(span: Span, night: Night): boolean {
  return span.from <= night && night < span.to
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

export const nightsOf = (span: Span): Night[] =>
  Array.from({ length: Math.max(0, span.to - span.from) }, (_, n) => span.from + n)
