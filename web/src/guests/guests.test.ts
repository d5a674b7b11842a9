import { expect, test } from 'vitest'
import { bodyOfChanges, preferencesJson, preferencesOf } from './guestValues'
import { mergePreview } from './mergePreview'
import type { Guest } from './queries'

const guest = (own: Partial<Guest>): Guest => ({
  id: '01J9ZK3T5V8M2Q4R6X7Y9ABCDE',
  propertyId: '00000000000000000000000001',
  firstName: 'Ada',
  lastName: 'Lovelace',
  isActive: true,
  createdAt: '',
  createdBy: '',
  updatedAt: '',
  updatedBy: '',
  version: 1,
  ...own,
})

test('the kept profile stays as it is, and its empty fields are filled', () => {
  const kept = guest({ email: 'ada@example.com', phone: null })
  const gone = guest({ firstName: 'Ada K.', email: 'king@example.com', phone: '+44 1', notes: 'Late' })
  const lines = Object.fromEntries(mergePreview(kept, gone).map((line) => [line.field, line]))
  expect(lines.firstName).toMatchObject({ from: 'kept', isLost: true })
  expect(lines.lastName).toMatchObject({ from: 'kept', isLost: false })
  expect(lines.email).toMatchObject({ from: 'kept', isLost: true })
  expect(lines.phone).toMatchObject({ from: 'gone', isLost: false })
  expect(lines.notes).toMatchObject({ from: 'gone' })
  expect(lines.country).toMatchObject({ from: 'none' })
})

test('preferences that programs wrote keep their kind', () => {
  const before = { pillow: 'soft', floors: [1, 2], quiet: true } as unknown as Guest['preferencesJson']
  expect(preferencesOf(before)).toContainEqual({ name: 'floors', value: '[1,2]' })
  expect(preferencesJson(preferencesOf(before), before)).toEqual(before)
  expect(preferencesJson([{ name: 'quiet', value: 'very' }], before)).toEqual({ quiet: 'very' })
  expect(preferencesJson([{ name: ' ', value: 'x' }], before)).toBeNull()
})

test('an emptied field is null, one that was not touched is absent', () => {
  expect(bodyOfChanges({ email: ' ', lastName: ' Byron ' }, null)).toEqual({ email: null, lastName: 'Byron' })
  expect(bodyOfChanges({ country: null }, null)).toEqual({ country: null })
})
