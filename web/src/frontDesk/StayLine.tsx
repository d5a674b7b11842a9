import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { usePaper } from '../folios/usePaper'
import { useFormat } from '../i18n/locale'
import { day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { actsOf, nextAct } from '../reservations/acts'
import { actWords } from '../reservations/actWords'
import { useStays } from '../reservations/openStay'
import type { House, Reservation } from '../reservations/queries'
import { ActItems } from '../reservations/StayActs'
import { guestNameOf } from '../reservations/words'
import { stateOf } from '../setup/rooms/roomState'
import { useApp } from '../shell/useApp'
import { Badge, StatusBadge } from '../ui/Badge'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Menu, MenuItem, MenuLine, MenuTrigger } from '../ui/Menu'
import { depositsQuery, type HouseNow } from './queries'
import { useLineActs } from './useLineActs'

export interface StayLineProps {
  stay: Reservation
  now: HouseNow | undefined
  /** Asked for once, for all lines. */
  house: House
}

/** One stay of the day: where, who, how long, what is open, and the next thing to do. */
export function StayLine(props: StayLineProps) {
  const { stay, now } = props
  const { openStay } = useStays()
  const name = guestNameOf(stay)
  const isOver = stay.status === 'CHECKED_OUT'
  return (
    <li
      aria-label={name}
      className={`grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-center gap-x-3 border-line border-b px-3 py-1.5 last:border-b-0 hover:bg-sunken/60 md:grid-cols-[5.5rem_minmax(0,1.2fr)_minmax(0,1.2fr)_6.5rem_11.5rem] ${isOver ? 'text-muted' : ''}`}
    >
      <div className="max-md:row-span-2 max-md:self-start max-md:pt-2.5">
        <RoomOf {...props} />
      </div>
      <div className="min-w-0 max-md:col-span-2">
        <Button
          look="quiet"
          className="-ms-[calc(0.5rem+1px)] max-w-full justify-start px-2!"
          onPress={() => openStay(stay.id)}
        >
          <bdi className="truncate font-semibold">{name}</bdi>
          <Notes stay={stay} />
        </Button>
        <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
          <span dir="ltr">{stay.confirmationNumber}</span>
          <Persons stay={stay} />
          {stay.status === 'HOLD' && <StatusBadge status="HOLD" />}
        </p>
      </div>
      <When {...props} />
      <div className="text-end max-md:hidden">
        <Money stay={stay} now={now} />
      </div>
      <Actions {...props} name={name} />
    </li>
  )
}

/** The number on the door, and what its state means for who is to come. */
function RoomOf({ stay, now, house }: StayLineProps) {
  if (!stay.roomId)
    return (
      <span className="block text-balance font-semibold text-warning-text text-xs">
        {m.reservationsUnassigned()}
      </span>
    )
  const state = now?.rooms.get(stay.roomId)
  const isAwaited = stay.status === 'CONFIRMED' || stay.status === 'HOLD'
  const { name, tone } = stateOf({ status: 'VACANT_CLEAN', isInspected: false, ...state, isActive: true })
  return (
    <>
      <span className="block font-semibold text-base">{house.room(stay.roomId)}</span>
      {isAwaited && state && <Badge tone={tone}>{name()}</Badge>}
    </>
  )
}

const Notes = ({ stay }: { stay: Reservation }) => (
  <>
    {(stay.internalNotes || stay.guestNotes) && (
      <>
        <Icon name="note" className="text-muted" />
        <span className="sr-only">{m.reservationsHasNotes()}</span>
      </>
    )}
  </>
)

function Persons({ stay: { adults, children } }: { stay: Reservation }) {
  const format = useFormat()
  const told = [adults, children || undefined].filter((n) => n !== undefined).map(format.number)
  return (
    <span className="inline-flex items-center gap-1">
      <Icon name="guests" className="size-3.5" />
      <span className="sr-only">{m.reservationsPersons()} </span>
      {told.join(' + ')}
    </span>
  )
}

function When({ stay, now, house: { type, today } }: StayLineProps) {
  const format = useFormat()
  const nights = daysBetween(day(stay.checkInDate), day(stay.checkOutDate))
  const isLate = stay.status === 'CHECKED_IN' && stay.checkOutDate < today
  return (
    <div className="min-w-0 max-md:col-start-2">
      <p className={`md:truncate ${isLate ? 'font-semibold text-danger-text' : ''}`}>
        {format.days(stay.checkInDate, stay.checkOutDate, 'short')}
        <span className="max-md:hidden"> · {m.reservationNights({ count: nights })}</span>
      </p>
      <p className="text-muted text-xs md:truncate">
        <span className="md:hidden">{m.reservationNights({ count: nights })} · </span>
        {type(stay.roomTypeId)}
        {stay.arrivalTime && stay.status !== 'CHECKED_IN' && ` · ${format.time(stay.arrivalTime)}`}
      </p>
      <div className="flex items-baseline gap-1 md:hidden">
        <Money stay={stay} now={now} />
      </div>
    </div>
  )
}

/** Of who is in the house what is open on the account; of who is to come the deposit that has not, or what the stay costs. */
function Money({ stay, now }: Omit<StayLineProps, 'house'>) {
  const format = useFormat()
  const { property, may } = useApp()
  const isAwaited = stay.status === 'CONFIRMED' || stay.status === 'HOLD'
  const { data: due } = useQuery({
    ...depositsQuery(property.id, day(property.businessDate)),
    enabled: isAwaited && may('pms.folio.view'),
  })
  const deposit = isAwaited && due?.find((one) => one.reservationId === stay.id)
  const money = (amount: number) => format.money(amount, stay.currency)
  if (deposit)
    return (
      <>
        <p className="font-semibold text-danger-text">{money(deposit.openCents)}</p>
        <p className="text-muted text-xs">{m.deskDeposit()}</p>
      </>
    )
  if (stay.status !== 'CHECKED_IN')
    return (
      <>
        <p>{money(stay.totalCents)}</p>
        <p className="text-muted text-xs">{m.stayTotal()}</p>
      </>
    )
  const balance = now?.balances.get(stay.id)
  if (balance === undefined) return null
  if (balance === 0) return <p className="text-muted">{m.deskSettled()}</p>
  return (
    <>
      <p className={balance > 0 ? 'font-semibold text-danger-text' : 'font-semibold'}>
        {money(Math.abs(balance))}
      </p>
      <p className="text-muted text-xs">{balance > 0 ? m.deskOpen() : m.deskCredit()}</p>
    </>
  )
}

/** Whether the next thing can be done at once: the room is clean, or the day of departure is here. The others wait for something. */
function isReadyFor(stay: Reservation, now: HouseNow | undefined, today: string): boolean {
  if (stay.status === 'CHECKED_IN') return stay.checkOutDate <= today
  return stay.status === 'CONFIRMED' && now?.rooms.get(stay.roomId ?? '')?.status === 'VACANT_CLEAN'
}

function Actions({ stay, now, house: { today }, name }: StayLineProps & { name: string }) {
  const { may } = useApp()
  const navigate = useNavigate()
  const { openStay } = useStays()
  const { run, dialog, isPending } = useLineActs(stay, today)
  const isReady = isReadyFor(stay, now, today)
  const nights = Array.from({ length: daysBetween(day(stay.checkInDate), day(stay.checkOutDate)) })
  const seen = { ...stay, nights }
  const acts = actsOf(seen, today, may)
  const isOver = stay.status === 'CHECKED_OUT'
  const paper = usePaper()
  const isLost = stay.status === 'CONFIRMED' && stay.checkOutDate <= today
  const next = isLost && acts.includes('noShow') ? 'noShow' : nextAct(acts, seen, today)
  const others = acts.filter((act) => act !== next)
  const print = () => void navigate({ to: '/front-desk/card/$stayId', params: { stayId: stay.id } })
  return (
    <div className="flex items-center justify-end gap-1.5 max-md:-me-2">
      {next ? (
        <Button
          look={isReady ? 'primary' : 'plain'}
          aria-label={`${actWords[next].label()}: ${name}`}
          isPending={isPending}
          onPress={() => run(next)}
          data-next
        >
          {actWords[next].label()}
        </Button>
      ) : (
        stay.status !== 'CONFIRMED' && <StatusBadge status={stay.status} />
      )}
      <MenuTrigger>
        <IconButton icon="more" label={m.deskMore({ name })} />
        <Menu label={m.deskMore({ name })}>
          <MenuItem id="open" icon="list" label={m.deskOpenStay()} onAction={() => openStay(stay.id)} />
          <MenuItem id="card" icon="print" label={m.deskCard()} onAction={print} />
          {(stay.status === 'CHECKED_IN' || isOver) && may('pms.folio.view') && (
            <MenuItem
              id="paper"
              icon="print"
              label={paper.label(stay)}
              onAction={() => void paper.print(stay)}
            />
          )}
          {others.length > 0 && <MenuLine />}
          <ActItems acts={others} run={run} />
        </Menu>
      </MenuTrigger>
      {dialog}
    </div>
  )
}
