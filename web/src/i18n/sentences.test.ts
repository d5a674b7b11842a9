import { beforeEach, expect, test } from 'vitest'
import { ApiError } from '../api/errors'
import { overwriteGetLocale } from '../paraglide/runtime'
import { countIn } from './counted'
import { withDays, writeDaysIn } from './days'
import { rulesOf, sentenceOf } from './sentences'

function readIn(locale: 'en' | 'de' | 'ar', tag: string) {
  overwriteGetLocale(() => locale)
  countIn(tag)
  writeDaysIn(tag)
}
beforeEach(() => readIn('en', 'en-US'))

test('days within a sentence of the server are written as the reader writes them', () => {
  const said = 'No room of this type is left on 2026-11-27, nor from 2026-12-01 (a 2027-02-30 there is not).'
  expect(withDays(said)).toBe(
    'No room of this type is left on Nov 27, 2026, nor from Dec 1, 2026 (a 2027-02-30 there is not).',
  )
  readIn('de', 'de-DE')
  expect(withDays('Free on 2026-11-27.')).toBe('Free on 27. Nov. 2026.')
})

test('what only looks like a day stays as it is', () => {
  for (const said of [
    'Key book-2026-11-27 was used.',
    'R2026-11-27 and 2026-11-27-4',
    '2026-11-27T10:00:00Z',
    '/calendar/2026-11-27/nights',
    'prices.2026-11-27.csv',
  ])
    expect(withDays(said)).toBe(said)
})

test('a refusal tells its days so, too', () => {
  expect(sentenceOf(new ApiError('NO_AVAILABILITY', 'Sold out on 2026-11-27.'))).toBe(
    'Sold out on Nov 27, 2026.',
  )
  const details = [{ field: 'endDate', message: 'must not be before 2026-11-27' }]
  expect(rulesOf(new ApiError('VALIDATION_ERROR', 'Two fields.', { details }))).toBe(
    'must not be before Nov 27, 2026',
  )
})

test('broken restrictions are told in words of their own', () => {
  const violations = [
    { rule: 'CLOSED_TO_ARRIVAL', date: '2026-11-27', scope: 'PROPERTY', message: 'No stay may begin.' },
    { rule: 'MIN_STAY_THROUGH', date: '2026-11-28', scope: 'ROOM_TYPE', limit: 3, message: 'At least 3.' },
  ]
  const refusal = new ApiError('RESTRICTION_VIOLATED', 'No stay may begin on 2026-11-27.', {
    facts: { violations },
  })
  expect(sentenceOf(refusal)).toBe(
    'Closed to arrival on Nov 27, 2026 · the whole house; Shortest stay over the night of Nov 28, 2026: 3 nights · this room type',
  )
  readIn('de', 'de-DE')
  expect(sentenceOf(refusal)).toContain('Mindestaufenthalt über die Nacht vom 28. Nov. 2026: 3 Nächte')
})

test('a violated restriction without its facts is told as the server says it', () => {
  expect(sentenceOf(new ApiError('RESTRICTION_VIOLATED', 'Closed on 2026-11-27.'))).toBe(
    'Closed on Nov 27, 2026.',
  )
})
