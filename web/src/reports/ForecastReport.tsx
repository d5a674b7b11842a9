import { useQuery } from '@tanstack/react-query'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { QueryState } from '../ui/QueryState'
import { Columns } from './Columns'
import { nightColumn, nightlyRows } from './nightly'
import { type Forecast, fileOf, forecastQuery } from './queries'
import type { Asked } from './ReportsPage'
import { figures, Sheet } from './Sheet'
import { Span } from './Span'
import { useSay } from './words'

/** What is on the books of the days to come, against the same weekdays of last year. */
export function ForecastReport({ span, change }: Asked) {
  const { property } = useApp()
  const query = useQuery(forecastQuery(property.id, span))
  return (
    <>
      <Span {...{ span, change }} file={fileOf(property.id, 'forecast', { ...span })} />
      <QueryState query={query} lines={12}>
        {(report) => <Report report={report} />}
      </QueryState>
    </>
  )
}

function Report({ report: { rows, total } }: { report: Forecast }) {
  const say = useSay()
  return (
    <>
      <Columns
        label={m.reportForecastPicture()}
        tick={say.count}
        valueName={m.reportOnBooks()}
        markName={m.reportLastYear()}
        columns={rows.map((row) => ({
          key: row.date ?? '',
          name: row.date ? say.format.day(row.date, 'short') : '',
          value: row.roomsSold,
          mark: row.lastYearRoomsSold,
          isOpen: !row.isClosed,
          words: `${row.date ? say.format.day(row.date) : ''}: ${m.reportOnBooks()} ${say.count(row.roomsSold)}, ${m.reportLastYear()} ${say.count(row.lastYearRoomsSold)}`,
        }))}
      />
      <Sheet
        label={m.reportForecast()}
        rowHeader="date"
        columns={[
          nightColumn(say),
          { id: 'nights', title: m.reportOnBooks(), cell: (row) => say.count(row.roomsSold), ...figures },
          {
            id: 'before',
            title: m.reportLastYear(),
            cell: (row) => say.count(row.lastYearRoomsSold),
            ...figures,
          },
          {
            id: 'difference',
            title: m.reportDifference(),
            cell: (row) => say.count(row.roomsSoldDifference),
            ...figures,
          },
          {
            id: 'revenue',
            title: m.reportRevenueOnBooks(),
            cell: (row) => say.money(row.roomRevenueCents),
            ...figures,
          },
          {
            id: 'revenueBefore',
            title: m.reportRevenueLastYear(),
            cell: (row) => say.money(row.lastYearRoomRevenueCents),
            isMinor: true,
            ...figures,
          },
        ]}
        rows={nightlyRows(rows, total)}
      />
    </>
  )
}
