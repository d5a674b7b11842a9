import { memo, useEffect, useState } from 'react'
import { m } from '../../paraglide/messages'
import { columnOf } from '../core/a11y'
import { type Night, nightsOf, type Span } from '../core/days'
import { columnStart } from '../core/layout'
import type { Model } from '../core/model'
import { heatOf } from '../core/totals'
import { type Frame, placed, strideOf, useFrame } from './frame'

type Line = 'sold' | 'free' | 'occupancy'

const names: Record<Line, () => string> = {
  sold: m.calendarSold,
  free: m.calendarFree,
  occupancy: m.calendarOccupancy,
}

/** Below the nights: how many rooms are sold, how many are left, how full the house is. */
export const ChartFoot = memo(function ChartFoot({ nights, after }: { nights: Span; after: number }) {
  const frame = useFrame()
  const { model } = frame.desk
  useLateVersion(model, 'totals')
  const stride = strideOf(frame, model.rows.length)
  const lines: Line[] = ['sold', 'free', 'occupancy']
  return (
    <div role="rowgroup" className="chart-foot">
      {lines.map((line, n) => (
        <div key={line} role="row" aria-rowindex={after + 1 + n} className={`foot-row is-${line}`}>
          <div role="rowheader" aria-colindex={1} className="foot-head">
            {names[line]()}
          </div>
          {nightsOf(nights).map((night) => footCell(frame, line, night, stride))}
        </div>
      ))}
    </div>
  )
})

/** A frame later: rows do not wait for their sums. */
function useLateVersion(model: Model, topic: string): void {
  const [, setVersion] = useState(0)
  useEffect(() => {
    let frame = 0
    const changed = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => setVersion(model.versionOf(topic)))
    }
    const stop = model.subscribe(topic, changed)
    changed()
    return () => {
      cancelAnimationFrame(frame)
      stop()
    }
  }, [model, topic])
}

/** Not a component, as in StayBar.tsx. */
function footCell(frame: Frame, line: Line, night: Night, stride: number) {
  const { desk, range, metrics, format, look } = frame
  const totals = desk.model.total(night)
  if (!totals) return null
  const percent = totals.occupancyPercent
  const value = line === 'sold' ? totals.sold : line === 'free' ? totals.available : percent
  const text =
    line === 'occupancy' && look !== 'narrow' ? format.percent(percent / 100) : format.number(value)
  const isSaid = line === 'occupancy' || (night - range.from) % stride === 0
  const isOut = line === 'free' && value <= 0
  return (
    <div
      key={night}
      role="gridcell"
      aria-colindex={columnOf(night, range)}
      aria-label={isSaid ? undefined : text}
      className={`foot-cell is-${look}${isOut ? ' is-out' : ''}${line === 'occupancy' ? ` is-${heatOf(totals)}` : ''}`}
      style={{
        ...placed(frame, columnStart(night, range, metrics), metrics.night),
        ...(line === 'occupancy' && { backgroundSize: `100% ${Math.min(100, percent)}%` }),
      }}
    >
      {isSaid && text}
    </div>
  )
}
