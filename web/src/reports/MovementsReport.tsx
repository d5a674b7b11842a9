import { useQuery } from '@tanstack/react-query'
import { asDay } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useApp } from '../shell/useApp'
import { StatusBadge } from '../ui/Badge'
import { DatePicker } from '../ui/DatePicker'
import { QueryState } from '../ui/QueryState'
import { Segments } from '../ui/Segments'
import { fileOf, type Moving, movementsQuery } from './queries'
import type { Asked } from './ReportsPage'
import { figures, Sheet } from './Sheet'
import { Choices } from './Span'
import type { Movement } from './search'
import { useSay } from './words'

const titles: Record<Movement, () => string> = {
  ARRIVAL: m.deskArrivals,
  DEPARTURE: m.deskDepartures,
  IN_HOUSE: m.deskInHouse,
}

/** Who comes, who leaves and who sleeps here on any day, as it was or as it is booked. A row opens the stay. */
export function MovementsReport({ search, today, change }: Asked) {
  const { property } = useApp()
  const date = asDay(search.date) ?? today
  const movement = search.movement ?? 'ARRIVAL'
  const query = useQuery(movementsQuery(property.id, date, movement))
  return (
    <>
      <Choices file={fileOf(property.id, 'movements', { date, movement })}>
        <DatePicker label={m.closeDay()} value={date} onChange={(next) => next && change({ date: next })} />
        <Segments
          label={m.reportMovements()}
          value={movement}
          onChange={(next) => change({ movement: next })}
          choices={(Object.keys(titles) as Movement[]).map((id) => ({ id, label: titles[id]() }))}
        />
      </Choices>
      <QueryState query={query} lines={8} empty={<p className="text-muted">{m.reportMovementsNone()}</p>}>
        {(rows) => <Report rows={rows} title={titles[movement]()} />}
      </QueryState>
    </>
  )
}

function Report({ rows, title }: { rows: readonly Moving[]; title: string }) {
  const say = useSay()
  const { openStay } = useStays()
  return (
    <>
      <Sheet
        label={title}
        rowHeader="guest"
        onOpen={({ id }) => openStay(id)}
        columns={[
          { id: 'room', title: m.stayRoom(), cell: (row) => row.roomNumber ?? '–' },
          {
            id: 'guest',
            title: m.reportGuest(),
            cell: (row) => <bdi>{`${row.firstName} ${row.lastName}`.trim()}</bdi>,
          },
          { id: 'status', title: m.stayStatus(), cell: (row) => <StatusBadge status={row.status} /> },
          {
            id: 'days',
            title: m.stayDates(),
            className: 'whitespace-nowrap',
            cell: (row) => say.format.days(row.checkInDate, row.checkOutDate, 'short'),
          },
          { id: 'type', title: m.stayType(), isMinor: true, cell: (row) => row.roomTypeCode },
          {
            id: 'persons',
            title: m.reportPersons(),
            isMinor: true,
            cell: (row) => say.count(row.adults + row.children),
            ...figures,
          },
          { id: 'owed', title: m.reportOwed(), cell: (row) => say.money(row.balanceCents), ...figures },
        ]}
        rows={rows.map((row) => ({ ...row, id: row.reservationId }))}
      />
      <p className="mt-3 font-medium">{m.reportMovementsCount({ count: rows.length })}</p>
    </>
  )
}
