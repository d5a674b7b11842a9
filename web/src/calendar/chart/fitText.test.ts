import { expect, test } from 'vitest'
import { fitted } from './fitText'

test('a name is cut to what there is room for, and never grows', () => {
  expect(fitted('Silva', 200)).toBe('Silva')
  const narrow = fitted('Silva', 20)
  expect('Silva'.startsWith(narrow)).toBe(true)
  expect(narrow.length).toBeLessThan(5)
  expect(fitted('Silva', 0)).toBe('')
})
