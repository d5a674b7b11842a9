import { describe, expect, test } from 'vitest'
import { ghostOf } from './hand'
import { KEY_HELP } from './keys'
import { Desk } from './testing/desk'
import { FIRST } from './testing/drawing'

const HOUSE = `
  101 |AAA.BB.
  102 |..CCCC.
  103 |.......
  201 |.......
  STD |.DD....`

describe('with the keyboard', () => {
  test('arrows walk from cell to cell, and a bar is one', () => {
    const desk = new Desk(HOUSE).focus('101@0').press('ArrowRight')
    expect(desk.focused).toBe('101@3')
    desk.press('ArrowRight')
    expect(desk.focused).toBe('101@4')
    desk.press('ArrowDown')
    expect(desk.focused).toBe('102@4')
    desk.press('ArrowLeft')
    expect(desk.focused).toBe('102@1')
    desk.press('ArrowLeft ArrowLeft ArrowLeft')
    expect(desk.focused).toBe('102@head')
    desk.press('ArrowRight')
    expect(desk.focused).toBe('102@0')
  })

  test('Home and End, with Ctrl to the corners, and pages', () => {
    const desk = new Desk(HOUSE).focus('102@3').press('End')
    expect(desk.focused).toBe('102@6')
    desk.press('Ctrl+Home')
    expect(desk.focused).toBe('type:STD@head')
    desk.press('Ctrl+End')
    expect(desk.focused).toBe('201@6')
    desk.press('PageUp')
    expect(desk.focused).toBe('103@6')
    desk.press('Home PageDown PageDown')
    expect(desk.focused).toBe('201@head')
  })

  test('End is the last night on screen, however far the axis goes', () => {
    const desk = new Desk(HOUSE).focus('103@1')
    desk.controller.setView({ start: FIRST + 1, nightsSeen: 4 })
    for (const key of ['End', 'End', 'Ctrl+End'])
      expect(desk.press(key).focused).toBe(key === 'End' ? '103@4' : '201@4')
  })

  test('Home is the head of the row, whatever nights are on screen, and its menu is the one of the room', () => {
    const desk = new Desk(HOUSE).focus('103@5')
    desk.controller.setView({ start: FIRST + 4 })
    desk.take('scroll')
    desk.press('Home')
    expect([desk.focused, desk.take('scroll')]).toEqual([
      '103@head',
      [{ kind: 'scroll', cell: { row: '103', night: null } }],
    ])
    desk.press('Shift+F10 ArrowRight')
    expect(desk.take('menu')).toMatchObject([{ item: null, cell: { row: '103', night: null } }])
    expect(desk.focused).toBe('103@4')
  })

  test('a group opens and closes from its head', () => {
    const desk = new Desk(HOUSE).focus('type:STD@0').press('ArrowLeft ArrowLeft')
    expect(desk.controller.rows.map((row) => row.id)).toEqual([
      'type:STD',
      'type:SUITE',
      'lane:SUITE:0',
      '201',
    ])
    desk.press('ArrowDown')
    expect(desk.focused).toBe('type:SUITE@head')
    desk.press('ArrowUp ArrowRight')
    expect(desk.controller.rows).toBe(desk.model.rows)
  })

  test('the request for focus waits until the cell is drawn, and answers no other', () => {
    const desk = new Desk(HOUSE).press('Ctrl+End')
    const request = desk.state.focusRequest
    expect(request).not.toBeNull()
    desk.controller.setView({ start: FIRST + 1 })
    desk.move('101@0')
    expect(desk.state.focusRequest).toBe(request)
    desk.press('Home').send({ type: 'focused', request: request ?? 0 })
    expect(desk.state.focusRequest).not.toBeNull()
    desk.send({ type: 'focused', request: desk.state.focusRequest ?? 0 })
    expect(desk.state.focusRequest).toBeNull()
    desk.press('End')
    expect(desk.state.focusRequest).toBeGreaterThan(request ?? 0)
  })

  test('M takes a bar, arrows carry it, Enter drops it, and each step is said', () => {
    const desk = new Desk(HOUSE).focus('101@1').press('m')
    expect(desk.said).toEqual(['say.taken.move'])
    desk.press('ArrowDown')
    expect(desk.said).toEqual(['say.at', 'why.booked'])
    desk.press('ArrowDown')
    expect(desk.said).toEqual(['say.at'])
    desk.press('ArrowRight Enter')
    expect(desk.done).toEqual(['move A 103 @1'])
    expect(desk.focused).toBe('103@1')
  })

  test('where it cannot be, Enter says why and keeps it in hand; Escape puts it back', () => {
    const desk = new Desk(HOUSE.replace('103 |...', '103 |##.'))
      .focus('101@0')
      .press('m ArrowDown ArrowDown Enter')
    expect([desk.done, desk.said]).toEqual([[], ['why.outOfOrder', 'say.escape']])
    // What it was pressed for is not done, and the way out is said again.
    expect(desk.press('m').said).toEqual(['why.outOfOrder', 'say.escape'])
    expect(desk.take('command')).toEqual([])
    expect(desk.state.hand).not.toBeNull()
    desk.press('Escape')
    expect([desk.state.hand, desk.said, desk.focused]).toEqual([null, ['say.cancelled'], '101@0'])
  })

  test('Ctrl+Z takes back what is in hand, and nothing before it; another key says the way out', () => {
    const desk = new Desk(HOUSE).focus('101@0').press('m')
    expect(desk.press('p').said).toEqual(['say.escape'])
    desk.press('Ctrl+z')
    expect([desk.state.hand, desk.said, desk.focused]).toEqual([null, ['say.cancelled'], '101@0'])
    expect(desk.take('command')).toEqual([])
  })

  test('Ctrl and an arrow finds the next room that fits, over types, and says when there is none', () => {
    const desk = new Desk(HOUSE.replace('103 |...', '103 |X..')).focus('101@0').press('m Ctrl+ArrowDown')
    expect(ghostOf(desk.state.hand!).row).toBe('201')
    desk.press('Ctrl+ArrowDown')
    expect(desk.said).toEqual(['say.noOtherRoom'])
    desk.press('Enter')
    expect(desk.done).toEqual(['move A 201 @0'])
  })

  test('onto an occupied range it offers the same as a drop', () => {
    const desk = new Desk('101 |AA.\n102 |.BB\n103 |...').focus('101@0').press('m ArrowDown Enter')
    expect(desk.state.asked?.kind).toBe('occupied')
    desk.send({ type: 'answer', choice: 'swap' })
    expect(desk.done).toEqual(['swap A B'])
  })

  test('Shift and an arrow stretches, with Alt the arrival', () => {
    const desk = new Desk(HOUSE).focus('101@0').press('Shift+ArrowRight Enter')
    desk
      .focus('102@2')
      .press('Alt+Shift+ArrowLeft ArrowLeft Enter')
      .focus('102@2')
      .press('Shift+ArrowLeft Shift+ArrowLeft ArrowLeft ArrowLeft Enter')
    expect(desk.done).toEqual(['resize A end @4', 'resize C start @0', 'resize C end @3'])
  })

  test('Enter opens or begins, Shift and arrows begin a range, Alt makes it a block', () => {
    const desk = new Desk(HOUSE)
      .focus('101@1')
      .press('Enter')
      .focus('103@1')
      .press('Enter Alt+Enter Shift+ArrowRight ArrowRight Enter')
    desk.press('Alt+Shift+ArrowRight Enter Shift+ArrowLeft Escape')
    expect(desk.take('open')).toMatchObject([{ item: 'A' }])
    expect(desk.take('create').map(({ from, to }) => [from - FIRST, to - FIRST])).toEqual([
      [1, 2],
      [1, 4],
    ])
    expect(desk.take('block').map(({ from, to }) => [from - FIRST, to - FIRST])).toEqual([
      [1, 2],
      [1, 3],
    ])
  })

  test('S splits: arrows choose the night and the room', () => {
    const desk = new Desk(HOUSE).focus('101@0').press('s ArrowRight ArrowLeft Ctrl+ArrowDown Enter')
    expect(desk.done).toEqual(['split A @1 103'])
    desk.send({ type: 'split', item: 'C', at: FIRST + 4 }).press('ArrowDown Enter')
    expect(desk.done).toEqual(['split C @4 103'])
  })

  test('U takes the room away, P pins, Delete does nothing', () => {
    const desk = new Desk(HOUSE).focus('101@0').press('p Delete Backspace u')
    expect(desk.done).toEqual(['pin A true', 'unassign A'])
  })

  test('keys of the page come out as commands, and not while something is in hand', () => {
    const desk = new Desk(HOUSE).focus('101@0').press('t n / ? [ ] d Ctrl+z Ctrl+Shift+Z Ctrl+y Ctrl+n')
    const commands = () => desk.take('command').map(({ command }) => command)
    expect(commands()).toEqual([
      'today',
      'new',
      'find',
      'help',
      'earlier',
      'later',
      'goToDate',
      'undo',
      'redo',
      'redo',
    ])
    desk.press('m n Ctrl+z')
    expect(commands()).toEqual([])
  })

  test('from right to left the arrows point the other way', () => {
    const desk = new Desk(HOUSE, { view: { isRightToLeft: true } }).focus('103@2').press('ArrowLeft')
    expect(desk.focused).toBe('103@3')
    desk.focus('101@0').press('Shift+ArrowLeft Enter')
    expect(desk.done).toEqual(['resize A end @4'])
  })

  test('menus open on what has the focus', () => {
    const desk = new Desk(HOUSE).focus('101@0').press('Shift+F10 ArrowLeft Enter')
    expect(desk.take('menu')).toMatchObject([
      { item: 'A' },
      { item: null, cell: { row: '101', night: null } },
    ])
  })

  test('every key of the help has words of its own', () => {
    expect(new Set(KEY_HELP.map((help) => help.what)).size).toBe(KEY_HELP.length)
  })
})
