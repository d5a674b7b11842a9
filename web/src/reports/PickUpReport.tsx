import { useQuery } from '@tanstack/react-query'
import { addDays, asDay } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { DatePicker } from '../ui/DatePicker'
import { QueryState } from '../ui/QueryState'
import { Columns } from './Columns'
import { nightColumn, nightlyRows } from './nightly'
import { fileOf, type PickUp, pickUpQuery } from './queries'
import type { Asked } from './ReportsPage'
import { figures, Sheet } from './Sheet'
import { Span } from './Span'
import { useSay } from './words'

const DAYS_BACK = 7

/** What was booked and what was lost since a day, night by night. */
export function PickUpReport({ search, today, span, change }: Asked) {
  const { property } = useApp()
  const since = asDay(search.since) ?? addDays(today, -DAYS_BACK)
  const query = useQuery(pickUpQuery(property.id, span, since))
  return (
    <>
      <Span {...{ span, change }} file={fileOf(property.id, 'pick-up', { ...span, since })}>
        <DatePicker
          label={m.reportSince()}
          value={since}
          max={today}
          onChange={(next) => next && change({ since: next })}
        />
      </Span>
      <QueryState query={query} lines={12}>
        {(report) => <Report report={report} />}
      </QueryState>
    </>
  )
}

function Report({ report: { rows, total } }: { report: PickUp }) {
  const say = useSay()
  return (
    <>
      <Columns
        label={m.reportPickUpPicture()}
        tick={say.count}
        valueName={m.reportOnBooks()}
        markName={m.reportBefore()}
        columns={rows.map((row) => ({
          key: row.date ?? '',
          name: row.date ? say.format.day(row.date, 'short') : '',
          value: row.nights,
          mark: row.nightsBefore,
          isOpen: true,
          words: `${row.date ? say.format.day(row.date) : ''}: ${m.reportOnBooks()} ${say.count(row.nights)}, ${m.reportBefore()} ${say.count(row.nightsBefore)}`,
        }))}
      />
      <Sheet
        label={m.reportPickUp()}
        rowHeader="date"
        columns={[
          nightColumn(say),
          { id: 'before', title: m.reportBefore(), cell: (row) => say.count(row.nightsBefore), ...figures },
          { id: 'booked', title: m.reportBooked(), cell: (row) => say.count(row.bookedNights), ...figures },
          { id: 'lost', title: m.reportLost(), cell: (row) => say.count(row.lostNights), ...figures },
          { id: 'nights', title: m.reportOnBooks(), cell: (row) => say.count(row.nights), ...figures },
          {
            id: 'change',
            title: m.reportPickedUpRevenue(),
            cell: (row) => say.money(row.pickedUpRevenueCents),
            ...figures,
          },
          {
            id: 'revenue',
            title: m.reportRevenueOnBooks(),
            cell: (row) => say.money(row.revenueCents),
            isMinor: true,
            ...figures,
          },
        ]}
        rows={nightlyRows(rows, total)}
      />
    </>
  )
}
