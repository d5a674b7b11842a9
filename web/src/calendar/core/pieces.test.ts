import { expect, test } from 'vitest'
import { wayBack } from './inverse'
import type { Piece } from './items'
import { joined, movedFrom, pieceMoved, stretched } from './pieces'

/** `1:0-2 2:2-5`, as a stay in room 1 and then in room 2. */
const pieces = (text: string): Piece[] =>
  text.split(' ').map((part) => {
    const [room = '', nights = ''] = part.split(':')
    const [from = 0, to = 0] = nights.split('-').map(Number)
    return { roomId: room === '-' ? null : room, from, to }
  })
const drawn = (of: readonly Piece[]) =>
  of.map(({ roomId, from, to }) => `${roomId ?? '-'}:${from}-${to}`).join(' ')

// The same as in the server's rules.rs.
test('a move in house keeps the nights slept', () => {
  const stay = { from: 0, to: 5 }
  expect(drawn(movedFrom(pieces('1:0-5'), stay, 2, '2'))).toBe('1:0-2 2:2-5')
  expect(drawn(movedFrom(pieces('1:0-5'), stay, 0, '2'))).toBe('2:0-5')
  expect(drawn(movedFrom(pieces('1:0-2 2:2-5'), stay, 2, '1'))).toBe('1:0-5')
  expect(drawn(movedFrom(pieces('1:0-2 2:2-5'), stay, 4, '1'))).toBe('1:0-2 2:2-4 1:4-5')
})

test('a resize stretches the ends and drops what is cut off', () => {
  const split = pieces('1:0-2 2:2-5')
  expect(drawn(stretched(split, { from: 0, to: 7 }))).toBe('1:0-2 2:2-7')
  expect(drawn(stretched(split, { from: 0, to: 2 }))).toBe('1:0-2')
  expect(drawn(stretched(split, { from: -1, to: 1 }))).toBe('1:-1-1')
  expect(drawn(stretched(split, { from: 3, to: 4 }))).toBe('2:3-4')
  expect(drawn(stretched(split, { from: 8, to: 9 }))).toBe('2:8-9')
})

test('a piece moves alone, and joins its neighbours', () => {
  expect(drawn(pieceMoved(pieces('1:0-2 2:2-5'), { roomId: '2', from: 2, to: 5 }, '1', 2))).toBe('1:0-5')
  expect(drawn(pieceMoved(pieces('1:0-2 2:2-5'), { roomId: '2', from: 2, to: 5 }, '3', 4))).toBe(
    '1:0-2 2:2-4 3:4-5',
  )
  expect(drawn(joined(pieces('1:0-1 1:1-2 2:2-3 1:4-5')))).toBe(
    '1:0-1 1:1-2 2:2-3 1:4-5'.replace('1:0-1 1:1-2', '1:0-2'),
  )
})

test('the way back is the shortest one', () => {
  const way = (now: string, then: string) => {
    const lie = (text: string) => {
      const of = pieces(text)
      return { checkIn: of[0]?.from ?? 0, checkOut: of[of.length - 1]?.to ?? 0, pieces: of }
    }
    const steps = wayBack('A', lie(now), lie(then))
    return steps?.map(({ kind, ...rest }) =>
      [
        kind,
        ...Object.entries(rest)
          .filter(([name]) => name !== 'id' && name !== 'seen')
          .map(([, value]) => value),
      ].join(' '),
    )
  }
  expect(way('2:1-4', '1:0-3')).toEqual(['move 1 0'])
  expect(way('2:0-3', '1:0-3')).toEqual(['move 1 0'])
  expect(way('1:0-5', '1:0-3')).toEqual(['resize end 3'])
  expect(way('1:2-6', '1:0-3')).toEqual(['resize end 3', 'resize start 0'])
  expect(way('1:0-2 2:2-5', '1:0-5')).toEqual(['move 1 2'])
  expect(way('1:0-5', '1:0-2 2:2-5')).toEqual(['split 2 2'])
  expect(way('1:0-5', '1:0-1 2:1-3 1:3-5')).toEqual(['split 1 2', 'split 3 1'])
  expect(way('3:0-5', '1:0-2 2:2-5')).toEqual(['changeRoom 1', 'split 2 2'])
  expect(way('1:0-2', '1:0-2 2:2-5')).toEqual(['resize end 5', 'split 2 2'])
  expect(way('-:0-3', '1:0-3')).toEqual(['assign 1'])
  expect(way('-:0-3', '1:0-2 2:2-3')).toEqual(['assign 1', 'split 2 2'])
  expect(way('1:0-3', '-:0-3')).toEqual(['unassign'])
  expect(way('1:2-5', '-:0-3')).toEqual(['unassign', 'shift 0'])
  expect(way('1:0-3', '1:0-3')).toEqual([])
})
