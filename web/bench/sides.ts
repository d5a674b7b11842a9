/** The two charts that are measured: how each is opened, and where on its page things are. */
import type { BrowserContext } from '@playwright/test'
import { pause, Tab } from './browser.ts'
import type { Look } from './probe.ts'

export const HOTEL = '101'.padStart(26, '0')
export const START = '2027-02-26'

/** The size of our chart, in pixels: the peer gets the same. */
export interface Box {
  readonly width: number
  readonly seen: number
  readonly night: number
  readonly row: number
}

export interface Side {
  readonly name: 'ours' | 'peer'
  open(context: BrowserContext, url: string, days: number): Promise<Tab>
}

export interface Point {
  readonly x: number
  readonly y: number
}

const CHART = '.chart'
const PEER_SCROLLER = '.scheduler_default_scrollable'
const HEAD = 56
const FOOT = 66
const ROW = 32

const ourLook: Look = {
  side: 'ours',
  scroller: CHART,
  carried: '.ghost',
  row: ROW,
  seen: 0,
  answer: '/calendar?',
}

export async function boxOfOurs(context: BrowserContext, url: string, days: number): Promise<Box> {
  const tab = await Tab.open(context, null)
  await tab.page.goto(`${url}/calendar?start=${START}&days=${days}`)
  await tab.page.locator('.chart-row .bar').first().waitFor()
  const box = await tab.page.evaluate(() => {
    const view = document.querySelector<HTMLElement>('.chart')
    if (!view) throw new Error('no chart')
    const px = (name: string) => Number.parseFloat(getComputedStyle(view).getPropertyValue(name))
    const parts = [px('--chart-top'), px('--chart-foot'), px('--chart-row')]
    return { width: view.clientWidth, height: view.clientHeight, night: px('--night'), parts }
  })
  if (box.parts.join() !== [HEAD, FOOT, ROW].join())
    throw new Error(`the chart has other sizes: ${box.parts}`)
  await tab.page.close()
  return { width: box.width, seen: box.height - HEAD - FOOT, night: box.night, row: ROW }
}

export function ours(box: Box): Side {
  return {
    name: 'ours',
    async open(context, url, days) {
      const tab = await Tab.open(context, { ...ourLook, seen: box.seen })
      await tab.page.goto(`${url}/calendar?start=${START}&days=${days}`)
      return tab
    },
  }
}

export function peer(box: Box, settings: { delay: number }): Side {
  return {
    name: 'peer',
    async open(context, url, days) {
      const look: Look = {
        side: 'peer',
        scroller: PEER_SCROLLER,
        carried: '.scheduler_default_shadow',
        row: ROW,
        seen: box.seen,
        answer: '/calendar?',
      }
      const tab = await Tab.open(context, look)
      const asked = new URLSearchParams({
        property: HOTEL,
        start: START,
        days: String(days),
        width: String(box.width),
        height: String(box.seen),
        night: String(box.night),
        row: String(box.row),
        delay: String(settings.delay),
      })
      await tab.page.goto(`${url}/bench/peer?${asked}`)
      return tab
    },
  }
}

/** Our page goes on to read the nights beside those on screen: they are not part of what is measured next. */
export async function settled(tab: Tab): Promise<void> {
  let known = await tab.workMs()
  for (let quiet = 0; quiet < 3; ) {
    await pause(200)
    const now = await tab.workMs()
    quiet = now - known > 20 ? 0 : quiet + 1
    known = now
  }
}
