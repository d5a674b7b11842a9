import { describe, expect, test } from 'vitest'
import { dateOf } from './days'
import type { Bar } from './items'
import type { Model } from './model'
import { fits, freeRange, type Plan, planMove, planRange, planResize, planSplit, splitNights } from './rules'
import { type Drawn, FIRST, modelOf } from './testing/drawing'

/**
 * Plays commands on a drawing and writes down what is said of each, as the server's drawn calendars do:
 *
 *     move A -> 102 @2     booked (C 2–6)
 */
function judge(script: string, drawn: Drawn = {}): { said: string; expected: string } {
  const lines = script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const model = modelOf(lines.filter((line) => line.includes(' |')).join('\n'), drawn)
  const commands = lines.filter((line) => !line.includes(' |')).map((line) => line.split(/ {2,}/))
  const said = commands.map(([command = '']) => `${command}  ${outcome(planOf(model, command))}`)
  return { said: said.join('\n'), expected: commands.map((parts) => parts.join('  ')).join('\n') }
}

function planOf(model: Model, command: string): Plan {
  const [verb, who = '', ...words] = command.split(' ')
  const [id = '', piece = '1'] = who.split('.')
  const bar = model.stay(id)[Number(piece) - 1] as Bar
  const at = words.find((word) => word.startsWith('@'))
  const night = at ? FIRST + Number(at.slice(1)) : bar.from
  const target = words[words.indexOf('->') + 1] ?? ''
  const row = model.rows.find((one) => one.id === target || (one.kind === 'lane' && one.typeId === target))
  if (verb === 'resize') return planResize(model, bar, words[0] === 'left' ? 'start' : 'end', night)
  if (!row) throw new Error(`no such row: ${command}`)
  return verb === 'split' ? planSplit(model, bar, night, row) : planMove(model, bar, row, night)
}

function outcome({ action, why, asks }: Plan): string {
  if (!why) return [action ? 'ok' : 'nothing', ...asks].join(' ')
  const signs: Record<string, string> = { OUT_OF_ORDER: '#', MAINTENANCE: '%', HOUSE_USE: '+', HOLD: '~' }
  const by = why.by.map(
    (item) =>
      `${item.kind === 'stay' ? item.id : signs[item.blockType]} ${item.from - FIRST}–${item.to - FIRST}`,
  )
  const nights = 'date' in why.facts ? [`@${daysIn(why.facts.date as string)}`] : []
  const parts = [...by, ...nights]
  return parts.length > 0 ? `${why.code} (${parts.join(', ')})` : why.code
}

const daysIn = (date: string) =>
  Array.from({ length: 30 }, (_, n) => n).find((n) => dateOf(FIRST + n) === date)

describe('where a bar can be', () => {
  test('a bar is moved to where nobody is', () => {
    const { said, expected } = judge(`
      101 |AAA.BB.
      102 |..CCCC.
      103 |.......
      201 |.......
      move A -> 102 @2        booked (C 2–6)
      move C -> 101 @2        booked (A 0–3, B 4–6)
      move A -> 103           ok
      move A -> 101           nothing
      move A -> 101 @1        ok
      move A -> 101 @2        booked (B 4–6)
      move A -> 201 @9        ok
      move A -> 103 @-1       past
      move A -> 103 @2000     tooFar
      move A -> STD           ok`)
    expect(said).toBe(expected)
  })

  test('out of order is said before booked, and other blocks are in the way, too', () => {
    const { said, expected } = judge(`
      101 |AA.....
      102 |..B##..
      103 |....~..
      104 |....++.
      move A -> 102 @2        outOfOrder (B 2–3, # 3–5)
      move A -> 103 @3        blocked (~ 4–5)
      move A -> 104 @3        blocked (+ 4–6)`)
    expect(said).toBe(expected)
  })

  test('an edge goes as far as the next bar, and leaves a night', () => {
    const { said, expected } = judge(`
      101 |.AA.BB.
      resize A right @4       ok
      resize A right @5       booked (B 4–6)
      resize B left @3        ok
      resize B left @2        booked (A 1–3)
      resize A left @0        ok
      resize A left @3        tooShort
      resize A left @-1       past
      resize A right @1       tooShort
      resize A right @3       nothing`)
    expect(said).toBe(expected)
  })

  test('a guest in the house changes rooms from today on, and asks first', () => {
    const { said, expected } = judge(
      `
      101 |aaaaa..
      102 |BB.....
      103 |...CC..
      104 |dd.....
      move A -> 102           ok inHouse
      move A -> 103           booked (C 3–5)
      move A -> 102 @1        inHouseArrival
      move A -> STD           inHouseRoom
      resize A left @1        inHouseArrival
      resize A right @6       ok inHouse
      resize A right @3       ok inHouse
      resize A right @2       inHouseDeparture
      move D -> 103           nothingLeft`,
      { today: 2 },
    )
    expect(said).toBe(expected)
  })

  test('nobody who is in the house moves today into a room whose guest has not left', () => {
    const model = modelOf('101 |aaaaa..\n102 |bb...D.\n103 |....CC.\n104 |eeeee..', { today: 2 })
    const occupied = { status: 'OCCUPIED', isInspected: false, version: 2 }
    model.put([{ id: '102', version: 2, room: occupied }])
    const codeOf = (command: string) => planOf(model, command).why?.code
    expect(codeOf('move A -> 102')).toBe('occupied')
    expect(codeOf('split A -> 102 @2')).toBe('occupied')
    // Nor where somebody else comes later, who could move away.
    model.put([{ id: '103', version: 2, room: occupied }])
    expect(codeOf('move A -> 103')).toBe('occupied')
    // They change rooms with each other.
    model.put([{ id: '104', version: 2, room: occupied }])
    expect(codeOf('move A -> 104')).toBe('booked')
    // By then they are gone.
    expect(codeOf('split A -> 102 @3')).toBeUndefined()
    expect(codeOf('move C -> 102 @2')).toBeUndefined()
  })

  test('a stay that is over goes nowhere', () => {
    const { said, expected } = judge(
      `
      101 |AA.....
      102 |.......
      move A -> 102           terminal
      resize A right @3       terminal
      split A @1 -> 102       terminal`,
      { over: 'A' },
    )
    expect(said).toBe(expected)
  })

  test('a piece of a split stay changes its room alone, and its seam is no edge', () => {
    const { said, expected } = judge(`
      101 |AA.....
      102 |..BB...
      103 |..AA...
      104 |.......
      move A.2 -> 104         ok
      move A.2 -> 104 @3      pieceDates
      move A.2 -> 102         booked (B 2–4)
      resize A.1 right @3     seam
      resize A.2 left @1      seam
      resize A.2 right @5     ok
      split A.2 @3 -> 101     ok
      split A.2 @2 -> 101     ok`)
    expect(said).toBe(expected)
  })

  test('a split leaves a night on both sides', () => {
    const { said, expected } = judge(`
      101 |AAAA...
      102 |..BB...
      103 |.......
      split A @2 -> 102       booked (B 2–4)
      split A @0 -> 103       tooShort
      split A @4 -> 103       tooShort
      split A @2 -> 103       ok`)
    expect(said).toBe(expected)
  })

  test('who waits is assigned in any room, and the lane of another type is not his', () => {
    const { said, expected } = judge(`
      101 |AA.....
      201 |.......
      STD |.EE....
      move E -> 101           booked (A 0–2)
      move E -> 101 @3        ok
      move E -> 201           ok
      move E -> STD @3        ok
      move E -> STD           nothing
      move E -> SUITE         otherType
      resize E right @4       ok`)
    expect(said).toBe(expected)
  })

  test('an empty room that somebody waits for is not free for another type', () => {
    const { said, expected } = judge(`
      101 |.......
      201 |FFF....
      STD |.EE....
      move F -> 101           full (@1)
      move F -> 101 @3        ok
      move E -> 101           ok`)
    expect(said).toBe(expected)
  })

  test('a pinned stay asks before it leaves its room, not before it changes its dates', () => {
    const { said, expected } = judge(
      `
      101 |AA.....
      102 |.......
      move A -> 102           ok pinned
      move A -> STD           ok pinned
      move A -> 101 @2        ok`,
      { pinned: 'A' },
    )
    expect(said).toBe(expected)
  })
})

describe('rows and ranges', () => {
  test('rows in which a stay would not fit are known', () => {
    const model = modelOf('101 |AA..\n102 |.B..\n103 |....\nSTD |....')
    const bar = model.stay('A')[0] as Bar
    expect(model.rows.filter((row) => fits(model, bar, row)).map((row) => row.id)).toEqual([
      'lane:STD:0',
      '101',
      '103',
    ])
  })

  test('a range stops at what is in its way, and at today', () => {
    const model = modelOf('101 |.AA...BB..', { today: 0 })
    const row = model.row('101')
    if (!row) throw new Error('no row')
    const range = (anchor: number, head: number) => {
      const { from, to } = freeRange(model, row, FIRST + anchor, FIRST + head)
      return [from - FIRST, to - FIRST]
    }
    expect(range(4, 9)).toEqual([4, 6])
    expect(range(4, 0)).toEqual([3, 5])
    expect(range(9, 3)).toEqual([8, 10])
    expect(range(0, -3)).toEqual([0, 1])
    expect(planRange(model, row, { from: FIRST - 1, to: FIRST })?.code).toBe('past')
    expect(planRange(model, row, { from: FIRST + 1, to: FIRST + 2 })?.code).toBe('booked')
  })

  test('the second part of a guest in the house begins today at the earliest', () => {
    const model = modelOf('101 |aaaaa', { today: 3 })
    expect(splitNights(model, model.stay('A')[0] as Bar)).toEqual({ from: FIRST + 3, to: FIRST + 5 })
  })
})
