import { expect, test } from 'vitest'
import { ApiError } from '../../api/errors'
import { day } from '../../kernel/dates'
import { dateOf } from '../core/days'
import { FIRST, modelOf } from '../core/testing/drawing'
import type { Desk } from '../desk/Desk'
import { adultsFor, bodyFor, changed, draftOf, ledTo } from './bookDraft'
import { isRefused, type Quoted } from './useBookQuote'

const model = modelOf(`
  101 |..AA....
  102 |........
`)
const row = model.rows.find((one) => one.kind === 'room')
const [roomId, typeId] = row?.kind === 'room' ? [row.roomId, row.typeId] : ['', '']
const on = (night: number) => day(dateOf(FIRST + night))
const request = { typeId, roomId, from: FIRST, to: FIRST + 2, key: 'k' }
const desk = { model } as Desk
const first = draftOf(desk, request)
const draft = { ...first, adults: adultsFor(first, undefined) }
const broken = { rule: 'CLOSED', date: on(0), scope: 'PROPERTY', restrictionId: 'R', message: '' } as const
const quoted = (available: number, violations: readonly (typeof broken)[] = []): Quoted => ({
  data: { available, violations: [...violations] },
  error: null,
})

test('nothing is booked against what the quote tells, unless somebody insists against a restriction', () => {
  expect(isRefused({ data: undefined, error: null }, false)).toBe(false)
  expect(isRefused(quoted(1), false)).toBe(false)
  expect(isRefused(quoted(0), false)).toBe(true)
  expect(isRefused(quoted(1, [broken]), false)).toBe(true)
  expect(isRefused(quoted(1, [broken]), true)).toBe(false)
  expect(isRefused(quoted(0, [broken]), true)).toBe(true)
})

test('a quote that was refused stops a booking, a server that is away does not', () => {
  const of = (code: 'VALIDATION_ERROR' | 'OFFLINE') => ({ data: undefined, error: new ApiError(code, '') })
  expect(isRefused(of('VALIDATION_ERROR'), false)).toBe(true)
  expect(isRefused(of('OFFLINE'), false)).toBe(false)
})

test('as many come as the type takes, until somebody says how many', () => {
  expect(adultsFor(first, { maxAdults: 1 })).toBe(1)
  expect(adultsFor(first, { maxAdults: 4 })).toBe(2)
  expect(adultsFor(changed(first, { adults: 3 }), { maxAdults: 1 })).toBe(3)
})

test('one insists on what one saw, and on nothing else', () => {
  const insisted = changed(draft, { isInsisted: true })
  const range = { from: on(0), to: on(2) }
  expect(bodyFor(desk, insisted, range)).toMatchObject({ overrideRestrictions: true })
  expect(changed(insisted, { lastName: 'Archer' }).isInsisted).toBe(true)
  expect(changed(insisted, { range: { from: on(1), to: on(2) } }).isInsisted).toBe(false)
  expect(bodyFor(desk, changed(insisted, { planId: 'P' }), range)).not.toHaveProperty('overrideRestrictions')
})

test('other nights stay in the same room where it is free', () => {
  expect(ledTo(model, draft, { typeId, from: on(4), to: on(6) })).toMatchObject({ roomId })
  expect(ledTo(model, draft, { typeId, from: on(1), to: on(3) })).toMatchObject({ roomId: null })
  expect(ledTo(model, draft, { typeId: 'other', from: on(4), to: on(6) })).toMatchObject({ roomId: null })
})

test('whoever comes tonight walks in, until another source is chosen', () => {
  const sourceOf = (range: { from: ReturnType<typeof on>; to: ReturnType<typeof on> }, one = draft) =>
    bodyFor(desk, changed(one, { range }), range).sourceType
  const [tonight, later] = [
    { from: on(0), to: on(2) },
    { from: on(4), to: on(5) },
  ]
  expect(sourceOf(tonight)).toBe('WALKIN')
  expect(sourceOf(later)).toBe('DIRECT')
  expect(sourceOf(tonight, changed(draft, { source: 'PHONE' }))).toBe('PHONE')
})
