import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, bodyOf } from '../api/client'
import type { Format } from '../i18n/format'
import { useFormat } from '../i18n/locale'
import { day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useShortcuts } from '../shell/shortcuts'
import { useApp } from '../shell/useApp'
import { Badge, StatusBadge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { staleRows, Table, type TableColumn } from '../ui/Table'
import { ExportButton } from './ExportButton'
import { FilterBar, nothing } from './FilterBar'
import {
  changed,
  columnOf,
  cursorsOf,
  isFiltered,
  type ListQuery,
  listQuery,
  pagesAfter,
  pagesBefore,
  sortOf,
} from './filters'
import { useStays } from './openStay'
import { type House, type Reservation, useHouse } from './queries'
import type { Filters } from './search'
import { guestNameOf, sourceName } from './words'

const perPage = 50

function useReservations(query: ListQuery, cursor: string | undefined) {
  return useQuery({
    queryKey: ['reservations', query, cursor ?? ''],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/api/v1/pms/reservations', {
          params: { query: { ...query, limit: perPage, ...(cursor ? { cursor } : {}) } },
          signal,
        }),
      ),
  })
}

/** The list of all stays: found by filters, walked in pages, opened in the drawer. */
export function ReservationsPage() {
  const { property, may } = useApp()
  const filters = useSearch({ from: '/app/reservations' }) as Filters
  const navigate = useNavigate()
  const { openBooking } = useStays()
  const { today } = useHouse()
  const go = (next: Filters, replace: boolean) =>
    void navigate({ to: '.', search: (search) => ({ ...search, ...next }), replace })
  const change = (part: Partial<Filters>) => go(changed(filters, part), true)
  const query = listQuery(filters, property.id, today)
  const mayBook = may('pms.reservations.create')
  useShortcuts(
    m.navReservations(),
    mayBook ? [{ keys: 'n', label: m.stayNew(), run: () => openBooking() }] : [],
  )
  return (
    <>
      <PageHeader title={m.navReservations()}>
        {isFiltered(filters) && (
          <Button look="quiet" icon="close" onPress={() => change(nothing)}>
            {m.reservationsClear()}
          </Button>
        )}
        <ExportButton query={query} />
        {mayBook && (
          <Button look="primary" icon="plus" onPress={() => openBooking()}>
            {m.stayNew()}
          </Button>
        )}
      </PageHeader>
      <FilterBar filters={filters} onChange={change} />
      <List
        filters={filters}
        query={query}
        onChange={change}
        onPage={(pages) => go({ ...filters, pages }, false)}
      />
    </>
  )
}

interface ListProps {
  filters: Filters
  query: ListQuery
  onChange: (change: Partial<Filters>) => void
  onPage: (pages: string | undefined) => void
}

function List({ filters, query, onChange, onPage }: ListProps) {
  const format = useFormat()
  const house = useHouse()
  const { openStay } = useStays()
  const cursors = cursorsOf(filters)
  const stays = useReservations(query, cursors.at(-1))
  return (
    <QueryState
      query={stays}
      lines={12}
      isEmpty={({ data }) => data.length === 0 && cursors.length === 0}
      empty={<Empty filters={filters} onChange={onChange} />}
    >
      {({ data, meta }) => (
        <>
          <div
            className={`mx-4 overflow-x-auto rounded-md border border-line bg-surface transition ${stays.isPlaceholderData ? staleRows : ''}`}
          >
            <Table
              label={m.navReservations()}
              columns={columnsOf(house, format)}
              rows={data}
              rowHeader="guest"
              sort={columnOf(filters.sort)}
              onSort={(order) => onChange({ sort: sortOf(order) })}
              onOpen={(row) => openStay(row.id)}
            />
          </div>
          <Pages cursors={cursors} next={meta.hasMore ? meta.cursor : undefined} onPage={onPage} />
        </>
      )}
    </QueryState>
  )
}

interface PagesProps {
  cursors: readonly string[]
  next: string | null | undefined
  onPage: (pages: string | undefined) => void
}

function Pages({ cursors, next, onPage }: PagesProps) {
  const format = useFormat()
  return (
    <nav aria-label={m.reservationsPages()} className="flex items-center justify-end gap-2 px-4 py-3">
      <span className="text-muted">{m.reservationsPage({ number: format.number(cursors.length + 1) })}</span>
      <Button icon="previous" isDisabled={cursors.length === 0} onPress={() => onPage(pagesBefore(cursors))}>
        {m.uiPrevious()}
      </Button>
      <Button isDisabled={!next} onPress={() => next && onPage(pagesAfter(cursors, next))}>
        {m.uiNext()}
        <Icon name="next" />
      </Button>
    </nav>
  )
}

function Empty({ filters, onChange }: Pick<ListProps, 'filters' | 'onChange'>) {
  const clear = (
    <Button onPress={() => onChange({ ...nothing, view: 'all' })}>{m.reservationsShowAll()}</Button>
  )
  return (
    <EmptyState icon="list" title={m.reservationsNoneTitle()} actions={clear}>
      {isFiltered(filters) ? m.reservationsNoneFiltered() : m.reservationsNoneText()}
    </EmptyState>
  )
}

/** The year only where it is another. */
const dayCell = (date: string, today: string, format: Format) => (
  <span className="whitespace-nowrap">
    <span className="text-muted">{format.day(date, 'weekday')}</span>{' '}
    {format.day(date, date.slice(0, 4) === today.slice(0, 4) ? 'short' : 'medium')}
  </span>
)

const columnsOf = (house: House, format: Format): TableColumn<Reservation>[] => [
  {
    id: 'guest',
    title: m.stayGuest(),
    className: 'max-w-64',
    cell: (row) => (
      <span className="flex items-center gap-1.5">
        <span className="truncate font-medium">{guestNameOf(row)}</span>
        {(row.internalNotes || row.guestNotes) && (
          <>
            <Icon name="note" className="text-muted" />
            <span className="sr-only">{m.reservationsHasNotes()}</span>
          </>
        )}
        {row.isPinned && (
          <>
            <Icon name="pin" className="text-muted" />
            <span className="sr-only">{m.stayPinned()}</span>
          </>
        )}
      </span>
    ),
  },
  {
    id: 'number',
    isMinor: true,
    title: m.reservationsNumber(),
    cell: (row) => <span className="text-muted">{row.confirmationNumber}</span>,
  },
  { id: 'status', title: m.stayStatus(), cell: (row) => <StatusBadge status={row.status} /> },
  {
    id: 'arrival',
    isSortable: true,
    title: m.stayArrival(),
    cell: (row) => dayCell(row.checkInDate, house.today, format),
  },
  {
    id: 'departure',
    isSortable: true,
    title: m.stayDeparture(),
    cell: (row) => dayCell(row.checkOutDate, house.today, format),
  },
  {
    id: 'nights',
    isMinor: true,
    title: m.reservationsNights(),
    isNumber: true,
    cell: (row) => format.number(daysBetween(day(row.checkInDate), day(row.checkOutDate))),
  },
  {
    id: 'room',
    title: m.stayRoom(),
    cell: (row) =>
      row.roomId ? (
        <span className="font-medium">{house.room(row.roomId)}</span>
      ) : row.status === 'HOLD' || row.status === 'CONFIRMED' ? (
        <Badge tone="warning">{m.reservationsUnassigned()}</Badge>
      ) : null,
  },
  {
    id: 'type',
    isMinor: true,
    title: m.stayType(),
    className: 'max-w-48 min-w-28',
    cell: (row) => <span className="block truncate">{house.type(row.roomTypeId)}</span>,
  },
  {
    id: 'persons',
    isMinor: true,
    title: m.reservationsPersons(),
    isNumber: true,
    cell: (row) =>
      [row.adults, row.children || undefined]
        .filter((n) => n !== undefined)
        .map(format.number)
        .join(' + '),
  },
  {
    id: 'source',
    isMinor: true,
    title: m.staySource(),
    className: 'whitespace-nowrap',
    cell: (row) => sourceName(row.sourceType),
  },
  {
    id: 'booked',
    isMinor: true,
    isSortable: true,
    title: m.reservationsBooked(),
    cell: (row) => dayCell(row.bookedOn, house.today, format),
  },
  {
    id: 'total',
    title: m.stayTotal(),
    isNumber: true,
    cell: (row) => <span className="whitespace-nowrap">{format.money(row.totalCents, row.currency)}</span>,
  },
]
