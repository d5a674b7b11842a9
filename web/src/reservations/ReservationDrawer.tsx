import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, dataOf, type Schemas } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { StatusBadge } from '../ui/Badge'
import { Drawer } from '../ui/Dialog'
import { ErrorState } from '../ui/PageState'
import { Skeleton } from '../ui/Skeleton'

export const reservationQuery = (id: string) =>
  queryOptions({
    queryKey: ['reservation', id],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/pms/reservations/{id}', { params: { path: { id } }, signal })),
  })

/** Opens over any page whose URL names a reservation. */
export function ReservationDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(reservationQuery(id))
  const title = m.reservationTitle({ number: data?.confirmationNumber ?? '' })
  return (
    <Drawer isOpen onClose={onClose} title={title}>
      {data ? (
        <Summary reservation={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton />
      )}
    </Drawer>
  )
}

function Summary({
  reservation,
}: {
  reservation: Pick<Schemas['Reservation'], 'status' | 'checkInDate' | 'checkOutDate'>
}) {
  const format = useFormat()
  return (
    <p className="flex items-center gap-2">
      <StatusBadge status={reservation.status} />
      {format.days(reservation.checkInDate, reservation.checkOutDate)}
    </p>
  )
}
