import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, bodyOf, dataOf, type Schemas } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { type Status, StatusBadge } from '../ui/Badge'
import { QueryState } from '../ui/QueryState'
import { useStays } from './openStay'

const few = 10

/** Who the guest is, and the other stays. The profile itself has a page. */
export function GuestTab({ id }: { id: string }) {
  const path = { id }
  const guest = useQuery({
    queryKey: ['guest', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/pms/guests/{id}', { params: { path }, signal })),
  })
  const stays = useQuery({
    queryKey: ['guest', id, 'few stays'],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/pms/guests/{id}/stays', { params: { path, query: { limit: few } }, signal })),
  })
  return (
    <>
      <QueryState query={guest}>{(profile) => <Profile guest={profile} />}</QueryState>
      {stays.data && <StayList stays={stays.data.data} />}
    </>
  )
}

function Profile({ guest }: { guest: Schemas['Guest'] }) {
  const { firstName, lastName, email, phone, notes } = guest
  return (
    <div className="flex items-start gap-3">
      <div className="min-w-0 grow">
        <p className="font-medium">{`${firstName} ${lastName}`.trim()}</p>
        <p dir="ltr" className="truncate text-start text-muted">
          {[email, phone].filter(Boolean).join(' · ')}
        </p>
        {notes && <p className="mt-1 whitespace-pre-line">{notes}</p>}
      </div>
      <Link
        to="/guests/$guestId"
        params={{ guestId: guest.id }}
        search={(search) => ({ property: search.property })}
        className="inline-flex min-h-control items-center rounded-md px-2 text-accent-text underline underline-offset-2"
      >
        {m.stayGuestPage()}
      </Link>
    </div>
  )
}

function StayList({ stays }: { stays: readonly Schemas['GuestStay'][] }) {
  const format = useFormat()
  const { openStay } = useStays()
  return (
    <section className="mt-4">
      <h3 className="mb-1 font-semibold">{m.stayGuestStays()}</h3>
      <ul>
        {stays.map((one) => (
          <li key={one.reservationId}>
            <button
              type="button"
              onClick={() => openStay(one.reservationId)}
              className="-mx-2 flex min-h-control w-[calc(100%+1rem)] items-center gap-3 rounded-md px-2 text-start hover:bg-sunken"
            >
              <span className="grow">{format.days(one.checkInDate, one.checkOutDate)}</span>
              <span className="text-muted">{one.roomNumber ?? one.roomTypeCode}</span>
              <StatusBadge status={one.status as Status} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
