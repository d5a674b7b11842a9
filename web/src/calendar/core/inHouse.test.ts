import { describe, expect, test } from 'vitest'
import { dateOf } from './days'
import { datesBy, ghostOf, keptBy } from './hand'
import { leftDirty } from './notes'
import { Desk } from './testing/desk'
import { FIRST } from './testing/drawing'
import { labelOf } from './words'

const HOUSE = `
  101 |aaaaa..
  102 |BB.....
  103 |.......
  201 |.......`

const nights = (span: { from: number; to: number } | null) => span && [span.from - FIRST, span.to - FIRST]
const day = (night: number) => dateOf(FIRST + night)

describe('a guest in the house goes to another room', () => {
  test('only the nights from tonight on are carried, and the room keeps the others', () => {
    const desk = new Desk(HOUSE, { today: 2 }).down('101@1').move('102@1')
    expect(ghostOf(desk.state.hand!)).toMatchObject({ row: '102', why: null })
    expect(nights(ghostOf(desk.state.hand!).span)).toEqual([2, 5])
    expect(nights(keptBy(desk.state.hand!))).toEqual([0, 2])
    desk.move('101@1')
    expect(nights(ghostOf(desk.state.hand!).span)).toEqual([0, 5])
    expect(keptBy(desk.state.hand!)).toBeNull()
  })

  for (const hand of ['pointer', 'keys'] as const) {
    test(`by ${hand}: what is said is what moves, and the focus goes along`, () => {
      const desk = new Desk(HOUSE, { today: 2 })
      if (hand === 'pointer') desk.drag('101@1', '102@1')
      else desk.focus('101@1').press('m ArrowDown Enter')
      expect(desk.state.asked).toMatchObject({ kind: 'sure', questions: ['inHouse'] })
      desk.send({ type: 'answer', choice: 'yes' })
      expect(desk.focused).toBe('102@2')
      expect(desk.take('say').at(-1)?.messages[0]).toMatchObject({
        key: 'calendar.say.dropped',
        facts: {
          room: '102',
          from: day(2),
          to: day(5),
          nights: 3,
          home: '101',
          keptFrom: day(0),
          keptTo: day(2),
        },
      })
      const [task] = desk.take('do')
      expect(labelOf(task!.task.action, desk.model).facts).toMatchObject({
        toRoom: '102',
        toFrom: day(2),
        toTo: day(5),
        home: '101',
        keptFrom: day(0),
        keptTo: day(2),
      })
    })
  }

  test('the dates that are quoted are those of the whole stay, and only when they change', () => {
    const desk = new Desk(HOUSE, { today: 2 }).down('101@3').move('102@3')
    expect(datesBy(desk.state.hand!)).toBeNull()
    const longer = new Desk(HOUSE, { today: 2 }).focus('101@2').press('Shift+ArrowRight')
    expect(nights(datesBy(longer.state.hand!))).toEqual([0, 6])
    const earlier = new Desk('101 |..AA...').focus('101@2').press('m ArrowLeft')
    expect(nights(datesBy(earlier.state.hand!))).toEqual([1, 3])
    const shorter = new Desk('101 |..AAA..').focus('101@2').press('Alt+Shift+ArrowRight')
    expect(nights(datesBy(shorter.state.hand!))).toEqual([3, 5])
    const piece = new Desk('101 |AA.....\n102 |..AA...').down('102@2').move('103@2')
    expect(datesBy(piece.state.hand!)).toBeNull()
  })

  test('taken back, the room that was entered is told of', () => {
    const desk = new Desk(HOUSE, { today: 2 }).focus('101@2').press('m ArrowDown Enter')
    desk.send({ type: 'answer', choice: 'yes' })
    const [task] = desk.take('do')
    expect(leftDirty(labelOf(task!.task.action, desk.model))).toBe('102')
    const toCome = new Desk('101 |.BB....\n102 |.......').focus('101@1').press('m ArrowDown Enter')
    expect(leftDirty(labelOf(toCome.take('do')[0]!.task.action, toCome.model))).toBe('')
  })

  const ways: Record<string, (desk: Desk) => Desk> = {
    'Shift and an arrow': (desk) => desk.focus('101@2').press('Shift+ArrowRight Enter Enter'),
    'the edge': (desk) => desk.drag('101@5', '101@6', 'end'),
    'the key M': (desk) => desk.focus('101@2').press('m ArrowDown Enter Enter'),
    'the key S': (desk) => desk.focus('101@3').press('s ArrowDown Enter Enter'),
    'Move to … of the menu': (desk) =>
      desk
        .send({ type: 'take', item: 'A', at: FIRST + 2 })
        .down('102@2')
        .up('102@2'),
    'Split here of the menu': (desk) =>
      desk.send({ type: 'split', item: 'A', at: FIRST + 3 }).press('ArrowDown Enter Enter'),
  }
  for (const [way, go] of Object.entries(ways))
    test(`asked first: ${way}`, () => {
      const desk = go(new Desk(HOUSE, { today: 2 }))
      expect([desk.state.asked?.questions, desk.done]).toEqual([['inHouse'], []])
      desk.send({ type: 'answer', choice: 'yes' })
      expect(desk.done).toHaveLength(1)
    })

  test('who came today takes all nights along', () => {
    const desk = new Desk(HOUSE).focus('101@0').press('m ArrowDown ArrowDown')
    expect(desk.take('say').at(-1)?.messages[0]?.facts).not.toHaveProperty('home')
    expect(nights(ghostOf(desk.state.hand!).span)).toEqual([0, 5])
  })

  test('who arrived before what is loaded keeps the dates when keys carry it', () => {
    const desk = new Desk(HOUSE, { today: 2 })
    desk.controller.setView({ range: { from: FIRST + 1, to: FIRST + 7 } })
    desk.focus('101@2').press('m ArrowDown Enter')
    expect(desk.state.asked?.action).toMatchObject({ kind: 'move', from: FIRST })
  })
})

describe('what is otherwise about the room', () => {
  const dirty = (desk: Desk, room: string) =>
    desk.model.put([
      { id: room, version: 9, room: { status: 'VACANT_DIRTY', isInspected: false, version: 9 } },
    ])

  test('another type, and a room that is not clean when the guest comes tonight, are said and told', () => {
    const desk = new Desk(HOUSE.replace('103 |...', '103 |CC.'))
    dirty(desk, '201')
    desk.focus('103@0').press('m ArrowDown ArrowDown')
    expect(ghostOf(desk.state.hand!).row).not.toBe('103')
    while (ghostOf(desk.state.hand!).row !== '201') desk.press('ArrowDown')
    expect(desk.said).toEqual(['say.at', 'note.otherType', 'note.dirty'])
    desk.press('Enter')
    const [task] = desk.take('do')
    expect(labelOf(task!.task.action, desk.model).facts).toMatchObject({
      otherType: 'SUITE',
      wasType: 'STD',
      dirtyRoom: '201',
    })
  })

  test('a room of the same type that is cleaned by then is only a room', () => {
    const desk = new Desk('101 |.CC....\n102 |.......')
    dirty(desk, '102')
    desk.focus('101@1').press('m ArrowDown')
    expect(desk.said).toEqual(['say.at'])
  })
})
