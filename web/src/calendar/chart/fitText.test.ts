import { expect, test } from 'vitest'
import { abbreviated, fitted } from './fitText'

const letters = { px: 13, weight: 550 }

test('a name is cut to what there is room for, and never grows', () => {
  expect(fitted('Silva', 200, letters)).toBe('Silva')
  const narrow = fitted('Silva', 20, letters).replace(/[\u2068\u2069]/g, '')
  expect('Silva'.startsWith(narrow)).toBe(true)
  expect(narrow.length).toBeLessThan(5)
  expect(fitted('Silva', 0, letters)).toBe('')
})

test('an end says that letters are missing, where it has room itself', () => {
  expect(fitted('Silva', 30, letters, '…')).toMatch(/^\u2068Si?l?…\u2069$/)
  expect(fitted('Silva', 3, letters, '…')).toBe('')
})

test('in little room three letters or more end in an ellipsis, two stand alone, one says nothing', () => {
  const bare = (px: number) => abbreviated('Fernandez', px, letters).replace(/[\u2068\u2069]/g, '')
  // Unmeasured, each letter and the ellipsis take about 7.5 pixels.
  expect([5, 10, 16, 23, 31, 200].map(bare)).toEqual(['', '', 'Fe', 'Fe…', 'Fer…', 'Fernandez'])
  expect(abbreviated('Yu', 200, letters)).toBe('Yu')
})

test('letters of the other direction are set apart, whole or cut', () => {
  expect(fitted('حداد', 200, letters)).toBe('\u2068حداد\u2069')
})
