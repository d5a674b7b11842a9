import { api } from '../../api/client'
import { type ApiError, asApiError } from '../../api/errors'
import { afterPaint } from '../../kernel/afterPaint'
import { store } from '../../kernel/store'
import type { Chart } from '../core/chart'
import { dateOf, type Span } from '../core/days'
import { type Load, nextLoad, reloads } from '../core/loading'
import type { Model } from '../core/model'
import { readChart } from './readChart'

/** Farther than this from what is shown, nights are forgotten. */
const KEPT_NIGHTS = 400
const RETRY_MS = 2_000

/**
 * Brings the nights on screen, then their neighbours; after a change in the house the same again. What is on screen never waits for its
 * neighbours: their request is given up when it is in the way, and asked anew.
 */
export class Loader {
  readonly error = store<ApiError | null>(null)
  private shown: Span | null = null
  private isShownStale = false
  private staleAround: Load[] = []
  private asking: Readonly<Record<Load['why'], AbortController | null>> = { shown: null, ahead: null }
  private isOver = false
  private etags = new Map<string, string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly model: Model
  private readonly propertyId: string

  constructor(model: Model, propertyId: string) {
    this.model = model
    this.propertyId = propertyId
  }

  start(): () => void {
    this.isOver = false
    this.run()
    return () => {
      this.isOver = true
      clearTimeout(this.timer)
    }
  }

  look(shown: Span): void {
    if (this.shown?.from === shown.from && this.shown.to === shown.to) return
    this.shown = shown
    this.model.keepOnly({ from: shown.from - KEPT_NIGHTS, to: shown.to + KEPT_NIGHTS })
    if (!this.model.isLoaded(shown)) this.asking.ahead?.abort()
    this.run()
  }

  /** Something changed: all that is loaded is asked for again, what is on screen first. */
  reload(): void {
    if (!this.shown) return
    this.isShownStale = true
    this.staleAround = reloads(this.model.segments, this.shown).filter((load) => load.why === 'ahead')
    this.asking.ahead?.abort()
    this.run()
  }

  retry(): void {
    this.error.set(null)
    this.run()
  }

  private run(): void {
    if (this.isOver || this.asking.shown || this.error.get()?.status === 403) return
    const load = this.nextShown() ?? (this.asking.ahead ? null : this.nextAhead())
    if (!load) return
    const control = new AbortController()
    this.asking = { ...this.asking, [load.why]: control }
    clearTimeout(this.timer)
    void this.fetch(load, control.signal).then((isDone) => {
      if (this.asking[load.why] === control) this.asking = { ...this.asking, [load.why]: null }
      // Neighbours, of which there are as many again, come when what is on screen is drawn.
      if (isDone) return load.why === 'shown' ? afterPaint(() => this.run()) : this.run()
      if (load.why === 'shown') this.isShownStale = true
      else this.staleAround.unshift(load)
      if (!this.isOver) this.timer = setTimeout(() => this.run(), RETRY_MS)
    })
  }

  private nextShown(): Load | null {
    if (!this.shown) return null
    if (!this.model.isLoaded(this.shown)) return nextLoad(this.model.segments, this.shown)
    if (!this.isShownStale) return null
    this.isShownStale = false
    return { ...this.shown, why: 'shown' }
  }

  private nextAhead(): Load | null {
    return this.staleAround.shift() ?? (this.shown && nextLoad(this.model.segments, this.shown))
  }

  /** Rows are put in order while their bars are on the way. */
  private lay(head: Chart, signal: AbortSignal): void {
    if (!this.isOver && !signal.aborted) this.model.lay(head)
  }

  /** False: it may be tried again after a while. */
  private async fetch(load: Load, signal: AbortSignal): Promise<boolean> {
    const asked = this.model.ask()
    const query = { propertyId: this.propertyId, start: dateOf(load.from), days: load.to - load.from }
    const name = `${load.from}/${load.to}`
    const etag = this.model.isLoaded(load) ? this.etags.get(name) : undefined
    try {
      const { data, response } = await api.GET('/api/v1/pms/calendar', {
        params: { query },
        headers: etag ? { 'If-None-Match': etag } : {},
        cache: 'no-store',
        parseAs: 'stream',
        signal,
      })
      const chart = data && (await readChart(data, (head) => this.lay(head, signal)))
      if (this.isOver || signal.aborted) return true
      const seen = response.headers.get('etag')
      if (this.etags.size > 200) this.etags.clear()
      if (seen) this.etags.set(name, seen)
      if (chart) this.model.patch(chart, asked)
      this.error.set(null)
      return true
    } catch (error) {
      if (signal.aborted) return true
      this.error.set(asApiError(error))
      return false
    }
  }
}
