import { memo } from 'react'
import { m } from '../../paraglide/messages'
import { columnOf } from '../core/a11y'
import type { Night, Span } from '../core/days'
import { columnStart } from '../core/layout'
import { heatOf, type Totals } from '../core/totals'
import { placed, useFrame } from './frame'
import { useVersion } from './useDesk'

type Line = 'sold' | 'free' | 'occupancy'

const names: Record<Line, () => string> = {
  sold: m.calendarSold,
  free: m.calendarFree,
  occupancy: m.calendarOccupancy,
}

/** Below the nights: how many rooms are sold, how many are left, how full the house is. */
export const ChartFoot = memo(function ChartFoot({ nights, after }: { nights: Span; after: number }) {
  const { desk } = useFrame()
  useVersion(desk.model, 'totals')
  const lines: Line[] = ['sold', 'free', 'occupancy']
  return (
    <div role="rowgroup" className="chart-foot">
      {lines.map((line, n) => (
        <div key={line} role="row" aria-rowindex={after + 1 + n} className={`foot-row is-${line}`}>
          <div role="rowheader" aria-colindex={1} className="foot-head">
            {names[line]()}
          </div>
          <FootCells line={line} nights={nights} />
        </div>
      ))}
    </div>
  )
})

function FootCells({ line, nights }: { line: Line; nights: Span }) {
  const { desk } = useFrame()
  const cells: { night: Night; totals: Totals }[] = []
  for (let night = nights.from; night < nights.to; night += 1) {
    const totals = desk.model.total(night)
    if (totals) cells.push({ night, totals })
  }
  return cells.map(({ night, totals }) => <FootCell key={night} line={line} night={night} totals={totals} />)
}

function FootCell({ line, night, totals }: { line: Line; night: Night; totals: Totals }) {
  const frame = useFrame()
  const { range, metrics, format, look } = frame
  const percent = totals.occupancyPercent
  const value = line === 'sold' ? totals.sold : line === 'free' ? totals.available : percent
  const text =
    line === 'occupancy' && look !== 'narrow' ? format.percent(percent / 100) : format.number(value)
  const isOut = line === 'free' && value <= 0
  return (
    <div
      role="gridcell"
      aria-colindex={columnOf(night, range)}
      className={`foot-cell is-${look}${isOut ? ' is-out' : ''}${line === 'occupancy' ? ` is-${heatOf(totals)}` : ''}`}
      style={{
        ...placed(frame, columnStart(night, range, metrics), metrics.night),
        ...(line === 'occupancy' && { backgroundSize: `100% ${Math.min(100, percent)}%` }),
      }}
    >
      {text}
    </div>
  )
}
