import { useQuery } from '@tanstack/react-query'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useApp } from '../shell/useApp'
import { QueryState } from '../ui/QueryState'
import { fileOf, type NoShow, noShowsQuery } from './queries'
import type { Asked } from './ReportsPage'
import { figures, Sheet } from './Sheet'
import { Span } from './Span'
import { useSay } from './words'

/** Who did not come, what was lost by it, and what was charged for it. A row opens the stay. */
export function NoShowsReport({ span, change }: Asked) {
  const { property } = useApp()
  const query = useQuery(noShowsQuery(property.id, span))
  return (
    <>
      <Span {...{ span, change }} file={fileOf(property.id, 'no-shows', { ...span })} />
      <QueryState query={query} lines={8} empty={<p className="text-muted">{m.reportNoShowsNone()}</p>}>
        {(rows) => <Report rows={rows} />}
      </QueryState>
    </>
  )
}

function Report({ rows }: { rows: readonly NoShow[] }) {
  const say = useSay()
  const { openStay } = useStays()
  return (
    <Sheet
      label={m.reportNoShows()}
      rowHeader="guest"
      onOpen={({ id }) => openStay(id)}
      columns={[
        {
          id: 'guest',
          title: m.reportGuest(),
          cell: (row) => <bdi>{`${row.firstName} ${row.lastName}`.trim()}</bdi>,
        },
        {
          id: 'day',
          title: m.closeDay(),
          className: 'whitespace-nowrap',
          cell: (row) => say.format.day(row.closedOn),
        },
        {
          id: 'nights',
          title: m.reportNights(),
          cell: (row) => say.count(row.nights),
          isMinor: true,
          ...figures,
        },
        {
          id: 'lost',
          title: m.reportLostRevenue(),
          cell: (row) => say.money(row.lostRevenueCents),
          ...figures,
        },
        { id: 'charged', title: m.reportCharged(), cell: (row) => say.money(row.chargedCents), ...figures },
        { id: 'owed', title: m.reportOwed(), cell: (row) => say.money(row.balanceCents), ...figures },
      ]}
      rows={rows.map((row) => ({ ...row, id: row.reservationId }))}
    />
  )
}
