import { expect, test } from 'vitest'
import { dateOf, nightOf } from '../core/days'
import { leadOf, shapeOf, toldOf, unasked } from './told'

const row = (
  roomTypeId: string | null,
  from: string,
  to: string,
  set: object,
  ratePlanId: string | null = null,
) => ({ ratePlanId, roomTypeId, merged: [{ startDate: from, endDate: to, set, saidBy: {} }] }) as never

const drawn = (...rows: never[]) =>
  [...toldOf(rows)].map(
    ([night, said]) =>
      `${dateOf(night).slice(8)} ${said.map((one) => `${one.field}=${one.value}${one.typeIds.map((id) => `@${id}`).join('')}`).join(' ')}`,
  )

test('the house is told once, and types where they say something else', () => {
  expect(
    drawn(
      row(null, '2027-03-01', '2027-03-03', { isClosed: true, minStayArrival: null }),
      row('S', '2027-03-01', '2027-03-04', { isClosed: true }),
      row('T', '2027-03-03', '2027-03-04', { isClosed: true, minStayArrival: 3 }),
    ),
  ).toEqual(['01 isClosed=1', '02 isClosed=1', '03 isClosed=1@S@T minStayArrival=3@T'])
})

test('what is said for a plan is not of all, and what takes nothing away is not told', () => {
  expect(
    drawn(
      row(null, '2027-03-01', '2027-03-02', { isClosed: false, minStayThrough: 1, maxAdvanceDays: 0 }),
      row(null, '2027-03-02', '2027-03-03', { isClosed: true }, 'PLAN'),
    ),
  ).toEqual([])
})

test('a mark shows the gravest', () => {
  const said = (...fields: string[]) => fields.map((field) => ({ field, value: 1, typeIds: [] }) as never)
  expect(shapeOf(said('minStayArrival', 'isClosed')).shape).toBe('closed')
  expect(shapeOf(said('closedToArrival')).shape).toBe('arrival')
  expect(shapeOf(said('closedToDeparture')).shape).toBe('departure')
  expect(shapeOf(said('closedToDeparture', 'closedToArrival')).shape).toBe('both')
  expect(shapeOf(said('maxAdvanceDays'))).toEqual({ shape: 'length', isPart: false })
})

test('nights are asked for once, and no request is too long', () => {
  const asked = new Set([nightOf('2027-03-03')])
  const from = nightOf('2027-03-01')
  const spans = [
    { from, to: from + 5 },
    { from: from + 8, to: from + 15 },
  ]
  const text = unasked(asked, spans, 4).map((span) => `${span.from - from}-${span.to - from}`)
  expect(text).toEqual(['0-2', '3-5', '8-12', '12-15'])
})

test('a mark leads to the type that says something, and to the house when that does', () => {
  const of = (...typeIds: string[]) => ({ field: 'isClosed', value: 1, typeIds }) as const
  expect([leadOf([of('S', 'T')]), leadOf([of('S'), of()]), leadOf([of()])]).toEqual(['S', null, null])
})
