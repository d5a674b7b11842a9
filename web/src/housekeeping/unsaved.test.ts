import { expect, test } from 'vitest'
import { type Unsaved, unsavedIn } from './unsaved'

const boxOf = (first?: string) => {
  const kept = new Map<string, string>(first === undefined ? [] : [['pms.housekeeping.unsaved', first]])
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  }
}
const tap = (roomId: string, mark: Unsaved['mark']): Unsaved => ({
  propertyId: 'p',
  roomId,
  roomNumber: roomId,
  mark,
  version: 1,
  key: `${roomId} ${mark}`,
})

test('what was not saved is there after a reload, the last tap of each room', () => {
  const box = boxOf()
  const taps = unsavedIn(box)
  taps.keep(tap('101', 'clean'))
  taps.keep(tap('102', 'clean'))
  taps.keep(tap('101', 'inspected'))
  taps.drop('103')
  expect(unsavedIn(box).get()).toEqual([tap('102', 'clean'), tap('101', 'inspected')])
  taps.drop('102')
  expect(unsavedIn(box).get()).toEqual([tap('101', 'inspected')])
})

test('what cannot be read, or is of another shape, is as if it were not there', () => {
  for (const text of ['', '{', '{}', '[null, 7, {"roomId":"101"}]'])
    expect(unsavedIn(boxOf(text)).get()).toEqual([])
  expect(unsavedIn(undefined).get()).toEqual([])
})

test('a device that keeps nothing still shows it', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('full')
    },
  }
  const taps = unsavedIn(full)
  taps.keep(tap('101', 'dirty'))
  expect(taps.get()).toEqual([tap('101', 'dirty')])
})
