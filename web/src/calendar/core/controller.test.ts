import { describe, expect, test, vi } from 'vitest'
import { ghostOf } from './hand'
import { Desk } from './testing/desk'
import { chartOf, drawnBy, FIRST } from './testing/drawing'

const HOUSE = `
  101 |AAA.BB.
  102 |..CCCC.
  103 |.......
  201 |.......
  STD |.DD....`

describe('with the pointer', () => {
  test('a click on an empty night begins a booking of one night', () => {
    const desk = new Desk(HOUSE).down('103@2').up('103@2')
    expect(desk.take('create')).toMatchObject([
      { roomId: '103', typeId: 'STD', from: FIRST + 2, to: FIRST + 3, key: 'key1' },
    ])
    expect(desk.focused).toBe('103@2')
  })

  test('a drag over empty nights begins one of all of them, and not across a bar', () => {
    const desk = new Desk(HOUSE).drag('102@0', '102@5').drag('103@4', '103@2').drag('STD@0', 'STD@1')
    expect(desk.take('create')).toMatchObject([
      { roomId: '102', from: FIRST, to: FIRST + 2 },
      { roomId: '103', from: FIRST + 2, to: FIRST + 5 },
      { roomId: null, typeId: 'STD', from: FIRST, to: FIRST + 2 },
    ])
  })

  test('with Alt it takes the room off the market', () => {
    const desk = new Desk(HOUSE).drag('103@1', '103@3', 'body', true)
    expect(desk.take('block')).toMatchObject([{ roomId: '103', from: FIRST + 1, to: FIRST + 4 }])
    expect(desk.take('create')).toEqual([])
  })

  test('nothing begins in the past', () => {
    const desk = new Desk(HOUSE, { today: 3 }).down('103@2').up('103@2')
    expect(desk.take('create')).toEqual([])
    expect(desk.said).toEqual(['why.past'])
  })

  test('a bar goes where it is dropped, and the night that was grabbed stays under the pointer', () => {
    const desk = new Desk(HOUSE).down('102@4').move('103@3')
    expect(ghostOf(desk.state.hand!)).toEqual({
      row: '103',
      span: { from: FIRST + 1, to: FIRST + 5 },
      why: null,
    })
    desk.up('103@3')
    expect(desk.done).toEqual(['move C 103 @1'])
    expect(desk.state.hand).toBeNull()
    expect(desk.focused).toBe('103@1')
  })

  test('out of a menu it follows the pointer, and a click straight below keeps the dates', () => {
    const desk = new Desk(HOUSE).send({ type: 'take', item: 'C', at: FIRST + 3 }).move('103@3')
    expect(ghostOf(desk.state.hand!)).toMatchObject({ row: '103', span: { from: FIRST + 2 } })
    desk.down('103@3').up('103@3')
    expect(desk.done).toEqual(['move C 103 @2'])
  })

  test('a drag is computed from where it began, however it got there', () => {
    const desk = new Desk(HOUSE).down('102@4')
    for (const at of ['103@6', '101@0', '201@6', '103@4']) desk.move(at)
    expect(ghostOf(desk.state.hand!).span).toEqual({ from: FIRST + 2, to: FIRST + 6 })
  })

  test('down to another room with a little drift over the line of a day, and the dates stay', () => {
    const desk = new Desk(HOUSE)
    const send = (type: 'down' | 'move' | 'up', place: string, inline: number) => {
      const spot = { ...desk.spot(place), inline }
      const view = { inline: 500, block: 300, viewInline: 1000, viewBlock: 600 }
      if (type === 'down') desk.send({ type, at: spot, pointer: 'mouse', alt: false, button: 0 })
      else if (type === 'move') desk.send({ type, at: spot, place: view })
      else desk.send({ type, at: spot })
    }
    // A night is 40 pixels wide: the fourth ends at 160.
    send('down', '102@3', 156)
    send('move', '103@4', 167)
    expect(ghostOf(desk.state.hand!)).toMatchObject({ row: '103', span: { from: FIRST + 2 } })
    send('move', '103@4', 169)
    expect(ghostOf(desk.state.hand!)).toMatchObject({ row: '103', span: { from: FIRST + 3 } })
    send('move', '103@4', 164)
    send('up', '103@4', 164)
    expect(desk.done).toEqual(['move C 103 @2'])
    // An edge goes as far as it is drawn.
    desk.down('101@3', 'end')
    send('move', '101@4', 128)
    send('up', '101@4', 128)
    expect(desk.done).toEqual(['resize A end @4'])
  })

  test('the version is the one that was seen, and the key the one of the drag', () => {
    const desk = new Desk(HOUSE).down('101@0').move('103@0')
    desk.model.patch(chartOf(HOUSE, { revision: 2, versions: { A: 7 } }))
    desk.up('103@0')
    expect(desk.take('do')).toMatchObject([{ task: { versions: { A: 1 }, key: 'key1' } }])
  })

  test('a change from outside leaves the bar in hand alone, and shows when it is let go', () => {
    const desk = new Desk(HOUSE).down('101@0').move('103@0')
    const other = HOUSE.replace('AAA.BB.', '....BB.').replace('201 |...', '201 |AAA')
    desk.model.patch(chartOf(other, { revision: 2, versions: { A: 2 } }))
    expect(drawnBy(desk.model, 7)).toContain('101 |AAA.BB.')
    desk.press('Escape')
    expect(drawnBy(desk.model, 7)).toContain('201 |AAA....')
    expect(desk.done).toEqual([])
  })

  test('where it cannot be, it says why and goes back', () => {
    const desk = new Desk(HOUSE.replace('103 |...', '103 |##.')).drag('101@0', '103@0')
    expect(desk.done).toEqual([])
    expect(desk.said).toEqual(['why.outOfOrder'])
    expect(desk.state.hand).toBeNull()
  })

  test('back where it was is nothing', () => {
    const desk = new Desk(HOUSE).down('101@0').move('103@0').move('101@0').up('101@0')
    expect([desk.done, desk.said]).toEqual([[], ['say.unchanged']])
  })

  test('a click is not a drag', () => {
    const desk = new Desk(HOUSE).down('101@1').up('101@1')
    expect(desk.take('open')).toEqual([{ kind: 'open', item: 'A' }])
    expect(desk.done).toEqual([])
  })

  test('an edge is dragged, to no less than a night', () => {
    const desk = new Desk(HOUSE)
      .drag('101@3', '101@4', 'end')
      .drag('102@2', '102@0', 'start')
      .drag('102@6', '102@1', 'end')
    expect(desk.done).toEqual(['resize A end @4', 'resize C start @0', 'resize C end @3'])
  })

  test('over the next bar it is refused', () => {
    const desk = new Desk(HOUSE).drag('101@3', '101@5', 'end')
    expect([desk.done, desk.said]).toEqual([[], ['why.booked']])
  })

  test('of a guest in the house only the right edge moves, and that asks first', () => {
    const desk = new Desk('101 |aaa....\n102 |.......', { today: 1 })
    desk.down('101@0', 'start').move('101@1')
    expect([desk.state.hand, desk.said]).toEqual([null, ['why.inHouseArrival']])
    desk.send({ type: 'cancel' }).drag('101@3', '101@5', 'end')
    expect(desk.done).toEqual([])
    expect(desk.state.asked).toMatchObject({ kind: 'sure', questions: ['inHouse'] })
    desk.send({ type: 'answer', choice: 'yes' })
    expect(desk.done).toEqual(['resize A end @5'])
    desk.drag('101@0', '102@0').send({ type: 'answer', choice: 'no' })
    expect([desk.done, desk.state.hand, desk.state.asked]).toEqual([[], null, null])
  })

  test('what is over does not come off the page', () => {
    const desk = new Desk(HOUSE, { over: 'A' }).drag('101@0', '103@0').drag('101@3', '101@4', 'end')
    expect([desk.done, desk.said]).toEqual([[], ['why.terminal']])
  })

  test('from the lane onto a room and back', () => {
    const desk = new Desk(HOUSE).drag('STD@1', '103@1').drag('STD@1', '103@2').drag('101@1', 'STD@5')
    expect(desk.done).toEqual(['assign D 103', 'move D 103 @2', 'unassign A'])
  })

  test('who may not is told', () => {
    const desk = new Desk(HOUSE, { forbidden: ['pms.calendar.move', 'pms.reservations.create'] })
    desk.drag('101@0', '103@0').drag('103@0', '103@1').drag('101@3', '101@4', 'end')
    expect(desk.done).toEqual(['resize A end @4'])
    expect(desk.take('create')).toEqual([])
  })

  test('what waits for its answer is not taken again', () => {
    const desk = new Desk(HOUSE)
    desk.model.begin('k', [{ id: 'A', items: desk.model.stay('A') }])
    desk.drag('101@0', '103@0')
    expect([desk.done, desk.said]).toEqual([[], ['why.saving']])
  })

  test('near an edge it asks to scroll, and stops when it is let go', () => {
    const desk = new Desk(HOUSE).down('101@0').move('103@0', { block: 590 })
    expect(desk.state.pull.block).toBeGreaterThan(0)
    desk.up('103@0')
    expect(desk.state.pull).toEqual({ inline: 0, block: 0 })
  })

  test('what is taken near an edge does not scroll until it is carried nearer, or comes back to it', () => {
    const desk = new Desk(HOUSE)
    const pull = (inline: number) => desk.move('103@0', { inline }).state.pull.inline
    desk.down('101@0')
    // Straight down from 20 pixels beside the edge, with the tremble of a hand.
    expect([pull(20), pull(14), pull(26)]).toEqual([0, 0, 0])
    expect(pull(6)).toBeLessThan(0)
    desk.up('101@0')
    desk.down('101@0')
    expect([pull(20), pull(300)]).toEqual([0, 0])
    expect(pull(20)).toBeLessThan(0)
  })

  test('a finger scrolls, unless it rests first', () => {
    const desk = new Desk(HOUSE).down('101@0', 'body', false, 'touch').move('103@0').up('103@0')
    expect([desk.done, desk.take('open')]).toEqual([[], []])
    desk.down('101@0', 'body', false, 'touch').send({ type: 'longPress' }).move('103@0').up('103@0')
    expect(desk.done).toEqual(['move A 103 @0'])
  })

  test('a finger that rests and lifts again wants the menu, of whatever is under it', () => {
    const desk = new Desk(`${HOUSE}\n104 |.##`, { over: 'B' })
    const rest = (at: string, part: 'body' | 'head' = 'body') =>
      desk.down(at, part, false, 'touch').send({ type: 'longPress' })
    rest('101@1').up('101@1')
    rest('103@1').up('103@1')
    rest('104@1').up('104@1')
    rest('101@4').up('101@4')
    rest('102@0', 'head').up('102@0')
    expect(
      desk
        .take('menu')
        .map(({ item, cell }) => item ?? `${cell.row}@${cell.night === null ? 'head' : cell.night - FIRST}`),
    ).toEqual(['A', '103@1', `block:#104${FIRST + 1}`, 'B', '102@head'])
    expect([desk.done, desk.take('create'), desk.state.hand, desk.state.rested]).toEqual([[], [], null, null])
    expect(desk.model.isPending('A')).toBe(false)
    rest('101@1').move('103@1').up('103@1')
    expect([desk.done, desk.take('menu')]).toEqual([['move A 103 @0'], []])
  })
})

describe('a block', () => {
  const BLOCKS = '101 |.##..B.\n102 |.......'
  const id = `#101${FIRST + 1}`

  test('goes along its room and stretches; into another room it does not go', () => {
    const desk = new Desk(BLOCKS).drag('101@2', '102@3')
    expect(desk.done).toEqual([`changeBlock ${id} @2 @4`])
    expect(desk.focused).toBe('101@2')
    desk.drag('101@3', '101@4', 'end').drag('101@1', '101@0', 'start').drag('101@3', '101@0', 'end')
    expect(desk.done).toEqual([`changeBlock ${id} @4`, `changeBlock ${id} @0`, `changeBlock ${id} @2`])
    desk.press('Escape')
  })

  test('is refused where others are, and where the days are over', () => {
    const desk = new Desk(BLOCKS).drag('101@1', '101@4')
    expect([desk.done, desk.said]).toEqual([[], ['why.booked']])
    const late = new Desk(BLOCKS, { today: 1 }).drag('101@1', '101@0')
    expect([late.done, late.said]).toEqual([[], ['why.blockPast']])
    const begun = new Desk(BLOCKS, { today: 2 }).drag('101@1', '101@2')
    expect([begun.done, begun.said]).toEqual([[], ['why.blockBegun']])
    begun.drag('101@3', '101@4', 'end')
    expect(begun.done).toEqual([`changeBlock ${id} @4`])
    const over = new Desk(BLOCKS, { today: 3 }).drag('101@3', '101@4', 'end')
    expect([over.done, over.said]).toEqual([[], ['why.blockOver']])
    const reader = new Desk(BLOCKS, { forbidden: ['pms.calendar.move'] }).drag('101@1', '101@2')
    expect([reader.done, reader.said]).toEqual([[], ['why.notAllowed']])
  })

  test('comes to the same by keys, and each step is said', () => {
    const desk = new Desk(BLOCKS).focus('101@1').press('m')
    expect(desk.said).toEqual(['say.taken.block'])
    desk.press('ArrowDown ArrowRight')
    expect(desk.said).toEqual(['say.at'])
    desk.press('Enter')
    desk.focus('101@1').press('Shift+ArrowRight ArrowRight Enter')
    desk.focus('101@1').press('Alt+Shift+ArrowLeft Enter')
    desk.focus('101@1').press('m ArrowRight ArrowRight ArrowRight Enter')
    expect(desk.done).toEqual([`changeBlock ${id} @2 @4`, `changeBlock ${id} @5`, `changeBlock ${id} @0`])
    expect(desk.said).toEqual(['why.booked', 'say.escape'])
    desk.press('Escape')
    expect([desk.state.hand, desk.focused]).toEqual([null, '101@1'])
  })
})

describe('dropped where others are', () => {
  test('rooms can be swapped, or the other goes to a free room', () => {
    const house = '101 |.AA....\n102 |..BB...\n103 |.......'
    const desk = new Desk(house).drag('101@1', '102@1')
    expect(desk.state.asked).toMatchObject({ kind: 'occupied', offers: { moves: [{ roomId: '103' }] } })
    expect(desk.state.hand).not.toBeNull()
    desk.send({ type: 'answer', choice: 'swap' })
    desk.drag('101@1', '102@1').send({ type: 'answer', choice: 'displace' })
    expect(desk.done).toEqual(['swap A B', 'move B 103 @2 + move A 102 @1'])
  })

  test('with other dates there is no swap, and for several each gets a room', () => {
    const house = '101 |AAAA...\n102 |.BB....\n103 |...CC..\n104 |.......'
    const desk = new Desk(house).drag('101@0', '102@1')
    expect(desk.state.asked?.offers).toMatchObject({ swap: null })
    desk
      .send({ type: 'answer', choice: 'no' })
      .drag('101@0', '103@1')
      .send({ type: 'answer', choice: 'displace' })
    expect(desk.done).toEqual(['move C 102 @3 + move A 103 @1'])
  })

  test('who is in the house or pinned stays, and blocks do not move', () => {
    for (const [house, drawn] of [
      ['101 |AA.\n102 |bb.\n103 |...', {}],
      ['101 |AA.\n102 |.##\n103 |...', {}],
    ] as const) {
      const desk = new Desk(house, drawn).drag('101@0', '102@0')
      expect([desk.state.asked, desk.done]).toEqual([null, []])
    }
    const desk = new Desk('101 |AA.\n102 |.BB\n103 |...', { pinned: 'B' }).drag('101@0', '102@0')
    expect(desk.state.asked?.offers).toMatchObject({ displace: null })
  })

  test('when there is nowhere to go it is refused', () => {
    const desk = new Desk('101 |AAA\n102 |BB.').drag('101@0', '102@1')
    expect([desk.state.asked, desk.said]).toEqual([null, ['why.booked']])
  })
})

describe('pointer and keyboard', () => {
  test('come to the same', () => {
    const pairs: [(desk: Desk) => Desk, (desk: Desk) => Desk][] = [
      [
        (desk) => desk.drag('101@0', '103@2'),
        (desk) => desk.focus('101@0').press('m ArrowDown ArrowDown ArrowRight ArrowRight Enter'),
      ],
      [
        (desk) => desk.drag('102@6', '102@4', 'end'),
        (desk) => desk.focus('102@2').press('Shift+ArrowLeft ArrowLeft Enter'),
      ],
      [(desk) => desk.drag('STD@1', '103@1'), (desk) => desk.focus('STD@1').press('m Ctrl+ArrowDown Enter')],
      [(desk) => desk.drag('101@0', 'STD@0'), (desk) => desk.focus('101@0').press('m ArrowUp Enter')],
    ]
    for (const [byPointer, byKeys] of pairs) {
      const tasks = [byPointer, byKeys].map((act) => act(new Desk(HOUSE)).take('do'))
      expect(tasks[0]).toEqual(tasks[1])
      expect(tasks[0]).toHaveLength(1)
    }
  })

  test('attached twice and left once, everything is done once', () => {
    const desk = new Desk(HOUSE)
    const perform = vi.fn()
    const leave = [desk.controller.attach(perform), desk.controller.attach(perform)]
    leave[0]?.()
    leave[0]?.()
    desk.down('101@1').up('101@1')
    expect(perform).toHaveBeenCalledTimes(1)
    leave[1]?.()
  })

  test('when the last one leaves, the hand opens', () => {
    const desk = new Desk(HOUSE).down('101@0').move('103@0')
    desk.model.patch(chartOf(HOUSE.replace('AAA.BB.', '.AAABB.'), { revision: 2, versions: { A: 2 } }))
    expect(drawnBy(desk.model, 7)).toContain('101 |AAA.BB.')
    desk.leave()
    expect([desk.state.hand, desk.state.press]).toEqual([null, null])
    expect(drawnBy(desk.model, 7)).toContain('101 |.AAABB.')
  })
})
