import { expect, test } from 'vitest'
import type { RoomType } from '../queries'
import { bodyOfType, reorder } from './typeValues'

const types = (orders: number[]) =>
  orders.map((sortOrder, n) => ({ id: `T${n}`, version: n + 1, sortOrder }) as RoomType)

test('a step writes the two that change places', () => {
  expect(reorder(types([0, 1, 2]), 'T1', -1)).toEqual([
    { id: 'T1', version: 2, sortOrder: 0 },
    { id: 'T0', version: 1, sortOrder: 1 },
  ])
})

test('types of one number are told apart on the way', () => {
  expect(reorder(types([0, 0, 0]), 'T2', -1).map(({ id, sortOrder }) => [id, sortOrder])).toEqual([
    ['T2', 1],
    ['T1', 2],
  ])
})

test('the first goes no further up, the last no further down', () => {
  expect(reorder(types([0, 1]), 'T0', -1)).toEqual([])
  expect(reorder(types([0, 1]), 'T1', 1)).toEqual([])
})

test('amenities are read as a person lists them', () => {
  expect(bodyOfType({ amenitiesJson: 'wifi, safe,\n balcony ,' })).toEqual({
    amenitiesJson: ['wifi', 'safe', 'balcony'],
  })
  expect([' 2 ', ''].map((upgradeRank) => bodyOfType({ upgradeRank }).upgradeRank)).toEqual([2, null])
  expect(bodyOfType({ description: ' ' })).toEqual({ description: null })
})
