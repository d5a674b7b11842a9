import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { api, dataOf, writeHeaders } from '../api/client'
import { ApiError } from '../api/errors'
import { useFormat } from '../i18n/locale'
import { daysBetween } from '../kernel/dates'
import { idempotencyKey, ulid } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { DateRangePicker } from '../ui/DatePicker'
import { Drawer } from '../ui/Dialog'
import { Note } from '../ui/Note'
import { NotAllowed } from '../ui/PageState'
import { notify } from '../ui/Toast'
import { following } from './dates'
import { bookingDraft, type Draft, useDraft } from './draft'
import { ErrorNote } from './ErrorNote'
import { errorsOf, shownFields } from './faults'
import { faultsOf, fieldsOfSeed, newGuest, newReservation, type StayFields, toldAges } from './fields'
import { GuestFields } from './GuestFields'
import { useStays } from './openStay'
import { PackageField } from './PackageField'
import { QuoteBox } from './QuoteBox'
import { type Booking, roomsOnQuery, useHouse } from './queries'
import { RoomField } from './RoomField'
import {
  AgeFields,
  type FormPart,
  FormSection,
  HoldFields,
  NoteFields,
  PersonFields,
  PlanField,
  SourceFields,
  TypeField,
} from './StayFieldSet'
import { seedOf } from './seed'
import { tellWarnings } from './tellWarnings'
import { useQuote } from './useQuote'
import { useStayWrite } from './useStayWrite'
import { WishFields } from './WishFields'

/** Opens over any page whose URL asks for a booking. */
export function BookDrawer({ seed }: { seed: string }) {
  const { may } = useApp()
  const { close } = useStays()
  if (may('pms.reservations.create')) return <BookForm seed={seed} />
  return (
    <Drawer isOpen onClose={close} title={m.stayNew()}>
      <NotAllowed />
    </Drawer>
  )
}

/** The ids of what is being made: with them a try after a lost connection makes nothing twice. */
interface Made {
  reservation: string
  guest: string
  guestKey: string
}

const shortOfIds = (): Made => ({ reservation: ulid(), guest: ulid(), guestKey: idempotencyKey() })

/** The type that a room of the seed belongs to is the charged one, until another is chosen. */
function useFilledIn(draft: Draft<StayFields>): StayFields {
  const { property } = useApp()
  const { value } = draft
  const { today } = useHouse()
  const rooms = useQuery({
    ...roomsOnQuery(property.id, value.from ?? today, value.to ?? today),
    enabled: Boolean(value.roomId && !value.roomTypeId && value.from && value.to && value.from < value.to),
  }).data
  const ofRoom = rooms?.find((room) => room.roomId === value.roomId)?.roomTypeId
  return useMemo(
    () => (value.roomTypeId || !ofRoom ? value : { ...value, roomTypeId: ofRoom }),
    [value, ofRoom],
  )
}

function useBook(draft: Draft<StayFields>, seed: string) {
  const { property, may } = useApp()
  const { openBooked } = useStays()
  const ids = useRef<Made>(undefined)
  ids.current ??= shortOfIds()
  const { today } = useHouse()
  return useStayWrite<StayFields>(
    async (fields, key) => {
      const { reservation, guest, guestKey } = ids.current ?? shortOfIds()
      let guestId = fields.guestId
      if (!guestId && fields.isGuestKept && may('pms.guests.manage')) {
        const body = newGuest(fields, guest, property.id)
        guestId = await dataOf(
          api.POST('/api/v1/pms/guests', { body: body as never, headers: writeHeaders(guestKey) }),
        ).then((made) => (made as { id: string }).id)
        // From here on the guest is a known one, also for the next try.
        draft.change({ guestId })
      }
      const given = { id: reservation, propertyId: property.id, zone: property.timezone }
      return book({ ...fields, guestId }, given, key)
    },
    (booking) => {
      draft.drop(fieldsOfSeed(seedOf(seed), today))
      notify({ text: m.stayBooked({ number: booking.confirmationNumber }) })
      tellWarnings(booking)
      openBooked(booking.id)
    },
  )
}

/** When an earlier try came through after all, and the form was changed since, the booking is there already: it is shown as it is. */
async function book(fields: StayFields, given: Parameters<typeof newReservation>[1], key: string) {
  const body = newReservation(fields, given)
  try {
    return await dataOf(api.POST('/api/v1/pms/reservations', { body, headers: writeHeaders(key) }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'IDEMPOTENCY_KEY_REUSED') throw error
    return dataOf<Booking>(api.GET('/api/v1/pms/reservations/{id}', { params: { path: { id: given.id } } }))
  }
}

/** To the first field that is wrong: the form may be longer than its drawer. */
const goToFault = () =>
  document
    .querySelector<HTMLElement>('[role=dialog] [aria-invalid=true], [role=dialog] [data-invalid] button')
    ?.focus()

function BookForm({ seed }: { seed: string }) {
  const { property } = useApp()
  const stays = useStays()
  const { today, types } = useHouse()
  const initial = useMemo(() => fieldsOfSeed(seedOf(seed), today), [seed, today])
  const typed = useDraft(bookingDraft(property.id, seed), initial)
  const value = useFilledIn(typed)
  const draft = { ...typed, value }
  const [isTried, setTried] = useState(false)
  const { mutate, isPending, error } = useBook(typed, seed)
  const type = types.find((one) => one.id === value.roomTypeId)
  const faults = faultsOf(value, type)
  // Persons are counted while one types; what is still missing is told when one wants to go on.
  const { adults, children } = faults
  const errorOf = errorsOf(isTried ? faults : { adults, children }, type, error)
  const submit = () => {
    setTried(true)
    if (Object.keys(faults).length === 0) mutate(value)
    else requestAnimationFrame(goToFault)
  }
  const close = () => {
    if (typed.value !== initial && !typed.isFound) notify({ text: m.stayDraftKept() })
    stays.close()
  }
  const label = value.isHold ? m.stayHoldDo() : m.stayBookDo()
  return (
    <Drawer
      isOpen
      onClose={close}
      title={m.stayNew()}
      width="wide"
      actions={
        <>
          <Button onPress={close}>{m.uiCancel()}</Button>
          <Button look="primary" isPending={isPending} onPress={submit}>
            {label}
          </Button>
        </>
      }
    >
      {typed.isFound && <FoundNote onDrop={() => typed.drop(initial)} />}
      <StayPart draft={draft} errorOf={errorOf} />
      <FormSection title={m.stayGuest()}>
        <GuestFields draft={draft} errorOf={errorOf} mayKeep />
      </FormSection>
      <FormSection title={m.stayMore()}>
        <SourceFields draft={draft} errorOf={errorOf} />
        <div className="mt-3">
          <WishFields draft={draft} errorOf={errorOf} />
        </div>
        <HoldFields draft={draft} errorOf={errorOf} mayChoose />
        <div className="mt-3">
          <NoteFields draft={draft} errorOf={errorOf} />
        </div>
      </FormSection>
      <ErrorNote error={error} shown={shownFields} />
    </Drawer>
  )
}

/** Says that something was kept from before. */
export function FoundNote({ onDrop }: { onDrop: () => void }) {
  return (
    <div className="mb-4">
      <Note
        actions={
          <Button look="quiet" onPress={onDrop} className="-my-1 text-current!">
            {m.stayDraftDrop()}
          </Button>
        }
      >
        {m.stayDraftFound()}
      </Note>
    </div>
  )
}

/** How many rooms of each type are left on all of the nights. */
function useLefts({ from, to }: StayFields): ReadonlyMap<string, number> | undefined {
  const { property } = useApp()
  const days = from && to ? daysBetween(from, to) : 0
  const { data } = useQuery({
    queryKey: ['availability', property.id, from, days],
    enabled: days > 0 && days <= 400,
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/pms/availability', {
          params: { query: { propertyId: property.id, start: from ?? '', days } },
          signal,
        }),
      ),
  })
  return useMemo(
    () =>
      data && new Map(data.map((one) => [one.roomTypeId, Math.min(...one.nights.map((n) => n.available))])),
    [data],
  )
}

/** Nights, type, room, persons, and what that costs. */
function StayPart({ draft, errorOf }: FormPart) {
  const { value, change } = draft
  const { property, may } = useApp()
  const { today } = useHouse()
  const format = useFormat()
  const lefts = useLefts(value)
  const isCrowded = [errorOf('adults'), errorOf('children')].some(Boolean)
  const { from, to, roomTypeId } = value
  const quote = useQuote({
    propertyId: property.id,
    adults: value.adults,
    children: value.children,
    childAges: toldAges(value),
    ...(roomTypeId ? { roomTypeId } : {}),
    ...(value.ratePlanId ? { ratePlanId: value.ratePlanId } : {}),
    ...(from && to ? { checkInDate: from, checkOutDate: to } : {}),
    ...(value.packageIds?.length ? { packageIds: [...value.packageIds] } : {}),
  })
  const range = from && to ? { from, to } : null
  const nights = from && to && from < to ? daysBetween(from, to) : 0
  return (
    <FormSection title={m.stayStay()}>
      <div className="grid gap-3 sm:grid-cols-2">
        <DateRangePicker
          label={m.stayDates()}
          isRequired
          min={today}
          value={range}
          onChange={(next) => {
            const kept = following(range, next)
            change({ from: kept?.from ?? null, to: kept?.to ?? null })
          }}
          description={
            nights > 0 && from
              ? `${m.reservationNights({ count: nights })} · ${format.day(from, 'long')}`
              : undefined
          }
          error={errorOf('from')}
        />
        <div className="grid grid-cols-2 gap-3">
          <PersonFields draft={draft} errorOf={errorOf} />
        </div>
      </div>
      <AgeFields draft={draft} errorOf={errorOf} />
      <div className="mt-3 grid gap-3 sm:grid-cols-3">
        <TypeField draft={draft} errorOf={errorOf} lefts={lefts} />
        <RoomField
          label={m.stayRoom()}
          from={from}
          to={to}
          roomTypeId={roomTypeId}
          value={value.roomId}
          onChange={(roomId, ofType) => change({ roomId, roomTypeId: roomTypeId ?? ofType })}
          wishes={value.wishes}
          error={errorOf('roomId')}
        />
        <PlanField draft={draft} errorOf={errorOf} />
      </div>
      <PackageField draft={draft} errorOf={errorOf} />
      <div className="mt-3">
        <QuoteBox {...quote} isNew error={isCrowded ? null : quote.error} />
        {!!quote.data?.violations.length && may('pms.restrictions.override') && (
          <Checkbox isSelected={value.isInsisted ?? false} onChange={(isInsisted) => change({ isInsisted })}>
            {m.staySellAnyway()}
          </Checkbox>
        )}
      </div>
    </FormSection>
  )
}
