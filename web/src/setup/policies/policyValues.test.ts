import { expect, test } from 'vitest'
import type { Policy } from '../queries'
import {
  bodyOfPolicy,
  checkPolicy,
  newPolicy,
  newTier,
  type PolicyValues,
  type Reading,
  termsOf,
  tierFault,
  valuesOfPolicy,
} from './policyValues'

const reading: Reading = {
  amount: (text) => (text ? Math.round(Number(text) * 100) : undefined),
  plain: (text) => text,
  written: (minor) => String(minor / 100),
}
const named: PolicyValues = { ...newPolicy, code: 'C', name: 'Flexible' }
const faultsOf = (values: PolicyValues) =>
  Object.entries(checkPolicy(values, reading))
    .filter(([, fault]) => fault)
    .map(([field]) => field)

test('the terms of each kind are those of the API, and come back as they were typed', () => {
  const all: PolicyValues[] = [
    {
      ...named,
      kind: 'DEPOSIT',
      amount: { ...named.amount, kind: 'PERCENT', percent: '12.5' },
      days: '14',
      tiers: [],
    },
    { ...named, kind: 'NO_SHOW', amount: { ...named.amount, kind: 'FIXED', amountCents: '50' }, tiers: [] },
    { ...named, tiers: [newTier, { ...newTier, unit: 'HOURS', before: '12', at: '15:00' }] },
  ]
  expect(all.map((values) => termsOf(values, reading))).toEqual([
    { deposit: { amount: { kind: 'PERCENT', percent: '12.5' }, daysBeforeArrival: 14 } },
    { noShow: { fee: { kind: 'FIXED', amountCents: 5000 } } },
    {
      cancellation: {
        tiers: [
          { unit: 'DAYS', before: 1, at: '18:00', fee: { kind: 'NOTHING' } },
          { unit: 'HOURS', before: 12, at: '15:00', fee: { kind: 'NOTHING' } },
        ],
        afterwards: { kind: 'NIGHTS', nights: 1 },
      },
    },
  ])
  for (const values of all) {
    const row = { ...values, ...termsOf(values, reading), guestText: null } as unknown as Policy
    expect(termsOf(valuesOfPolicy(row, reading), reading)).toEqual(termsOf(values, reading))
  }
})

test('what is wrong is told at its field', () => {
  expect(faultsOf(named)).toEqual([])
  expect(faultsOf({ ...newPolicy, amount: { ...named.amount, nights: '0' } })).toEqual([
    'code',
    'name',
    'amount',
  ])
  const deposit: PolicyValues = {
    ...named,
    kind: 'DEPOSIT',
    days: '731',
    amount: { ...named.amount, kind: 'NOTHING' },
  }
  expect(faultsOf(deposit)).toEqual(['amount', 'days'])
  expect(faultsOf({ ...named, tiers: [{ ...newTier, before: '' }] })).toEqual(['tiers'])
  // Deadlines of a kind that is not chosen are not asked about.
  expect(faultsOf({ ...named, kind: 'NO_SHOW', tiers: [{ ...newTier, before: '' }] })).toEqual([])
})

test('each deadline is later than the one before it, whatever it is counted in', () => {
  const tier = (before: string, unit: 'DAYS' | 'HOURS' = 'DAYS', at = '18:00') => ({
    ...newTier,
    before,
    unit,
    at,
  })
  const isRight = (...tiers: ReturnType<typeof tier>[]) =>
    tiers.every((_, n) => !tierFault(tiers, n, reading))
  expect(isRight(tier('2'), tier('1'), tier('0'))).toBe(true)
  expect(isRight(tier('1'), tier('1'))).toBe(false)
  expect(isRight(tier('1'), tier('24', 'HOURS', '17:00'))).toBe(false)
  expect(isRight(tier('1'), tier('24', 'HOURS', '19:00'))).toBe(true)
  expect(isRight(tier('731'))).toBe(false)
})

test('a change sends what was changed, and terms whole', () => {
  expect(bodyOfPolicy(named, { name: ' New ' }, reading)).toEqual({ name: 'New' })
  expect(bodyOfPolicy(named, { guestText: ' ' }, reading)).toEqual({ guestText: null })
  expect(bodyOfPolicy({ ...named, tiers: [] }, { tiers: [] }, reading)).toEqual({
    cancellation: { tiers: [], afterwards: { kind: 'NIGHTS', nights: 1 } },
  })
})
