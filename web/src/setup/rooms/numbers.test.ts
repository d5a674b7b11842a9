import { expect, test } from 'vitest'
import { floorOf, readNumbers } from './numbers'

test.each([
  ['101-104', ['101', '102', '103', '104']],
  ['101–102, 201; 305', ['101', '102', '201', '305']],
  ['A1-A3', ['A1', 'A2', 'A3']],
  ['A8-11', ['A8', 'A9', 'A10', 'A11']],
  ['008…010', ['008', '009', '010']],
  ['101 to 103', ['101', '102', '103']],
  ['Garden house\n101, 101', ['Garden house', '101']],
  ['Villa-Rosa', ['Villa-Rosa']],
  ['  ', []],
])('%s', (text, numbers) => {
  expect(readNumbers(text)).toEqual({ numbers })
})

test.each([
  ['120-101', '120-101', 'backwards'],
  ['1-500', '1-500', 'too-many'],
  ['101, A1-B4', 'A1-B4', 'unreadable'],
  ['1-150, 201-300', '201-300', 'too-many'],
])('%s is refused, and the part named', (text, part, why) => {
  expect(readNumbers(text)).toEqual({ numbers: [], fault: { part, why } })
})

test('the floor is in the number, where it is one of three digits or four', () => {
  expect(['101', '1203', '12', 'A101'].map(floorOf)).toEqual(['1', '12', undefined, undefined])
})
