import { expect, test } from 'vitest'
import { overwriteGetLocale } from '../paraglide/runtime'
import { isStanding, linesOf, paidInto } from './ledger'
import type { Entry, EntryType } from './queries'
import { folioName, lineWords } from './words'

function entry(id: string, entryType: EntryType, amountCents: number, more: Partial<Entry> = {}): Entry {
  return {
    id,
    propertyId: 'p',
    folioId: 'f',
    entryType,
    description: id,
    amountCents,
    businessDate: '2026-11-26',
    postedAt: '2026-11-26T12:00:00Z',
    postedBy: 'u',
    ...more,
  }
}

const ledger = [
  entry('room', 'ROOM_CHARGE', 100_00),
  entry('bar', 'ADJUSTMENT', 12_00),
  entry('vat of room', 'TAX', 8_25, { parentEntryId: 'room' }),
  entry('card', 'PAYMENT', -50_00, { method: 'CARD' }),
  entry('bar back', 'ADJUSTMENT', -12_00, { reversesEntryId: 'bar' }),
  entry('cash', 'REFUND', 20_00, { method: 'CASH' }),
]

test('taxes stand below their charge, and the balance runs down the lines as they stand', () => {
  expect(linesOf(ledger).map((line) => [line.entry.id, line.balance, line.isBelow])).toEqual([
    ['room', 100_00, false],
    ['vat of room', 108_25, true],
    ['bar', 120_25, false],
    ['card', 70_25, false],
    ['bar back', 58_25, false],
    ['cash', 78_25, false],
  ])
})

test('a line that was taken back, and the one that does it, can be taken back no more', () => {
  const lines = linesOf(ledger)
  expect(lines.filter((line) => line.isReversed).map((line) => line.entry.id)).toEqual(['bar'])
  expect(lines.find((line) => line.entry.id === 'bar back')?.reverses?.id).toBe('bar')
  expect(lines.filter(isStanding).map((line) => line.entry.id)).toEqual([
    'room',
    'vat of room',
    'card',
    'cash',
  ])
})

test('a tax whose charge is in another folio stands for itself', () => {
  const moved = [entry('vat', 'TAX', 8_25, { parentEntryId: 'elsewhere' })]
  expect(linesOf(moved)).toMatchObject([{ isBelow: false, balance: 8_25 }])
})

test('only what was paid and not given back may be refunded', () => {
  expect(paidInto(ledger)).toBe(30_00)
  expect(paidInto([])).toBe(0)
  const void_ = entry('card back', 'PAYMENT', 50_00, { reversesEntryId: 'card' })
  expect(paidInto([...ledger, void_])).toBe(-20_00)
})

test('what the program wrote is in the language of the reader, what was typed is not touched', () => {
  overwriteGetLocale(() => 'de')
  const bar = entry('Bar', 'ADJUSTMENT', 12_00)
  expect(lineWords(entry('Payment', 'PAYMENT', -1), undefined)).toBe('Zahlung')
  expect(lineWords(entry('Room 101', 'ROOM_CHARGE', 1, { chargeKind: 'ROOM' }), undefined)).toBe('Zimmer 101')
  expect(lineWords(entry('Room 101', 'ROOM_CHARGE', 1), undefined)).toBe('Room 101')
  const moved = entry('Room 101 (2027-02-01)', 'ROOM_CHARGE', 1, { movedFromEntryId: 'x' })
  expect(lineWords(moved, undefined, (date) => date.slice(8))).toBe('Zimmer 101 (01)')
  expect(lineWords(entry('Void: wrong room', 'ADJUSTMENT', -12_00), bar)).toBe('Storno: Bar (wrong room)')
  expect(lineWords(entry('Moved: Bar', 'ADJUSTMENT', -12_00), bar)).toBe('Umgebucht: Bar')
  overwriteGetLocale(() => 'en')
})

test('folios without a name are numbered when there are several', () => {
  const [one, two] = [
    { id: 'a', name: null },
    { id: 'b', name: 'ACME' },
  ] as const
  expect(folioName(one, [one], String)).toBe('Guest folio')
  expect([folioName(one, [one, two], String), folioName(two, [one, two], String)]).toEqual([
    'Folio 1',
    'ACME',
  ])
})
