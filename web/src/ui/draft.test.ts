import { expect, test } from 'vitest'
import { changesOf, isChanged, mergeDraft } from './draft'

const base = { name: 'Ada', phone: '1', tags: ['a'] }

test('only what was changed is sent', () => {
  expect(isChanged(base, { ...base, tags: ['a'] })).toBe(false)
  expect(changesOf(base, { ...base, phone: '2', tags: ['a', 'b'] })).toEqual({ phone: '2', tags: ['a', 'b'] })
})

test('what another changed comes in where one did not', () => {
  const merged = mergeDraft(base, { ...base, name: 'Eva' }, { ...base, phone: '2' })
  expect(merged).toEqual({ values: { name: 'Eva', phone: '2', tags: ['a'] }, clashes: [] })
})

test('what both changed stays as typed, and is named', () => {
  const merged = mergeDraft(base, { ...base, phone: '3' }, { ...base, phone: '2' })
  expect(merged).toEqual({ values: { ...base, phone: '3' }, clashes: ['phone'] })
})

test('the same change made twice is no clash', () => {
  expect(mergeDraft(base, { ...base, phone: '2' }, { ...base, phone: '2' }).clashes).toEqual([])
})
