/** One measurement of one chart: everything that the table says of it, by real input. */
import type { APIRequestContext, BrowserContext } from '@playwright/test'
import { pause, type Tab } from './browser.ts'
import type { Front } from './front.ts'
import { median } from './median.ts'
import { type Point, type Side, settled } from './sides.ts'

export interface Sample {
  paintMs: number
  elements: number
  heapMb: number
  scrollMs: number
  frames: number
  blank: number
  longestMs: number
  freshDragMs: number
  freshUpdateMs: number
  dragMs: number
  updateMs: number
  manyMs: number
  /** From the call of the API until it is on the screen of another; of ours alone. */
  livedMs: number | null
  livedManyMs: number | null
}

export const WHEEL_PX_PER_S = 3_000
const DRAG_STEPS = 50
/** The first paint is the one figure of the clock on the wall, and of one moment: what else the machine does meets it most. */
const LOADS = 3
const DRAGS = 3
const MANY = 50

export async function measure(
  side: Side,
  days: number,
  context: BrowserContext,
  front: Front,
  what: 'everything' | 'scrolling alone' = 'everything',
): Promise<Sample> {
  const tab = await side.open(context, front.url, days)
  const paints = [await firstPaint(tab)]
  await settled(tab)
  const isAll = what === 'everything'
  const fresh = isAll ? await afresh(tab, side, context, front) : {}
  const scroll = await scrolling(tab)
  await settled(tab)
  const used = isAll ? await inUse(tab, side, context, front) : {}
  await tab.page.close()
  while (isAll && paints.length < LOADS) {
    const again = await side.open(context, front.url, days)
    paints.push(await firstPaint(again))
    await settled(again)
    await again.page.close()
  }
  return { ...NOTHING, paintMs: median(paints), ...fresh, ...scroll, ...used }
}

/** What is not measured of every chart. */
const NOTHING = {
  elements: Number.NaN,
  heapMb: Number.NaN,
  freshDragMs: Number.NaN,
  freshUpdateMs: Number.NaN,
  dragMs: Number.NaN,
  updateMs: Number.NaN,
  manyMs: Number.NaN,
  livedMs: null,
  livedManyMs: null,
}

/** At the first rooms, before anything else was looked at. */
async function afresh(tab: Tab, side: Side, context: BrowserContext, front: Front) {
  const elements = await elementsAmidst(tab)
  const heapMb = await tab.heapMb()
  const freshDragMs = await drag(tab)
  const { work: freshUpdateMs } = await updated(tab, side, context.request, front, 1)
  return { elements, heapMb, freshDragMs, freshUpdateMs }
}

/** Where the wheel has ended, as in the course of a day: what a chart has drawn and kept meanwhile, it carries along. */
async function inUse(tab: Tab, side: Side, context: BrowserContext, front: Front) {
  const dragMs = await drag(tab)
  const one = await updated(tab, side, context.request, front, 1)
  const many = await updated(tab, side, context.request, front, MANY)
  // The peer's page is as quick to hear as we wrote it.
  const lived = side.name === 'ours' ? { livedMs: one.lived, livedManyMs: many.lived } : {}
  return { dragMs, updateMs: one.work, manyMs: many.work, ...lived }
}

/** From the moment that the last byte of the answer has come until all that is in sight is on the screen. */
function firstPaint(tab: Tab): Promise<number> {
  return tab.page.evaluate(async () => {
    const at = await window.bench.painted
    // The browser writes down when the answer came some time after it has handed it over.
    for (let tries = 0; tries < 100; tries += 1) {
      const answers = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      const answer = answers.find(({ name }) => name.includes('/calendar?'))
      if (answer) return at - answer.responseEnd
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('no answer with a chart')
  })
}

/** In the middle of the chart, where rows are drawn ahead on both sides. */
async function elementsAmidst(tab: Tab): Promise<number> {
  const scrollTo = (share: number) =>
    tab.page.evaluate((part) => {
      const view = document.querySelector(window.bench.look?.scroller ?? '')
      if (view) view.scrollTop = part * view.scrollHeight
    }, share)
  await scrollTo(0.5)
  await settled(tab)
  const elements = await tab.elements()
  await scrollTo(0)
  await settled(tab)
  return elements
}

async function scrolling(tab: Tab) {
  const way = await tab.page.evaluate(() => {
    const view = document.querySelector(window.bench.look?.scroller ?? '')
    if (!view) throw new Error('nothing that scrolls')
    view.scrollTop = 0
    const { left, top, width, height } = view.getBoundingClientRect()
    return { x: left + width / 2, y: top + height / 2, distance: view.scrollHeight - view.clientHeight }
  })
  await settled(tab)
  await tab.page.evaluate(() => window.bench.countFrames())
  const before = await tab.workMs()
  await tab.wheel(way.x, way.y, way.distance, WHEEL_PX_PER_S)
  const work = (await tab.workMs()) - before
  const { count, blank, longestMs, ownMs, top } = await tab.page.evaluate(() => window.bench.counted())
  if (top < way.distance - 50) throw new Error(`scrolled to ${top} of ${way.distance}`)
  return { scrollMs: (work - ownMs) / count, frames: count, blank, longestMs }
}

/** How many rows a bar is carried down, and as many up again. */
const TURN = 9

/** The topmost bar that can be taken and carried so far, amid what is seen. */
function grip(tab: Tab): Promise<Point & { row: number }> {
  return tab.page.evaluate((turn) => {
    const { look } = window.bench
    const view = document.querySelector(look?.scroller ?? '')
    if (!look || !view) throw new Error('no chart')
    const box = view.getBoundingClientRect()
    const bars = [...document.querySelectorAll('.bar.is-confirmed, .scheduler_default_event.is-confirmed')]
    // Below the heads and lanes of the first type.
    const top = box.top + (look.side === 'ours' ? 56 : 0) + 4 * look.row
    const places = bars
      .map((bar) => bar.getBoundingClientRect())
      .filter(
        (one) =>
          one.top >= top &&
          one.left > box.left + box.width * 0.4 &&
          one.right < box.left + box.width * 0.9 &&
          one.width > 2.5 * 13,
      )
      .sort((one, other) => one.top - other.top)
    const found = places[0]
    if (!found || found.top + (turn + 1) * look.row > box.top + look.seen) throw new Error('no bar to take')
    return { x: found.left + found.width / 2, y: found.top + found.height / 2, row: look.row }
  }, TURN)
}

async function drag(tab: Tab): Promise<number> {
  const from = await grip(tab)
  const drags: number[] = []
  while (drags.length < DRAGS) drags.push(await carry(tab, from))
  return median(drags)
}

/** Over fifty rooms, up and down within what is seen; it ends where it began. */
async function carry(tab: Tab, { x, y, row }: Point & { row: number }): Promise<number> {
  const offset = (step: number) => {
    const at = step % (2 * TURN)
    return at <= TURN ? at : 2 * TURN - at
  }
  await tab.pointer('mouseMoved', x, y)
  await tab.pointer('mousePressed', x, y)
  await tab.pointer('mouseMoved', x, y + 12)
  // The code for what is in hand comes when a hand is near: with the first move of a session it may still be on its way.
  for (let tries = 1; !(await isCarried(tab)); tries += 1) {
    if (tries > 30) throw new Error(`nothing was taken at ${x}, ${y}`)
    await pause(100)
  }
  await pause(300)
  const before = await tab.workMs()
  for (let step = 1; step <= DRAG_STEPS; step += 1) {
    await tab.pointer('mouseMoved', x, y + offset(step) * row)
    await pause(25)
  }
  const work = (await tab.workMs()) - before
  await tab.pointer('mouseMoved', x, y)
  await tab.pointer('mouseReleased', x, y)
  await pause(300)
  return work / DRAG_STEPS
}

const isCarried = (tab: Tab): Promise<boolean> =>
  tab.page.evaluate(() => document.querySelector(window.bench.look?.carried ?? '') !== null)

/** Ids of stays in rooms that are seen. */
function staysSeen(tab: Tab): Promise<string[]> {
  return tab.page.evaluate(() => {
    type Own = HTMLElement & { event?: { id(): string } }
    const bars = document.querySelectorAll<Own>(
      '.chart-row:not([data-row*=":"]) .bar.is-confirmed, .scheduler_default_event.is-confirmed',
    )
    const view = document.querySelector(window.bench.look?.scroller ?? '')?.getBoundingClientRect()
    if (!view) throw new Error('no chart')
    const seen = [...bars].filter((bar) => {
      const box = bar.getBoundingClientRect()
      return box.top > view.top && box.bottom < view.bottom && box.left > 200 && box.right < view.right
    })
    // Ours names a stay and perhaps its night, the peer's bars the same with a colon; those that wait have none.
    return seen.map((bar) => (bar.dataset.item ?? bar.event?.id() ?? '').split(/[@:]/)[0] ?? '')
  })
}

/** Nobody else's. */
const newName = () => `Zz${performance.now().toString(36).replace('.', '')}`

async function rename(api: APIRequestContext, url: string, id: string, lastName: string): Promise<void> {
  const path = `${url}/api/v1/pms/reservations/${id}`
  const { data } = await (await api.get(path)).json()
  const headers = { 'If-Match': `"${data.version}"`, 'Idempotency-Key': `${lastName}-${id}` }
  const body = { primaryGuestJson: { ...data.primaryGuestJson, lastName } }
  const answer = await api.patch(path, { headers, data: body })
  if (!answer.ok()) throw new Error(`PATCH ${path}: ${answer.status()} ${await answer.text()}`)
}

/** Changes of somebody else, through the API and the stream of changes: from the event to the paint. Many are told at once. */
async function updated(tab: Tab, side: Side, api: APIRequestContext, front: Front, count: number) {
  const stays = [...new Set(await staysSeen(tab))]
  if (stays.length < count) throw new Error(`only ${stays.length} stays are seen of ${side.name}`)
  const once = async (ids: string[]) => {
    const isHeld = ids.length > 1
    const name = newName()
    const shown = tab.page.evaluate(
      async ([text, times]) => {
        const at = await window.bench.shows(text, times)
        return at === null ? null : performance.timeOrigin + at
      },
      [name, ids.length] as const,
    )
    await pause(50)
    if (isHeld) {
      front.hold()
      for (const id of ids) await rename(api, front.url, id, name)
      await pause(1_000)
    }
    const before = await tab.workMs()
    const from = Date.now()
    if (isHeld) front.release()
    else for (const id of ids) await rename(api, front.url, id, name)
    const at = await shown
    if (at === null) throw new Error('a change did not come to the screen')
    const work = (await tab.workMs()) - before
    await settled(tab)
    return { work, lived: at - from }
  }
  // The first change that a page hears of is dearer than all others.
  await once(stays.slice(0, 1))
  return once(stays.slice(0, count))
}
