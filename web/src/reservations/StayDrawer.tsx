import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { StatusBadge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Drawer } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { NotAllowed } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { Tabs } from '../ui/Tabs'
import { notify } from '../ui/Toast'
import { AccountTab } from './AccountTab'
import { actsOf } from './acts'
import { GuestTab } from './GuestTab'
import { HistoryTab } from './HistoryTab'
import { useStays } from './openStay'
import { type Booking, stayQuery, useHouse } from './queries'
import { StayActs } from './StayActs'
import { StayFacts } from './StayFacts'
import { StayForm, useStayForm } from './StayForm'
import { ClosingFee } from './StayPolicies'
import { guestNameOf } from './words'

const MakeRoom = lazy(() => import('./MakeRoom').then((it) => ({ default: it.MakeRoom })))

/** Opens over any page whose URL names a stay. */
export function StayDrawer({ id }: { id: string }) {
  const { may, property } = useApp()
  const { close } = useStays()
  const mayView = may('pms.reservations.view')
  const query = useQuery({ ...stayQuery(id), enabled: mayView })
  const { data } = query
  // A stay of another property that one may see belongs to that property's page: here it would have the wrong names and dates.
  if (data && data.propertyId === property.id) return <Opened stay={data} onClose={close} />
  return (
    <Drawer isOpen onClose={close} title={m.stayTitle()} width="wide">
      {mayView ? <QueryState query={query}>{() => <NotAllowed />}</QueryState> : <NotAllowed />}
    </Drawer>
  )
}

function Opened({ stay, onClose }: { stay: Booking; onClose: () => void }) {
  const { may } = useApp()
  const form = useStayForm(stay)
  const { today } = useHouse()
  const mayEdit = may('pms.reservations.edit')
  const acts = actsOf(stay, today, may)
  const tabs = [
    {
      id: 'stay',
      title: m.stayStay(),
      content: () => (mayEdit ? <StayForm form={form} /> : <StayFacts stay={stay} />),
    },
    { id: 'account', title: m.stayAccount(), content: () => <AccountTab stay={stay} /> },
    ...(may('pms.guests.view') && stay.guestId
      ? [{ id: 'guest', title: m.stayGuest(), content: () => <GuestTab id={stay.guestId ?? ''} /> }]
      : []),
    ...(may('pms.audit.view')
      ? [{ id: 'history', title: m.stayHistory(), content: () => <HistoryTab stay={stay} /> }]
      : []),
  ]
  return (
    <Drawer
      isOpen
      onClose={() => {
        if (form.isChanged) notify({ text: m.stayDraftKept() })
        onClose()
      }}
      title={guestNameOf(stay)}
      width="wide"
      actions={form.isChanged ? form.actions : acts.length > 0 && <StayActs stay={stay} />}
    >
      <Summary stay={stay} />
      <Tabs label={m.stayTitle()} tabs={tabs} />
    </Drawer>
  )
}

/** What one wants to know at once: who, when, where, and how it stands. */
function Summary({ stay }: { stay: Booking }) {
  const format = useFormat()
  const { type } = useHouse()
  const { property } = useApp()
  return (
    <div className="mb-3">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
        <StatusBadge status={stay.status} />
        <span dir="ltr">{stay.confirmationNumber}</span>
        {stay.isPinned && (
          <span className="inline-flex items-center gap-1">
            <Icon name="pin" /> {m.stayPinned()}
          </span>
        )}
        {stay.status === 'HOLD' && stay.holdExpiresAt && (
          <span>· {m.stayHeldUntil({ time: format.instant(stay.holdExpiresAt, property.timezone) })}</span>
        )}
      </p>
      <dl className="mt-3 flex flex-wrap justify-between gap-x-5 gap-y-2 rounded-md bg-sunken px-3 py-2.5">
        <Fact name={m.stayArrival()}>
          {format.day(stay.checkInDate, 'weekday')} {format.day(stay.checkInDate)}
        </Fact>
        <Fact name={m.stayDeparture()}>
          {format.day(stay.checkOutDate, 'weekday')} {format.day(stay.checkOutDate)}
        </Fact>
        <Fact name={m.stayRoom()}>
          <Rooms stay={stay} />
        </Fact>
        <Fact name={m.stayType()}>{type(stay.roomTypeId)}</Fact>
        <Fact name={m.reservationNights({ count: stay.nights.length })}>
          {format.money(stay.totalCents, stay.currency)}
        </Fact>
      </dl>
      {stay.closeReason && (
        <p className="mt-2 text-muted">
          {m.stayReason()}: {stay.closeReason}
        </p>
      )}
      <ClosingFee stay={stay} />
    </div>
  )
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt className="text-muted text-xs">{name}</dt>
    <dd className="font-medium">{children}</dd>
  </div>
)

function Rooms({ stay }: { stay: Booking }) {
  const { room } = useHouse()
  const format = useFormat()
  if (stay.rooms.length < 2) {
    const isAwaited = stay.status === 'HOLD' || stay.status === 'CONFIRMED'
    if (!stay.roomId && isAwaited) return <NoRoomYet stay={stay} />
    return <>{room(stay.roomId) || '–'}</>
  }
  return (
    <ul>
      {stay.rooms.map((piece) => (
        <li key={piece.from}>
          {m.stayRoomOn({ room: room(piece.roomId), days: format.days(piece.from, piece.to, 'short') })}
        </li>
      ))}
    </ul>
  )
}

function NoRoomYet({ stay }: { stay: Booking }) {
  const { may } = useApp()
  const [isOpen, setOpen] = useState(false)
  if (!may('pms.calendar.move')) return <>{m.stayRoomNone()}</>
  return (
    <>
      {m.stayRoomNone()}{' '}
      <Button look="quiet" onPress={() => setOpen(true)}>
        {m.fitFind()}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <MakeRoom stay={stay} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
