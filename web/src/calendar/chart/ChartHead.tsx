import { memo, useSyncExternalStore } from 'react'
import { m } from '../../paraglide/messages'
import { columnOf } from '../core/a11y'
import { dateOf, type Night, nightsOf, type Span } from '../core/days'
import { columnStart } from '../core/layout'
import type { Restraints } from '../desk/Desk'
import { type Letters, widthOf } from './fitText'
import { type Frame, placed, useFrame } from './frame'

const inset = (start: number) => ({ insetInlineStart: `calc(var(--chart-head) + ${start}px)` })

/** As edges.css has it. */
const MONTH: Letters = { px: 11.5, weight: 600 }
const MONTH_TAKES_PX = 10

/** Months, weekdays and days above the nights. */
export const ChartHead = memo(function ChartHead({ nights, today }: { nights: Span; today: Night }) {
  const frame = useFrame()
  const { subscribe, get } = frame.desk.restraints
  const restraints = useSyncExternalStore(subscribe, get)
  const mayRestrict = frame.desk.hotel.may('pms.rates.manage')
  return (
    <div role="rowgroup" className="chart-top">
      <Months nights={nights} />
      <div role="row" aria-rowindex={1} className={`chart-days${mayRestrict ? ' is-settable' : ''}`}>
        <div role="columnheader" aria-colindex={1} className="chart-corner">
          {m.calendarRooms()}
        </div>
        {nightsOf(nights).map((night) => dayHead(frame, night, night === today, restraints))}
      </div>
    </div>
  )
})

/** Not a component, as in StayBar.tsx. */
function dayHead(frame: Frame, night: Night, isToday: boolean, restraints: Restraints | null) {
  const { range, metrics, format, look, isWeekend } = frame
  const date = dateOf(night)
  const name = format.day(date, 'long')
  const told = restraints?.(night, format)
  const weekday = format.day(date, look === 'narrow' ? 'weekdayLetter' : 'weekday')
  return (
    <div
      key={night}
      role="columnheader"
      data-night={night}
      aria-colindex={columnOf(night, range)}
      aria-label={told ? `${name}, ${told.words}` : name}
      aria-current={isToday ? 'date' : undefined}
      className={`day is-${look}${isToday ? ' is-today' : ''}${isWeekend(night) ? ' is-weekend' : ''}`}
      style={placed(frame, columnStart(night, range, metrics), metrics.night)}
    >
      {weekday}
      <span className="day-number">{format.number(Number(date.slice(8)))}</span>
      {told?.mark}
    </div>
  )
}

/** The name of a month stays in sight as long as a day of it does. */
function Months({ nights }: { nights: Span }) {
  const { range, metrics, format, edge } = useFrame()
  const spans: { from: Night; to: Night; name: string }[] = []
  const nameIn = (size: number, from: Night, name: string) =>
    [name, format.day(dateOf(from), 'monthShort')].find(
      (text) => widthOf(text, MONTH) <= size - MONTH_TAKES_PX,
    )
  for (const night of nightsOf(nights)) {
    const name = format.day(dateOf(night), 'month')
    const last = spans.at(-1)
    if (last?.name === name) last.to = night + 1
    else spans.push({ from: night, to: night + 1, name })
  }
  return (
    <div aria-hidden="true" className="chart-months">
      {spans.map(({ from, to, name }) => (
        <div
          key={name}
          className="month"
          style={{ ...inset(columnStart(from, range, metrics)), inlineSize: (to - from) * metrics.night }}
        >
          <span>{nameIn((to - Math.max(from, edge)) * metrics.night, from, name)}</span>
        </div>
      ))}
    </div>
  )
}

/** The ground under the rows: weekends, today, and where a month begins. */
export const Shade = memo(function Shade({ nights, today }: { nights: Span; today: Night }) {
  const { range, metrics, isWeekend } = useFrame()
  return (
    <div aria-hidden="true" className="shade">
      {nightsOf(nights).map((night) => {
        const isFirst = dateOf(night).endsWith('-01')
        const kind = night === today ? 'is-today' : isWeekend(night) ? 'is-weekend' : isFirst ? '' : null
        if (kind === null) return null
        return (
          <div
            key={night}
            className={`${kind}${isFirst ? ' is-first' : ''}`}
            style={{ ...inset(columnStart(night, range, metrics)), inlineSize: metrics.night }}
          />
        )
      })}
    </div>
  )
})
