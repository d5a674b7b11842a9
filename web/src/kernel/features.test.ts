import { expect, test } from 'vitest'
import { connectingOf, featuresOf, readList, withFeatures } from './features'

test('features are read from a list, and from an object of what is so', () => {
  expect(featuresOf(['accessible', 'balcony'])).toEqual(['accessible', 'balcony'])
  expect(featuresOf({ accessible: true, balcony: false, view: 'lake', features: ['quiet'] })).toEqual([
    'accessible',
    'quiet',
  ])
  expect([null, undefined, 'x', 7].map(featuresOf)).toEqual([[], [], [], []])
  expect(connectingOf({ connecting: '102' })).toEqual(['102'])
  expect(connectingOf({ connecting: ['102', '104'] })).toEqual(['102', '104'])
})

test('what others noted stays, what is no more so goes', () => {
  const before = { accessible: true, view: 'lake', features: ['quiet'], connecting: '102' }
  expect(withFeatures(before, ['quiet'], [])).toEqual({ view: 'lake', quiet: true })
  expect(withFeatures(['accessible'], ['accessible'], ['102'])).toEqual({
    accessible: true,
    connecting: ['102'],
  })
  expect(withFeatures({ accessible: true }, [], [])).toBeNull()
})

test('a list is typed as one likes', () => {
  expect(readList(' accessible, sea view;quiet\naccessible,')).toEqual(['accessible', 'sea view', 'quiet'])
  expect(readList('')).toEqual([])
})
