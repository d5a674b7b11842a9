/**
 * A day of the hotel, `YYYY-MM-DD`. It belongs to no time zone: arithmetic runs on UTC days, and the browser's own zone is never asked.
 */
export type Day = string & { readonly __day: unique symbol }

const msPerDay = 86_400_000

/** The text as a day, or undefined: `2026-02-30` is none. */
export function asDay(text: string | null | undefined): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '')
  if (!match) return undefined
  return fromNumber(toNumber(match[0] as Day)) === match[0] ? (match[0] as Day) : undefined
}

/** For texts that the API has checked, and for literals. Throws on anything else. */
export function day(text: string): Day {
  const found = asDay(text)
  if (!found) throw new RangeError(`not a day: ${text}`)
  return found
}

/** Days since 1970-01-01. */
export function toNumber(date: Day): number {
  // Not Date.UTC, which reads the year 2, as it stands in a field while 2026 is being typed, as 1902.
  const ms = new Date(0).setUTCFullYear(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10))
  return Math.floor(ms / msPerDay)
}

export function fromNumber(days: number): Day {
  return new Date(days * msPerDay).toISOString().slice(0, 10) as Day
}

export const addDays = (date: Day, days: number): Day => fromNumber(toNumber(date) + days)

/** Nights from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => toNumber(to) - toNumber(from)

/** The same day of a month so many months on, or that month's last. */
export function addMonths(date: Day, months: number): Day {
  const month = +date.slice(0, 4) * 12 + (+date.slice(5, 7) - 1) + months
  const first = Date.UTC(Math.floor(month / 12), month % 12, 1)
  const days = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()
  return fromNumber(first / msPerDay + Math.min(+date.slice(8, 10), days) - 1)
}

/** 1 is Monday, 7 is Sunday, as in ISO 8601. */
export const weekday = (date: Day): number => ((((toNumber(date) + 3) % 7) + 7) % 7) + 1

export const startOfMonth = (date: Day): Day => `${date.slice(0, 8)}01` as Day

/** The first day of the week of `date`, where weeks begin with `firstWeekday` (1 is Monday). */
export const startOfWeek = (date: Day, firstWeekday = 1): Day =>
  addDays(date, -((weekday(date) - firstWeekday + 7) % 7))

/** The day that it is now in a place, for when no business date is known. */
export function todayIn(timeZone: string, now: number = Date.now()): Day {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return day(parts.format(now))
}

export type DayStyle = 'short' | 'medium' | 'long' | 'weekday' | 'weekdayLetter' | 'month' | 'monthShort'

const styles: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  short: { day: 'numeric', month: 'short' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'short' },
  weekdayLetter: { weekday: 'narrow' },
  month: { month: 'long', year: 'numeric' },
  monthShort: { month: 'short' },
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Made once each: a formatter costs more than a thousand uses of it. */
function format(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options)
    formats.set(key, found)
  }
  return found
}

const inUtc = (locale: string, style: DayStyle) =>
  format(locale, style, { ...styles[style], timeZone: 'UTC' })

export const formatDay = (date: Day, locale: string, style: DayStyle = 'medium'): string =>
  inUtc(locale, style).format(toNumber(date) * msPerDay)

/** `12 – 14 Feb 2026`, with what both days share said once. */
export const formatDays = (from: Day, to: Day, locale: string, style: DayStyle = 'medium'): string =>
  inUtc(locale, style).formatRange(toNumber(from) * msPerDay, toNumber(to) * msPerDay)

/** An instant of the API (RFC 3339) as the clock on the hotel's wall shows it. */
export function formatInstant(instant: string, locale: string, timeZone: string): string {
  return format(locale, `instant ${timeZone}`, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    Date.parse(instant),
  )
}

/** A time of the day of the API, `15:00:00`. */
export function formatTime(time: string, locale: string): string {
  return format(locale, 'time', { timeStyle: 'short', timeZone: 'UTC' }).format(
    Date.parse(`1970-01-01T${time}Z`),
  )
}
