import { api, dataOf } from '../../api/client'
import type { Heard } from '../../api/live'
import { toldOfBooking } from '../core/answers'
import type { Chart } from '../core/chart'
import { dateOf, type Span } from '../core/days'
import { axisOf } from '../core/loading'
import type { Model } from '../core/model'
import type { Told } from '../core/told'

/** More at once, and the whole chart is asked for. */
const MOST_STAYS = 60
const SUMS_MS = 300
const MOST_NIGHTS = 31

/**
 * What to do when the house changed. Stays that changed are read by themselves, which is a thousandth of the chart; the sums of their nights
 * follow when it is quiet for a moment. Anything else, and whatever was missed: all again.
 */
export class Follower {
  private nights: Span | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly model: Model
  private readonly propertyId: string
  private readonly reload: () => void

  constructor(model: Model, propertyId: string, reload: () => void) {
    this.model = model
    this.propertyId = propertyId
    this.reload = reload
  }

  hear(heard: readonly Heard[] | null): void {
    const stays = new Set(heard?.map(({ entityId }) => entityId))
    const isOfStays = heard?.every(({ entityType }) => entityType === 'RESERVATION')
    if (!isOfStays || stays.size > MOST_STAYS || this.model.revision < 0) this.reload()
    else void this.read([...stays])
  }

  stop(): void {
    clearTimeout(this.timer)
    this.nights = null
  }

  private async read(ids: readonly string[]): Promise<void> {
    const before = ids.flatMap((id) => this.model.piecesOf(id))
    try {
      const told = await Promise.all(ids.map((id) => this.stay(id)))
      this.model.put(told)
      this.later([...before, ...told.flatMap(({ items }) => items ?? [])])
    } catch {
      this.reload()
    }
  }

  private async stay(id: string): Promise<Told> {
    const path = { id }
    const booking = await dataOf(
      api.GET('/api/v1/pms/reservations/{id}', { params: { path }, cache: 'no-store' }),
    )
    return toldOfBooking(booking, this.model.stay(id))
  }

  /** The sums of these nights, and what a stay does not say of itself: its balance. */
  private later(spans: readonly Span[]): void {
    for (const { from, to } of spans) {
      const known = this.nights ?? { from, to }
      this.nights = { from: Math.min(known.from, from), to: Math.max(known.to, to) }
    }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.sums(), SUMS_MS)
  }

  private async sums(): Promise<void> {
    const { model, nights } = this
    this.nights = null
    const loaded = nights && axisOf(model.segments, { from: nights.from, to: nights.from })
    if (!nights || !loaded) return
    const [from, to] = [Math.max(nights.from, loaded.from), Math.min(nights.to, loaded.to)]
    if (to - from > MOST_NIGHTS) return this.reload()
    if (from >= to) return
    const asked = model.ask()
    const query = { propertyId: this.propertyId, start: dateOf(from), days: to - from }
    try {
      const chart = await dataOf(api.GET('/api/v1/pms/calendar', { params: { query }, cache: 'no-store' }))
      model.patch(chart as Chart, asked)
    } catch {
      this.reload()
    }
  }
}
