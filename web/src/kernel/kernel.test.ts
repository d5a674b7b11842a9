import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  asDay,
  type Day,
  day,
  daysBetween,
  formatDay,
  formatDays,
  formatInstant,
  formatTime,
  fromNumber,
  startOfMonth,
  startOfWeek,
  todayIn,
  toNumber,
  weekday,
} from './dates'
import { isUlid, ulid } from './ids'
import { formatMoney, formatMoneyShort, moneyText, parseMoney, toDecimal } from './money'

const anyDay = fc.integer({ min: -100_000, max: 100_000 }).map(fromNumber)

describe('days', () => {
  test('only real days are days', () => {
    expect(asDay('2028-02-29')).toBe('2028-02-29')
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-01', '2026-01-01T00:00', '', undefined, null]) {
      expect(asDay(text)).toBeUndefined()
    }
    expect(() => day('2026-02-30')).toThrow('2026-02-30')
  })

  test('arithmetic is exact over months, years and changes of the clock', () => {
    expect(addDays(day('2026-03-28'), 2)).toBe('2026-03-30')
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31')
    expect(daysBetween(day('2026-10-24'), day('2026-10-27'))).toBe(3)
    expect(addMonths(day('2026-01-31'), 1)).toBe('2026-02-28')
    expect(addMonths(day('2026-01-31'), -2)).toBe('2025-11-30')
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (from: Day, n) => {
        expect(daysBetween(from, addDays(from, n))).toBe(n)
        expect(toNumber(fromNumber(toNumber(from)))).toBe(toNumber(from))
        expect(weekday(addDays(from, 7))).toBe(weekday(from))
      }),
    )
  })

  test('weeks begin where the place says', () => {
    expect(weekday(day('2026-11-26'))).toBe(4)
    expect(weekday(day('1969-12-28'))).toBe(7)
    expect(startOfWeek(day('2026-11-26'))).toBe('2026-11-23')
    expect(startOfWeek(day('2026-11-26'), 7)).toBe('2026-11-22')
    expect(startOfMonth(day('2026-11-26'))).toBe('2026-11-01')
  })

  test('today is that of the hotel', () => {
    const lateEvening = Date.UTC(2026, 10, 26, 22, 30)
    expect(todayIn('Europe/Berlin', lateEvening)).toBe('2026-11-26')
    expect(todayIn('Asia/Tokyo', lateEvening)).toBe('2026-11-27')
    expect(todayIn('America/New_York', lateEvening)).toBe('2026-11-26')
  })

  test('are written in the language of who reads', () => {
    expect(formatDay(day('2026-02-12'), 'en-GB')).toBe('12 Feb 2026')
    expect(formatDays(day('2026-02-12'), day('2026-02-14'), 'de-DE').replace(/\s/g, ' ')).toMatch(
      /12\.\s?–\s?14\. Feb/,
    )
    expect(formatDay(day('2026-02-12'), 'ar-EG', 'short')).toContain('١٢')
    expect(formatInstant('2026-11-26T22:30:00Z', 'en-GB', 'Asia/Tokyo')).toContain('07:30')
    expect(formatTime('15:00:00', 'en-GB')).toBe('15:00')
  })
})

describe('money', () => {
  const plain = (text: string) => text.replace(/[\s\u200e\u200f]/g, ' ')

  test('has as many digits as its currency', () => {
    expect(plain(formatMoney(12345, 'EUR', 'de-DE'))).toBe('123,45 €')
    expect(formatMoney(12345, 'JPY', 'en-GB')).toBe('JP¥12,345')
    expect(plain(formatMoney(12345, 'HUF', 'en-GB'))).toBe('HUF 123.45')
    expect(plain(formatMoney(12345, 'KWD', 'en-GB'))).toBe('KWD 12.345')
    expect(formatMoney(-5, 'USD', 'en-US')).toBe('-$0.05')
    expect(formatMoneyShort(12300, 'USD', 'en-US')).toBe('$123')
    expect(formatMoneyShort(12301, 'USD', 'en-US')).toBe('$123.01')
    expect(toDecimal(Number.MAX_SAFE_INTEGER, 'EUR')).toBe('90071992547409.91')
  })

  test('is read as it is written', () => {
    expect(parseMoney('1.234,5', 'EUR', 'de-DE')).toBe(123450)
    expect(parseMoney('1234.50', 'EUR', 'de-DE')).toBe(123450)
    expect(parseMoney('1,234.50', 'USD', 'en-US')).toBe(123450)
    expect(parseMoney('1,234', 'USD', 'en-US')).toBe(123400)
    expect(parseMoney('1.234', 'EUR', 'de-DE')).toBeUndefined()
    expect(parseMoney('١٢٫٥', 'EGP', 'ar-EG')).toBe(1250)
    expect(parseMoney('1,23,456.50', 'INR', 'en-IN')).toBe(12345650)
    // Whoever writes the decimals with a comma is not charged a hundred times as much.
    for (const wrong of ['12,50', '1,234,50', '1,23,45']) {
      expect(parseMoney(wrong, 'EUR', 'en-US'), wrong).toBeUndefined()
    }
    for (const wrong of ['', 'abc', '1.234', '1,2,3', '--1', '12.345.6', '9'.repeat(20)]) {
      expect(parseMoney(wrong, 'EUR', 'en-GB'), wrong).toBeUndefined()
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.constantFrom('en-GB', 'de-DE', 'ar-EG'),
        (minor, locale) => {
          expect(parseMoney(toDecimal(minor, 'EUR'), 'EUR', locale)).toBe(minor)
          expect(parseMoney(moneyText(minor, 'EUR', locale), 'EUR', locale)).toBe(minor)
        },
      ),
    )
  })
})

test('ids are ULIDs in the order of time', () => {
  expect(isUlid(ulid())).toBe(true)
  expect(ulid(1_000) < ulid(2_000)).toBe(true)
  expect(new Set(Array.from({ length: 500 }, () => ulid())).size).toBe(500)
  expect(isUlid('00000000000000000000000000')).toBe(true)
  expect(isUlid('U0000000000000000000000000')).toBe(false)
})

test('a year that is still being typed is a day, too', () => {
  expect(['0002-11-28', '0020-11-28', '0202-11-28', '0000-02-29', '0002-02-30'].map(asDay)).toEqual([
    '0002-11-28',
    '0020-11-28',
    '0202-11-28',
    '0000-02-29',
    undefined,
  ])
})
