/** Chromium, driven by its own protocol: real wheels and pointers, and the counters that it keeps of itself. */
import { accessSync, constants } from 'node:fs'
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { install, type Look } from './probe.ts'

function canRun(path: string | undefined): path is string {
  if (!path) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export async function launch(): Promise<Browser> {
  const places = [
    process.env.PMS_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  const executablePath = places.find(canRun)
  if (!executablePath) throw new Error('no Chromium: install it, or name it in PMS_CHROMIUM')
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** With a tab the browser opens pages of its own around it, in a process of theirs, on the same two processors. */
const SETTLED_MS = 1_500

/** A page under measurement. */
export class Tab {
  readonly page: Page
  private readonly cdp: CDPSession

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page
    this.cdp = cdp
  }

  static async open(context: BrowserContext, look: Look | null): Promise<Tab> {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    // Time on the processor: what else the machine does is not counted.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    await cdp.send('HeapProfiler.enable')
    await page.addInitScript(install, look)
    await pause(SETTLED_MS)
    return new Tab(page, cdp)
  }

  /** What the main thread has done so far, in milliseconds of work. */
  async workMs(): Promise<number> {
    const { metrics } = await this.cdp.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }

  async heapMb(): Promise<number> {
    await this.cdp.send('HeapProfiler.collectGarbage')
    await this.cdp.send('HeapProfiler.collectGarbage')
    return (await this.cdp.send('Runtime.getHeapUsage')).usedSize / 1e6
  }

  elements(): Promise<number> {
    return this.page.evaluate(() => document.getElementsByTagName('*').length)
  }

  async wheel(x: number, y: number, distance: number, speed: number): Promise<void> {
    await this.cdp.send('Input.synthesizeScrollGesture', {
      x,
      y,
      yDistance: -distance,
      speed,
      preventFling: true,
      gestureSourceType: 'mouse',
    })
  }

  async pointer(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number): Promise<void> {
    const buttons = type === 'mouseReleased' ? 0 : 1
    await this.cdp.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons, clickCount: 1 })
  }
}
