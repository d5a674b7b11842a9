import { expect, test } from 'vitest'
import { type ChildDraft, childFaults, childRates } from './childRates'

const reading = {
  amount: (text: string) => (/^\d+$/.test(text) ? Number(text) * 100 : undefined),
  plain: (text: string) => text,
}
const one = (from: string, to: string, amount = '10'): ChildDraft => ({ from, to, amount })
const faults = (...all: ChildDraft[]) =>
  all.map((_, n) => Object.keys(childFaults(all, n, reading)).join(' '))

test('ages are 0 to 17, in order, and each is named once', () => {
  expect(faults(one('0', '2', '0'), one('3', '11'), one('12', '17'))).toEqual(['', '', ''])
  expect(faults(one('', 'x', '-'), one('18', '3'))).toEqual(['from to amount', 'from'])
  expect(faults(one('5', '3'))).toEqual(['to'])
  expect(faults(one('0', '6'), one('6', '9'))).toEqual(['', 'from'])
})

test('they are sent as numbers', () => {
  expect(childRates([one('3', '11')], reading)).toEqual([{ fromAge: 3, toAge: 11, amountCents: 1000 }])
})
