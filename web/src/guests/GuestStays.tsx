import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { type Status, StatusBadge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { QueryState } from '../ui/QueryState'
import { Table, type TableColumn } from '../ui/Table'
import { type GuestStay, staysQuery } from './queries'

type Row = GuestStay & { id: string }

/** Past, present and future, and what the finished ones come to. */
export function GuestStays({ guestId }: { guestId: string }) {
  const navigate = useNavigate()
  const columns = useColumns()
  const list = useInfiniteQuery(staysQuery(guestId))
  const open = (row: Row) =>
    void navigate({ to: '.', search: (search) => ({ ...search, stay: row.reservationId }) })
  const totals = list.data?.pages[0]?.meta.totals
  const none = <p className="px-4 pb-6 text-muted">{m.guestsStaysNone()}</p>
  return (
    <section className="min-w-0 rounded-md border border-line bg-surface" aria-labelledby="guest-stays">
      <div className="flex flex-wrap items-baseline gap-x-8 gap-y-2 p-4">
        <h2 id="guest-stays" className="grow">
          {m.guestsStays()}
        </h2>
        {totals && <Totals {...totals} />}
      </div>
      <QueryState query={list} empty={none} isEmpty={({ pages }) => !pages[0]?.data.length}>
        {({ pages }) => (
          <div className="overflow-x-auto border-line border-t">
            <Table
              label={m.guestsStays()}
              rowHeader="number"
              columns={columns}
              rows={pages.flatMap((page) => page.data).map((stay) => ({ ...stay, id: stay.reservationId }))}
              onOpen={open}
            />
          </div>
        )}
      </QueryState>
      {list.hasNextPage && (
        <div className="flex justify-center p-3">
          <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {m.guestsMoreStays()}
          </Button>
        </div>
      )}
    </section>
  )
}

function Totals({ stays, nights, revenueCents }: { stays: number; nights: number; revenueCents: number }) {
  const format = useFormat()
  const { property } = useApp()
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      <Total name={m.guestsTotalStays()} value={format.number(stays)} />
      <Total name={m.guestsTotalNights()} value={format.number(nights)} />
      <Total name={m.guestsTotalRevenue()} value={format.money(revenueCents, property.currency)} />
    </dl>
  )
}

const Total = ({ name, value }: { name: string; value: string }) => (
  <div className="flex items-baseline gap-2">
    <dt className="text-muted text-xs">{name}</dt>
    <dd className="font-semibold">{value}</dd>
  </div>
)

function useColumns(): TableColumn<Row>[] {
  const format = useFormat()
  return [
    {
      id: 'number',
      title: m.guestsStayNumber(),
      cell: (stay) => <span className="font-medium">{stay.confirmationNumber}</span>,
    },
    {
      id: 'dates',
      title: m.guestsStayDates(),
      cell: (stay) => (
        <span className="whitespace-nowrap">{format.days(stay.checkInDate, stay.checkOutDate)}</span>
      ),
    },
    {
      id: 'nights',
      title: m.guestsTotalNights(),
      isNumber: true,
      cell: (stay) => format.number(stay.nights),
    },
    {
      id: 'room',
      title: m.guestsStayRoom(),
      cell: (stay) => (
        <span className="whitespace-nowrap">
          {stay.roomNumber ?? '–'} <span className="text-muted">{stay.roomTypeCode}</span>
        </span>
      ),
    },
    {
      id: 'status',
      title: m.guestsStayStatus(),
      cell: (stay) => <StatusBadge status={stay.status as Status} />,
    },
    {
      id: 'total',
      title: m.guestsStayTotal(),
      isNumber: true,
      cell: (stay) => (
        <span className="whitespace-nowrap">{format.money(stay.totalCents, stay.currency)}</span>
      ),
    },
  ]
}
