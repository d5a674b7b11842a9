import { useQuery } from '@tanstack/react-query'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { QueryState } from '../ui/QueryState'
import { fileOf, housekeepingQuery, type Productivity, type ProductivityRow } from './queries'
import type { Asked } from './ReportsPage'
import { figures, Sheet } from './Sheet'
import { Span } from './Span'
import { useSay } from './words'

/** What each attendant did, by day and in the whole span. */
export function HousekeepingReport({ span, change }: Asked) {
  const { property } = useApp()
  const query = useQuery(housekeepingQuery(property.id, span))
  return (
    <>
      <Span {...{ span, change }} file={fileOf(property.id, 'housekeeping', { ...span })} />
      <QueryState query={query} lines={6}>
        {(report) =>
          report.rows.length > 0 ? (
            <Report report={report} />
          ) : (
            <p className="text-muted">{m.reportHousekeepingNone()}</p>
          )
        }
      </QueryState>
    </>
  )
}

function Report({ report: { rows, attendants, total } }: { report: Productivity }) {
  const say = useSay()
  const count = (id: string, title: string, of: (row: ProductivityRow) => number | null | undefined) => ({
    id,
    title,
    cell: (row: ProductivityRow) => say.count(of(row)),
    ...figures,
  })
  const firstTime = (row: ProductivityRow) =>
    row.inspected > 0
      ? m.reportOfInspected({ share: say.percent(row.firstTimePercent), n: say.count(row.inspected) })
      : say.percent(null)
  const lines = [...rows, ...attendants, total].map((row) => ({
    ...row,
    id: `${row.businessDate} ${row.attendantId}`,
  }))
  return (
    <Sheet
      label={m.reportHousekeeping()}
      rowHeader="who"
      columns={[
        { id: 'who', title: m.reportAttendant(), cell: (row) => row.attendantName ?? m.reportEverybody() },
        {
          id: 'day',
          title: m.reportByDay(),
          cell: (row) => (row.businessDate ? say.format.day(row.businessDate) : m.reportWholeSpan()),
          className: 'whitespace-nowrap',
        },
        count('done', m.reportRoomsDone(), (row) => row.done),
        count('departures', m.houseWorkDeparture(), (row) => row.departures),
        count('stayOvers', m.houseWorkStayOver(), (row) => row.stayOvers),
        count('touchUps', m.houseWorkTouchUp(), (row) => row.touchUps),
        count('deepCleans', m.houseWorkDeepClean(), (row) => row.deepCleans),
        count('skipped', m.reportSkipped(), (row) => row.skipped),
        count('open', m.reportOpenTasks(), (row) => row.assigned - row.done - row.skipped),
        count('credits', m.reportPlannedMinutes(), (row) => row.credits),
        count('worked', m.reportWorkedMinutes(), (row) => row.workedMinutes),
        count('median', m.reportMedianMinutes(), (row) => row.medianMinutes),
        { id: 'firstTime', title: m.reportFirstTime(), cell: firstTime, ...figures },
      ]}
      rows={lines}
    />
  )
}
