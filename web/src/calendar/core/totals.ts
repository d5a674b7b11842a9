import type { Chart, ChartDate, ChartType } from './chart'
import { contains, type Night, nightOf, type Span } from './days'

/** The foot of a column. */
export interface Totals {
  readonly night: Night
  readonly sold: number
  readonly available: number
  /** By type id, the type's overbooking limit included. */
  readonly byType: Readonly<Record<string, number>>
  readonly offMarket: number
  readonly arrivals: number
  readonly departures: number
  readonly occupancyPercent: number
}

export function totalsOf(date: ChartDate, types: readonly ChartType[]): Totals {
  const { date: day, availableByType, ...counts } = date
  return {
    ...counts,
    night: nightOf(day),
    byType: Object.fromEntries(types.map((type, n) => [type.id, availableByType[n] ?? 0])),
  }
}

function sameTotals(a: Totals, b: Totals): boolean {
  return (
    a.sold === b.sold &&
    a.available === b.available &&
    a.offMarket === b.offMarket &&
    a.arrivals === b.arrivals &&
    a.departures === b.departures &&
    a.occupancyPercent === b.occupancyPercent &&
    Object.keys(b.byType).every((type) => a.byType[type] === b.byType[type])
  )
}

/** The feet of all nights, and which of them may be untrue since a stay or a block was told by itself. */
export class Feet {
  private known = new Map<Night, Totals>()
  /** When it became untrue, by the clock of the model. */
  private stale = new Map<Night, number>()

  of(night: Night): Totals | undefined {
    return this.known.get(night)
  }

  isTrue(night: Night): boolean {
    return !this.stale.has(night)
  }

  /** What lies there changed, or lay there before. The day after its last night counts a departure. */
  doubt(spans: readonly Span[], clock: number): void {
    for (const { from, to } of spans)
      for (let night = from; night <= to; night += 1) if (this.known.has(night)) this.stale.set(night, clock)
  }

  /** From the first to the last night to ask for again. */
  get doubted(): Span | null {
    const nights = [...this.stale.keys()]
    return nights.length > 0 ? { from: Math.min(...nights), to: Math.max(...nights) + 1 } : null
  }

  /** Whether a night of `open` has another foot now. A chart that was asked for before a change does not know it. */
  take(chart: Chart, open: readonly Span[], asked: number): boolean {
    let isNew = false
    for (const date of chart.dates) {
      const totals = totalsOf(date, chart.roomTypes)
      const { night } = totals
      if (!open.some((span) => contains(span, night))) continue
      if ((this.stale.get(night) ?? 0) <= asked) this.stale.delete(night)
      const known = this.known.get(night)
      if (known && sameTotals(known, totals)) continue
      this.known.set(night, totals)
      isNew = true
    }
    return isNew
  }

  keepOnly(span: Span): void {
    for (const night of this.known.keys()) {
      if (contains(span, night)) continue
      this.known.delete(night)
      this.stale.delete(night)
    }
  }
}

/** How full a night is: calm below 70 %, then warm, then hot from 90 %. */
export function heatOf(totals: Totals): 'calm' | 'warm' | 'hot' {
  return totals.occupancyPercent >= 90 ? 'hot' : totals.occupancyPercent >= 70 ? 'warm' : 'calm'
}
