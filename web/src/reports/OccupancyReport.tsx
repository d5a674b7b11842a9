import { useQuery } from '@tanstack/react-query'
import { day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { sourceName } from '../reservations/words'
import { segmentName } from '../setup/plans/segments'
import { useApp } from '../shell/useApp'
import { QueryState } from '../ui/QueryState'
import { Segments } from '../ui/Segments'
import type { TableColumn } from '../ui/Table'
import { Columns } from './Columns'
import { fileOf, type Occupancy, type OccupancyRow, occupancyQuery } from './queries'
import type { Asked } from './ReportsPage'
import { figures, Sheet } from './Sheet'
import { Span } from './Span'
import { type Grouping, groupings } from './search'
import { type Say, useSay } from './words'

const groupingNames: Record<Grouping, () => string> = {
  DAY: m.reportByDay,
  MONTH: m.reportByMonth,
  TYPE: m.reportByType,
  SOURCE: m.reportBySource,
  SEGMENT: m.reportBySegment,
}

/** Occupancy, ADR and RevPAR: what was, as it was posted, and what is booked. */
export function OccupancyReport({ search, span, change }: Asked) {
  const { property } = useApp()
  const by = search.by ?? 'DAY'
  const query = useQuery(occupancyQuery(property.id, span, by))
  return (
    <>
      <Span {...{ span, change }} file={fileOf(property.id, 'occupancy', { ...span, by })}>
        <Segments
          label={m.reportGrouping()}
          value={by}
          onChange={(next) => change({ by: next })}
          choices={groupings.map((id) => ({ id, label: groupingNames[id]() }))}
        />
      </Span>
      <QueryState query={query} lines={12}>
        {(report) => <Report report={report} />}
      </QueryState>
    </>
  )
}

function Report({ report }: { report: Occupancy }) {
  const say = useSay()
  const { rows, total, by, businessDate } = report
  const nameOf = (row: OccupancyRow) => nameIn(by, row, say)
  return (
    <>
      <Columns
        label={m.closeOccupancy()}
        top={100}
        tick={say.percent}
        columns={rows.map((row) => ({
          key: row.key,
          name: by === 'DAY' ? say.format.day(row.key, 'short') : nameOf(row),
          value: row.occupancyPercent ?? 0,
          isOpen:
            by === 'DAY' ? row.key >= businessDate : by === 'MONTH' && row.key >= businessDate.slice(0, 7),
          words: `${nameOf(row)}: ${say.percent(row.occupancyPercent)}, ${m.closeAdr()} ${say.money(row.adrCents)}`,
        }))}
      />
      <Sheet
        label={m.reportOccupancy()}
        rowHeader="name"
        columns={columnsOf(say, nameOf)}
        rows={[...rows, total].map((row) => ({ ...row, id: row.key }))}
      />
    </>
  )
}

function nameIn(by: Grouping, { key, name }: OccupancyRow, { format }: Say): string {
  if (key === 'TOTAL') return m.reportTotal()
  if (key === '-') return m.reportNoStay()
  if (by === 'DAY') return `${format.day(key, 'weekday')} ${format.day(key)}`
  if (by === 'MONTH') return format.day(day(`${key}-01`), 'month')
  if (by === 'SEGMENT') return segmentName(key)
  return by === 'SOURCE' ? sourceName(key as Parameters<typeof sourceName>[0]) : name
}

function columnsOf(
  say: Say,
  nameOf: (row: OccupancyRow) => string,
): TableColumn<OccupancyRow & { id: string }>[] {
  return [
    {
      id: 'name',
      title: m.reportFigure(),
      className: 'whitespace-nowrap',
      cell: (row) => <span className={row.key === 'TOTAL' ? 'font-semibold' : ''}>{nameOf(row)}</span>,
    },
    { id: 'sold', title: m.closeSold(), cell: (row) => say.count(row.roomsSold), ...figures },
    {
      id: 'available',
      title: m.reportAvailable(),
      cell: (row) => say.count(row.roomsAvailable),
      isMinor: true,
      ...figures,
    },
    {
      id: 'outOfOrder',
      title: m.reportOutOfOrder(),
      cell: (row) => say.count(row.roomsOutOfOrder),
      isMinor: true,
      ...figures,
    },
    {
      id: 'percent',
      title: m.closeOccupancy(),
      cell: (row) => say.percent(row.occupancyPercent),
      ...figures,
    },
    { id: 'adr', title: m.closeAdr(), cell: (row) => say.money(row.adrCents), ...figures },
    { id: 'revpar', title: m.closeRevpar(), cell: (row) => say.money(row.revparCents), ...figures },
    {
      id: 'revenue',
      title: m.closeRoomRevenue(),
      cell: (row) => say.money(row.roomRevenueCents),
      ...figures,
    },
  ]
}
