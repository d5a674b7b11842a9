import { api, dataOf } from '../../api/client'
import type { Heard } from '../../api/live'
import { toldOfBooking } from '../core/answers'
import type { Chart } from '../core/chart'
import { dateOf } from '../core/days'
import type { Model } from '../core/model'
import type { Told } from '../core/told'

/** More at once, and the whole chart is asked for. */
const MOST_STAYS = 60
const SUMS_MS = 300
const MOST_NIGHTS = 31

/**
 * What to do when the house changed. Stays that changed are read by themselves, which is a thousandth of the chart; the sums of the
 * nights that they have and had follow when it is quiet for a moment. Anything else, and whatever was missed: all again.
 */
export class Follower {
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
  }

  private async read(ids: readonly string[]): Promise<void> {
    try {
      this.model.put(await Promise.all(ids.map((id) => this.stay(id))))
      clearTimeout(this.timer)
      this.timer = setTimeout(() => void this.sums(), SUMS_MS)
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

  /** What is no longer summed, and what a stay does not say of itself: its balance. */
  private async sums(): Promise<void> {
    const { model } = this
    const nights = model.unsummed
    if (!nights) return
    const { from, to } = nights
    if (to - from > MOST_NIGHTS) return this.reload()
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
