import { describe, expect, test } from 'vitest'
import type { RatePlan } from '../queries'
import { checkDerived, derivedBody, derivedOf, notDerived } from './derivedValues'

const typing = { currency: 'EUR', tag: 'de-DE' }
const plan = {
  parentPlanId: 'P',
  derivation: { percent: '-12.5', roundToCents: 500, rounding: 'DOWN' },
  occupancy: {
    includedAdults: 2,
    extraAdultCents: 3000,
    children: [{ fromAge: 3, toAge: 11, amountCents: 1000 }],
  },
} as unknown as RatePlan

describe('a derived plan', () => {
  test('is shown as it is typed', () => {
    expect(derivedOf(plan, typing)).toEqual({
      parentPlanId: 'P',
      percent: '-12.5',
      amount: '',
      roundTo: '5,00',
      includedAdults: '2',
      extraAdult: '30,00',
      children: [{ from: '3', to: '11', amount: '10,00' }],
    })
  })

  test('sends what was touched, and keeps what the form does not show', () => {
    const values = derivedOf(plan, typing)
    expect(derivedBody(values, {}, plan, typing)).toEqual({})
    expect(derivedBody({ ...values, percent: '-7,25' }, { percent: '-7,25' }, plan, typing)).toEqual({
      parentPlanId: 'P',
      derivation: { percent: '-7.25', amountCents: 0, roundToCents: 500, rounding: 'DOWN' },
    })
    expect(derivedBody({ ...values, extraAdult: '25' }, { extraAdult: '25' }, plan, typing)).toEqual({
      occupancy: {
        includedAdults: 2,
        extraAdultCents: 2500,
        children: [{ fromAge: 3, toAge: 11, amountCents: 1000 }],
      },
    })
    const none = { parentPlanId: '', includedAdults: '' }
    expect(derivedBody({ ...values, ...none }, none, plan, typing)).toEqual({
      parentPlanId: null,
      derivation: null,
      occupancy: null,
    })
  })

  test('says what cannot be read', () => {
    const wrong = {
      ...notDerived,
      percent: 'x',
      amount: 'y',
      roundTo: '0',
      includedAdults: '0',
      extraAdult: '-1',
      children: [{ from: '3', to: '', amount: '1' }],
    }
    expect(Object.values(checkDerived(wrong, typing)).every(Boolean)).toBe(true)
    expect(Object.values(checkDerived(notDerived, typing)).some(Boolean)).toBe(false)
  })
})
