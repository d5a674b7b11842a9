/**
 * Runs in the page that is measured, beside it: it looks at the document and listens, and asks nothing of the chart. The same code looks
 * at both charts.
 */

export interface Look {
  readonly side: 'ours' | 'peer'
  /** What scrolls. */
  readonly scroller: string
  /** What is seen of a bar that is being carried. */
  readonly carried: string
  /** Pixels of a row, and of the rows that are seen at once. */
  readonly row: number
  readonly seen: number
  /** Part of the address of the answer that holds the chart. */
  readonly answer: string
}

export interface Frames {
  /** In which the chart had moved. */
  readonly count: number
  readonly blank: number
  /** Between two frames, at worst. */
  readonly longestMs: number
  /** What looking cost, to be taken off. */
  readonly ownMs: number
  readonly top: number
}

export interface Probe {
  look: Look | null
  /** Of the peer's rows: which are rooms. */
  isRoom: readonly boolean[]
  /** When everything in sight was first on the screen, in the page's time. */
  readonly painted: Promise<number>
  blanks(top: number): number
  countFrames(): void
  counted(): Frames
  /** When `text` is on the screen so many times: `performance.now()`, or null after some seconds. */
  shows(text: string, times: number): Promise<number | null>
  /** When what is done now is on the screen. */
  afterPaint(): Promise<number>
}

declare global {
  /** Of Chromium; not among the types of the DOM yet. */
  const scheduler: { postTask(then: () => void, options: { priority: 'user-blocking' }): Promise<void> }
  interface Window {
    bench: Probe
  }
}

/** One function with all that it needs: it is sent into the page as it is written. */
export function install(look: Look | null): void {
  /** Within a frame: its painting is done when the next task runs, and this is the next, whatever else waits. */
  const afterThisFrame = (then: () => void) => void scheduler.postTask(then, { priority: 'user-blocking' })

  /** The rows that are drawn with all that must be on them: a room has bars wherever one looks. */
  const drawnOfOurs = () => {
    const drawn = new Set<number>()
    for (const row of document.querySelectorAll<HTMLElement>('.chart-row')) {
      const isRoom = !row.dataset.row?.includes(':')
      if (!isRoom || row.querySelector('.bar')) drawn.add(Number(row.ariaRowIndex) - 2)
    }
    return drawn
  }
  /** Below the last room nothing lies, so that notices cover nothing: the head and three rows of sums count, too. */
  const endOfOurs = () => Number(document.querySelector('.chart')?.ariaRowCount) - 4
  const drawnOfPeer = (row: number) => {
    const drawn = new Set<number>()
    bench.isRoom.forEach((isRoom, n) => void (!isRoom && drawn.add(n)))
    for (const bar of document.getElementsByClassName('scheduler_default_event'))
      drawn.add(Math.floor(Number.parseFloat((bar as HTMLElement).style.top) / row))
    return drawn
  }
  const blanks = (top: number): number => {
    if (!bench.look) return 1
    const { side, row, seen } = bench.look
    const drawn = side === 'ours' ? drawnOfOurs() : drawnOfPeer(row)
    const end = side === 'ours' ? endOfOurs() : Number.POSITIVE_INFINITY
    let missing = 0
    for (let index = Math.floor(top / row); index * row < top + seen && index < end; index += 1)
      if (!drawn.has(index)) missing += 1
    return missing
  }

  const painted = new Promise<number>((resolve) => {
    const check = () => {
      const hasBar = document.querySelector('.chart-row .bar, .scheduler_default_event')
      if (hasBar && blanks(0) === 0) afterThisFrame(() => resolve(performance.now()))
      else requestAnimationFrame(check)
    }
    requestAnimationFrame(check)
  })

  let frames = { count: 0, blank: 0, longestMs: 0, ownMs: 0, top: 0 }
  let isCounting = false
  const countFrames = () => {
    const view = bench.look ? document.querySelector(bench.look.scroller) : null
    if (!view) throw new Error('nothing that scrolls')
    frames = { count: 0, blank: 0, longestMs: 0, ownMs: 0, top: view.scrollTop }
    isCounting = true
    let top = view.scrollTop
    let known = top
    let last = 0
    // Before the chart itself hears of it: later, the question would cost a layout.
    const scrolled = (event: Event) => {
      if (event.target === view) top = view.scrollTop
    }
    document.addEventListener('scroll', scrolled, { capture: true, passive: true })
    const frame = (now: number) => {
      const from = performance.now()
      if (top !== known) {
        known = top
        frames.count += 1
        if (blanks(top) > 0) frames.blank += 1
        if (last > 0) frames.longestMs = Math.max(frames.longestMs, now - last)
        last = now
        frames.top = top
      }
      frames.ownMs += performance.now() - from
      if (isCounting) requestAnimationFrame(frame)
      else document.removeEventListener('scroll', scrolled, { capture: true })
    }
    requestAnimationFrame(frame)
  }

  // By what changes in the document: asking in every frame would be work of its own.
  const shows = (text: string, times: number) =>
    new Promise<number | null>((resolve) => {
      const seen = new Set<Element>()
      const finish = (at: number | null) => {
        observer.disconnect()
        clearTimeout(timer)
        resolve(at)
      }
      const bars = '.bar, .scheduler_default_event'
      // A narrow bar has room for some of its letters; its label says all.
      const says = (bar: Element) => bar.textContent?.includes(text) || bar.ariaLabel?.includes(text)
      const observer = new MutationObserver((records) => {
        for (const { target, addedNodes } of records) {
          for (const node of [target, ...addedNodes]) {
            const own = node instanceof Element ? node : node.parentElement
            const bar = own?.closest(bars)
            for (const one of bar ? [bar] : (own?.querySelectorAll(bars) ?? [])) if (says(one)) seen.add(one)
          }
        }
        if (seen.size >= times) requestAnimationFrame(() => afterThisFrame(() => finish(performance.now())))
      })
      const what = { childList: true, characterData: true, attributeFilter: ['aria-label'] }
      observer.observe(document.body, { ...what, subtree: true })
      const timer = setTimeout(() => finish(null), 20_000)
    })

  const bench: Probe = {
    look,
    isRoom: [],
    painted,
    blanks,
    countFrames,
    counted: () => {
      isCounting = false
      return frames
    },
    shows,
    afterPaint: () =>
      new Promise((resolve) => requestAnimationFrame(() => afterThisFrame(() => resolve(performance.now())))),
  }
  window.bench = bench
  performance.setResourceTimingBufferSize(2_000)
}
