import { expect, type Locator, type Page, type Request } from '@playwright/test'
import {
  codeOf,
  type Letter,
  linesOf,
  nameOf,
  names,
  signOf,
  type ToldCell,
  type ToldRow,
  written,
} from './drawing'
import type { Hotel } from './hotel'
import { wordsOf } from './words'

/** By which hand a test does what it does: both must come to the same. */
export const hands = ['pointer', 'keys'] as const
export type Hand = (typeof hands)[number]

/** A room or a lane, and a night counted from the business date: `101@2`, `STD@0`. */
export type At = `${string}@${number}`

interface Box {
  x: number
  y: number
  width: number
  height: number
}

function partsOf(at: At): { row: string; night: number } {
  const [row = '', night] = at.split('@')
  return { row, night: Number(night) }
}

/** The tape chart as a person has it before them: read as text, used by pointer or by keys. */
export class Tape {
  readonly page: Page
  readonly hotel: Hotel
  readonly grid: Locator
  private asking = 0
  private lastAnswer = 0

  constructor(page: Page, hotel: Hotel) {
    this.page = page
    this.hotel = hotel
    this.grid = page.getByRole('treegrid')
    page.on('request', (request) => {
      if (isAsking(request)) this.asking += 1
    })
    const answered = (request: Request) => {
      if (!isAsking(request)) return
      this.asking -= 1
      this.lastAnswer = Date.now()
    }
    page.on('requestfinished', answered)
    page.on('requestfailed', answered)
  }

  /** At the business date, unless `query` says otherwise. */
  async open(query = ''): Promise<this> {
    await this.page.goto(`/calendar?property=${this.hotel.id}${query}`)
    await this.isReady()
    return this
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await this.isReady()
  }

  async isReady(): Promise<void> {
    await expect(this.row('101')).toBeVisible()
    await this.settled()
  }

  /** Until nothing was asked of the server for a while. */
  async settled(ms = 300): Promise<void> {
    await expect
      .poll(() => this.asking === 0 && Date.now() - this.lastAnswer > ms, { intervals: [50] })
      .toBe(true)
  }

  /** Until nothing scrolls any more. */
  async stands(): Promise<void> {
    let last = Number.NaN
    const isSame = async () => {
      const before = last
      last = await this.grid.evaluate((grid) => grid.scrollLeft)
      return before === last
    }
    await expect.poll(isSame, { intervals: [250] }).toBe(true)
  }

  row(row: string): Locator {
    return this.grid
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: nameOf(row) }) })
      .first()
  }

  head(row: string): Locator {
    return this.row(row).getByRole('rowheader')
  }

  bar(letter: Letter): Locator {
    return this.grid.getByRole('gridcell', { name: new RegExp(`\\b${names[letter]}, `) }).first()
  }

  /** What is said for those who do not see it. */
  get spoken(): Locator {
    return this.page.locator('[aria-live=assertive]')
  }

  /** Answers with what was said since it was asked last. */
  async listen(): Promise<() => Promise<string[]>> {
    await this.spoken.evaluate((region) => {
      const heard: string[] = []
      const listener = new MutationObserver(() => heard.push(region.textContent.trim()))
      listener.observe(region, { childList: true, characterData: true, subtree: true })
      Object.assign(window, { heard })
    })
    return () => this.page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0))
  }

  notice(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: /Notices|notification/i }).getByText(text)
  }

  // Reading

  /** The rows that `like` has, as far as it draws them. */
  async drawn(like: string): Promise<string> {
    const { today, rows } = await this.told()
    const lines = linesOf(like).map(([row, { length }]): [string, string] => {
      const line = Array.from({ length }, () => '.')
      for (const cell of rows.filter(({ name }) => nameOf(row).test(name)).flatMap(({ cells }) => cells)) {
        const sign = signOf(cell)
        for (let n = 0; n < cell.span; n += 1) {
          const night = cell.column + n - today
          if (sign !== '.' && night >= 0 && night < length) line[night] = sign
        }
      }
      return [row, line.join('')]
    })
    return written(lines)
  }

  async shows(drawing: string, timeout = 10_000): Promise<void> {
    const wanted = written(linesOf(drawing))
    await expect.poll(() => this.drawn(drawing), { timeout, intervals: [20, 50, 100] }).toBe(wanted)
  }

  /** Also when all answers have come. */
  async keeps(drawing: string): Promise<void> {
    await this.shows(drawing)
    await this.settled()
    expect(await this.drawn(drawing)).toBe(written(linesOf(drawing)))
  }

  words(nights: number): Promise<string> {
    return wordsOf(this.grid, nights)
  }

  private told(): Promise<{ today: number; rows: ToldRow[] }> {
    return this.grid.evaluate((grid) => {
      const number = (element: Element, name: string) => Number(element.getAttribute(name) ?? 1)
      const name = (element: Element | null) => {
        const copy = element?.cloneNode(true) as Element | undefined
        for (const face of copy?.querySelectorAll('[aria-hidden=true]') ?? []) face.remove()
        return copy?.getAttribute('aria-label') ?? copy?.textContent ?? ''
      }
      const today = grid.querySelector('[aria-current=date]')
      const rows = [...grid.querySelectorAll('[role=row][aria-level="2"]')].map((row) => ({
        name: name(row.querySelector('[role=rowheader]')),
        index: number(row, 'aria-rowindex'),
        cells: [...row.querySelectorAll('[role=gridcell]')].map((cell) => ({
          name: name(cell),
          column: number(cell, 'aria-colindex'),
          span: number(cell, 'aria-colspan'),
          look: cell.className,
        })),
      }))
      return { today: today ? number(today, 'aria-colindex') : Number.NaN, rows }
    })
  }

  /** Where a stay is: its row among those that hold stays, and its first night. */
  private async placeOf(letter: Letter): Promise<{ n: number; row: ToldRow; night: number }> {
    const { today, rows } = await this.told()
    const isIt = (cell: ToldCell) => signOf(cell).toUpperCase() === letter
    const n = rows.findIndex((row) => row.cells.some(isIt))
    const row = rows[n]
    const cell = row?.cells.find(isIt)
    if (!row || !cell) throw new Error(`${names[letter]} is not on the chart`)
    return { n, row, night: cell.column - today }
  }

  // The pointer

  /** On the night itself: bars begin and end in the middle of a column, so that the later part of it is the night's. */
  async point(at: At): Promise<{ x: number; y: number }> {
    const { row, night } = partsOf(at)
    const box = await this.row(row).getByRole('rowheader').boundingBox()
    const place = await this.grid.evaluate((grid, nights) => {
      const today = Number(grid.querySelector('[aria-current=date]')?.getAttribute('aria-colindex'))
      const day = grid.querySelector(`[role=columnheader][aria-colindex="${today + nights}"]`)
      const { left, right, width } = day?.getBoundingClientRect() ?? new DOMRect()
      return getComputedStyle(grid).direction === 'rtl' ? right - width * 0.8 : left + width * 0.8
    }, night)
    if (!box) throw new Error(`${at} is not on the screen`)
    return { x: place, y: box.y + box.height / 2 }
  }

  async click(at: At): Promise<void> {
    const { x, y } = await this.point(at)
    await this.page.mouse.click(x, y)
  }

  /** Takes what is there and carries it, without letting go. */
  async take(from: At, to: At): Promise<void> {
    const [start, end] = [await this.point(from), await this.point(to)]
    await this.page.mouse.move(start.x, start.y)
    await this.page.mouse.down()
    await this.page.mouse.move(end.x, end.y, { steps: 6 })
  }

  async drag(from: At, to: At): Promise<void> {
    await this.take(from, to)
    await this.page.mouse.up()
  }

  private async dragEdge(letter: Letter, edge: 'start' | 'end', by: number): Promise<void> {
    return this.dragEdgeOf(await this.bar(letter).boundingBox(), edge, by)
  }

  private async dragEdgeOf(box: Box | null | undefined, edge: 'start' | 'end', by: number): Promise<void> {
    if (!box) throw new Error('what is to be stretched is not on the screen')
    const [one, two] = [await this.point('101@0'), await this.point('101@1')]
    const isRight = (edge === 'end') === two.x > one.x
    const x = isRight ? box.x + box.width - 6 : box.x + 6
    const y = box.y + box.height / 2
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + by * (two.x - one.x), y, { steps: 6 })
    await this.page.mouse.up()
  }

  // The keyboard

  async press(keys: string, times = 1): Promise<void> {
    for (let n = 0; n < times; n += 1) await this.page.keyboard.press(keys)
  }

  /** `m ArrowDown Enter`, on a night. */
  async keysAt(at: At, keys: string): Promise<void> {
    await this.focus(at)
    for (const key of keys.split(' ')) await this.press(key)
  }

  private async nights(by: number, modifiers = ''): Promise<void> {
    const isRightToLeft = (await this.page.locator('html').getAttribute('dir')) === 'rtl'
    await this.press(`${modifiers}${by > 0 === isRightToLeft ? 'ArrowLeft' : 'ArrowRight'}`, Math.abs(by))
  }

  private rows(by: number): Promise<void> {
    return this.press(by > 0 ? 'ArrowDown' : 'ArrowUp', Math.abs(by))
  }

  /** Back to where a test counts from. */
  async today(): Promise<void> {
    await this.settled()
    await this.stands()
    await this.press('t')
    await expect(this.grid.locator('[aria-current=date]')).toBeVisible()
    await expect(this.page).not.toHaveURL(/start=/)
    await this.settled()
  }

  /** Walks there over the head of the first type, on which every night is a cell of its own. */
  async focus(at: At): Promise<void> {
    const { row, night } = partsOf(at)
    const index = Number(await this.row(row).getAttribute('aria-rowindex'))
    const here = () =>
      this.grid.evaluate((grid) => {
        const cell = grid.ownerDocument.activeElement
        const number = (element: Element | null | undefined, name: string) =>
          Number(element?.getAttribute(name))
        const today = number(grid.querySelector('[aria-current=date]'), 'aria-colindex')
        return {
          isIn: cell !== grid && grid.contains(cell),
          isHead: cell?.getAttribute('role') === 'rowheader',
          row: number(cell?.closest('[role=row]'), 'aria-rowindex'),
          night: number(cell, 'aria-colindex') - today,
        }
      })
    if (!(await here()).isIn) await this.grid.locator('[tabindex="0"]').focus()
    if (Number.isNaN((await here()).night)) await this.today()
    await this.rows(2 - (await here()).row)
    await expect.poll(async () => (await here()).row).toBe(2)
    // From the head of a row the first step leads to the first night on screen.
    if ((await here()).isHead) await this.nights(1)
    await this.nights(night - (await here()).night)
    await this.rows(index - 2)
    await expect.poll(async () => (await here()).row).toBe(index)
  }

  // By either hand

  /** The stay's first night goes to `to`; onto a lane only the room goes. */
  async move(hand: Hand, letter: Letter, to: At): Promise<void> {
    const from = await this.placeOf(letter)
    const { row, night } = partsOf(to)
    const home = codeOf(from.row)
    if (hand === 'pointer') return this.drag(`${home}@${from.night}`, to)
    await this.focus(`${home}@${from.night}`)
    await this.press('m')
    const { rows } = await this.told()
    await this.rows(rows.findIndex((one) => nameOf(row).test(one.name)) - from.n)
    await this.nights(night - from.night)
    await this.press('Enter')
  }

  async resize(hand: Hand, letter: Letter, edge: 'start' | 'end', by: number): Promise<void> {
    if (hand === 'pointer') return this.dragEdge(letter, edge, by)
    const { row, night } = await this.placeOf(letter)
    await this.focus(`${codeOf(row)}@${night}`)
    await this.nights(by, edge === 'end' ? 'Shift+' : 'Alt+Shift+')
    await this.press('Enter')
  }

  /** By its night `from`, which goes to `to`; the room stays. */
  async moveBlock(hand: Hand, from: At, to: At): Promise<void> {
    if (hand === 'pointer') return this.drag(from, to)
    await this.focus(from)
    await this.press('m')
    await this.nights(partsOf(to).night - partsOf(from).night)
    await this.press('Enter')
  }

  /** Of the block that lies on the night `at`. */
  async resizeBlock(hand: Hand, at: At, edge: 'start' | 'end', by: number): Promise<void> {
    if (hand === 'keys') {
      await this.focus(at)
      await this.nights(by, edge === 'end' ? 'Shift+' : 'Alt+Shift+')
      return this.press('Enter')
    }
    const { x, y } = await this.point(at)
    const bar = await this.page.evaluateHandle(
      ({ x, y }) => document.elementFromPoint(x, y)?.closest('[data-item]'),
      { x, y },
    )
    await this.dragEdgeOf(await bar.asElement()?.boundingBox(), edge, by)
  }

  /** The menu of a bar, a block, a free night. */
  async menu(hand: Hand, at: At): Promise<Locator> {
    if (hand === 'pointer') {
      const { x, y } = await this.point(at)
      await this.page.mouse.click(x, y, { button: 'right' })
    } else {
      await this.focus(at)
      await this.press('Shift+F10')
    }
    const menu = this.page.getByRole('menu')
    await expect(menu).toBeVisible()
    return menu
  }

  async rowMenu(hand: Hand, row: string): Promise<Locator> {
    if (hand === 'pointer') await this.head(row).click({ button: 'right' })
    else {
      await this.focus(`${row}@0`)
      await this.press('Home')
      await expect(this.head(row)).toBeFocused()
      await this.press('Shift+F10')
    }
    const menu = this.page.getByRole('menu')
    await expect(menu).toBeVisible()
    return menu
  }

  async choose(hand: Hand, entry: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: entry })
    if (hand === 'pointer') return item.click()
    await expect(this.page.locator('[role=menuitem]:focus')).toBeVisible()
    for (let n = 0; n < 20 && !(await isFocused(item)); n += 1) await this.press('ArrowDown')
    await this.press('Enter')
    // The focus goes back as it closes: keys that were quicker would be lost on the way.
    await expect(this.page.getByRole('menu')).toBeHidden()
  }

  /** A button of the dialog that is open. */
  async answer(hand: Hand, name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true })
    await expect(button).toBeVisible()
    if (hand === 'pointer') return button.click()
    for (let n = 0; n < 30 && !(await isFocused(button)); n += 1) await this.press('Tab')
    await this.press('Enter')
  }
}

const isFocused = (element: Locator) => element.evaluate((one) => one === document.activeElement)

const isAsking = (request: Request) =>
  request.url().includes('/api/') && !/\/(stream|events)\b/.test(request.url())
