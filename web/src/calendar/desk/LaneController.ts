import { Controller } from '../core/controller'
import type { Span } from '../core/days'
import type { Model } from '../core/model'
import type { Row } from '../core/rows'

/** The rows without lanes that hold nothing of these nights: a stay in March must not open an empty row in January. */
export function withoutEmptyLanes(model: Model, rows: readonly Row[], nights: Span): readonly Row[] {
  const isEmpty = (row: Row) =>
    row.kind === 'lane' &&
    row.lane > 0 &&
    model.within(row.id, { from: nights.from - 1, to: nights.to }).length === 0
  return rows.some(isEmpty) ? rows.filter((row) => !isEmpty(row)) : rows
}

/** Shows as many lanes as the nights on screen need. While something is in hand no row goes from under it. */
export class LaneController extends Controller {
  private nights: Span = { from: 0, to: 0 }
  private known: { rows: readonly Row[]; of: readonly unknown[] } = { rows: [], of: [] }

  lookAt(nights: Span): void {
    if (this.state.hand) return
    this.nights = nights
  }

  override get rows(): readonly Row[] {
    const all = super.rows
    if (this.state?.hand && this.known.of[0] === all) return this.known.rows
    const lanes = this.model.versionOf('window') + this.model.versionOf('totals')
    const of = [all, this.nights, lanes]
    if (of.some((part, n) => part !== this.known.of[n]))
      this.known = { rows: withoutEmptyLanes(this.model, all, this.nights), of }
    return this.known.rows
  }
}
