import { api } from '../../api/client'
import { type ApiError, asApiError } from '../../api/errors'
import { store } from '../../kernel/store'
import type { Chart } from '../core/chart'
import { dateOf, type Span } from '../core/days'
import { type Load, nextLoad, reloads } from '../core/loading'
import type { Model } from '../core/model'

/** Farther than this from what is shown, nights are forgotten. */
const KEPT_NIGHTS = 400
const RETRY_MS = 2_000

/** Brings the nights on screen, then their neighbours, one request at a time; after a change in the house the same again. */
export class Loader {
  readonly error = store<ApiError | null>(null)
  private shown: Span | null = null
  private stale: Load[] = []
  private isBusy = false
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
    this.run()
  }

  /** Something changed: all that is loaded is asked for again, what is on screen first. */
  reload(): void {
    if (!this.shown) return
    this.stale = reloads(this.model.segments, this.shown)
    this.run()
  }

  retry(): void {
    this.error.set(null)
    this.run()
  }

  private run(): void {
    if (this.isBusy || this.isOver || !this.shown || this.error.get()?.status === 403) return
    const load = this.model.isLoaded(this.shown)
      ? (this.stale.shift() ?? nextLoad(this.model.segments, this.shown))
      : nextLoad(this.model.segments, this.shown)
    if (!load) return
    this.isBusy = true
    clearTimeout(this.timer)
    void this.fetch(load).then((isDone) => {
      this.isBusy = false
      if (isDone) this.run()
      else if (!this.isOver) this.timer = setTimeout(() => this.run(), RETRY_MS)
    })
  }

  private async fetch(load: Load): Promise<boolean> {
    const asked = this.model.ask()
    const query = { propertyId: this.propertyId, start: dateOf(load.from), days: load.to - load.from }
    const name = `${load.from}/${load.to}`
    const etag = this.model.isLoaded(load) ? this.etags.get(name) : undefined
    try {
      const { data, response } = await api.GET('/api/v1/pms/calendar', {
        params: { query },
        headers: etag ? { 'If-None-Match': etag } : {},
        cache: 'no-store',
      })
      if (this.isOver) return true
      const seen = response.headers.get('etag')
      if (this.etags.size > 200) this.etags.clear()
      if (seen) this.etags.set(name, seen)
      if (data) this.model.patch(data.data as Chart, asked)
      this.error.set(null)
      return true
    } catch (error) {
      this.error.set(asApiError(error))
      return false
    }
  }
}
