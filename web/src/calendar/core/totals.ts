import type { ChartDate, ChartType } from './chart'
import { type Night, nightOf } from './days'

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

export function sameTotals(a: Totals, b: Totals): boolean {
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

/** How full a night is: calm below 70 %, then warm, then hot from 90 %. */
export function heatOf(totals: Totals): 'calm' | 'warm' | 'hot' {
  return totals.occupancyPercent >= 90 ? 'hot' : totals.occupancyPercent >= 70 ? 'warm' : 'calm'
}
