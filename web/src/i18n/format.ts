import {
  type Day,
  type DayStyle,
  day,
  formatDay,
  formatDays,
  formatInstant,
  formatTime,
} from '../kernel/dates'
import { formatMoney, formatMoneyShort } from '../kernel/money'

/** How days, money and numbers are written for one reader. */
export interface Format {
  day(date: Day | string, style?: DayStyle): string
  days(from: Day | string, to: Day | string, style?: DayStyle): string
  instant(instant: string, timeZone: string): string
  time(time: string): string
  money(minor: number, currency: string): string
  moneyShort(minor: number, currency: string): string
  number(value: number): string
  percent(share: number): string
  list(parts: readonly string[]): string
  /** `101`, `102`, `1001`: names with numbers in them, as a person would order them. */
  compare(a: string, b: string): number
}

export function formatIn(tag: string): Format {
  const numbers = new Intl.NumberFormat(tag)
  const percents = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 })
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' })
  const order = new Intl.Collator(tag, { numeric: true })
  return {
    day: kept((date, style) => formatDay(day(date), tag, style)),
    days: kept((from, to, style) => formatDays(day(from), day(to), tag, style)),
    instant: (instant, timeZone) => formatInstant(instant, tag, timeZone),
    time: (time) => formatTime(time, tag),
    money: (minor, currency) => formatMoney(minor, currency, tag),
    moneyShort: (minor, currency) => formatMoneyShort(minor, currency, tag),
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    list: (parts) => lists.format(parts),
    compare: (a, b) => order.compare(a, b),
  }
}

const MOST_KEPT = 20_000

/** A chart says the same few days thousands of times, and a range of days costs the browser more than drawing its bar. */
function kept<A extends (string | undefined)[]>(tell: (...args: A) => string): (...args: A) => string {
  const known = new Map<string, string>()
  return (...args) => {
    const name = args.join()
    const found = known.get(name)
    if (found !== undefined) return found
    const told = tell(...args)
    if (known.size >= MOST_KEPT) known.clear()
    known.set(name, told)
    return told
  }
}
