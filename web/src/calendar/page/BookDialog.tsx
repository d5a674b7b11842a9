import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, bodyOf } from '../../api/client'
import { useFormat } from '../../i18n/locale'
import { type Day, day } from '../../kernel/dates'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { keepTyped } from '../../reservations/draft'
import { useStays } from '../../reservations/openStay'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Choice'
import { DateRangePicker, type DayRange } from '../../ui/DatePicker'
import { Dialog } from '../../ui/Dialog'
import { type Choice, Select } from '../../ui/Select'
import { NumberField, TextField } from '../../ui/TextField'
import type { BookingAnswer } from '../core/answers'
import { dateOf, type Night, nightOf, nightsOf, type Span } from '../core/days'
import type { Model } from '../core/model'
import { planRange, reasonMessage } from '../core/rules'
import type { Desk } from '../desk/Desk'
import { SOURCES, sourceName } from '../names'
import { said } from '../said'
import { BookPrice } from './BookPrice'
import { useRefusal } from './news'
import { act } from './useActs'

export interface BookRequest {
  readonly typeId: string
  readonly roomId: string | null
  /** Nobody chose the type: one with a free room will do. */
  readonly isAnyType?: boolean
  readonly from: Night
  readonly to: Night
  /** Made when the nights were taken: however often it is sent, it books once. */
  readonly key: string
}

interface Draft {
  typeId: string
  roomId: string | null
  range: DayRange | null
  lastName: string
  firstName: string
  adults: number
  children: number
  planId: string | null
  source: (typeof SOURCES)[number]
  isHold: boolean
  /** The guest stands at the desk. */
  isHere: boolean
}

/** A booking in a few fields: who, how many, at which price. */
export function BookDialog({
  desk,
  request,
  onClose,
}: {
  desk: Desk
  request: BookRequest
  onClose(): void
}) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(desk, request))
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }))
  const { send, isPending, isTried, refusal } = useSending(desk, request, draft, onClose)
  const isNameMissing = isTried && draft.lastName.trim() === ''
  return (
    <Dialog
      isOpen
      title={m.calendarBookTitle()}
      onClose={onClose}
      actions={
        <>
          <AllFields desk={desk} draft={draft} onClose={onClose} />
          <Button onPress={onClose}>{m.calendarBack()}</Button>
          <Button look="primary" isPending={isPending} onPress={() => void send()}>
            {m.calendarBookSave()}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-3 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextField
          label={m.calendarBookLastName()}
          value={draft.lastName}
          onChange={(lastName) => change({ lastName })}
          error={isNameMissing ? m.calendarBookNameMissing() : undefined}
          maxLength={200}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <TextField
          label={m.calendarBookFirstName()}
          value={draft.firstName}
          onChange={(firstName) => change({ firstName })}
          maxLength={200}
          autoComplete="off"
        />
        <Where desk={desk} draft={draft} change={change} />
        <Persons draft={draft} change={change} />
        <Terms desk={desk} draft={draft} change={change} />
        <button type="submit" hidden />
      </form>
      <BookPrice desk={desk} {...draft} />
      {refusal && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger-text">
          {refusal}
        </p>
      )}
    </Dialog>
  )
}

/** To the drawer with everything that a booking can say. */
function AllFields({ desk, draft, onClose }: { desk: Desk; draft: Draft; onClose(): void }) {
  const { openBooking } = useStays()
  const open = () => {
    onClose()
    const { range, roomId, typeId } = draft
    const seed = { from: range?.from, to: range?.to, roomId: roomId ?? undefined, roomTypeId: typeId }
    const { lastName, firstName, adults, children, isHold, source: sourceType, planId: ratePlanId } = draft
    const typed = {
      lastName,
      firstName,
      adults,
      children,
      isHold,
      sourceType,
      ...(ratePlanId && { ratePlanId }),
    }
    if (lastName || firstName) keepTyped(desk.hotel.propertyId, seed, typed)
    openBooking(seed)
  }
  return (
    <Button look="quiet" className="me-auto" onPress={open}>
      {m.calendarBookMore()}
    </Button>
  )
}

const draftOf = ({ model }: Desk, request: BookRequest): Draft => ({
  typeId: typeFor(model, request),
  roomId: request.roomId,
  range: { from: day(dateOf(request.from)), to: day(dateOf(request.to)) },
  lastName: '',
  firstName: '',
  adults: 2,
  children: 0,
  planId: null,
  source: request.from === model.businessDate ? 'WALKIN' : 'DIRECT',
  isHold: false,
  isHere: false,
})

function useSending(desk: Desk, request: BookRequest, draft: Draft, onDone: () => void) {
  const [id] = useState(ulid)
  const [isPending, setPending] = useState(false)
  const [isTried, setTried] = useState(false)
  const refusal = useRefusal(desk)
  async function send() {
    setTried(true)
    if (isPending || draft.lastName.trim() === '' || !isRange(draft.range)) return
    setPending(true)
    const body = bodyFor(draft, draft.range)
    const outcome = await desk.do(
      { action: { kind: 'book', id, body }, versions: {}, key: request.key },
      true,
    )
    setPending(false)
    if (!outcome.ok) return refusal.set(outcome.refusal)
    onDone()
    const booking = outcome.data as BookingAnswer
    const [bar] = desk.model.stay(booking.id)
    const row = bar && desk.model.rowOf(bar)
    // Who drew the nights looks at them already.
    if (row && request.isAnyType) desk.reveal({ row, night: bar.from })
    if (draft.isHere && canCheckIn(desk, draft))
      void act(desk, { kind: 'checkIn', id: booking.id }, booking.version)
  }
  return { send, isPending, isTried, refusal: refusal.text }
}

const isRange = (range: DayRange | null): range is DayRange => range !== null && range.from < range.to

function typeFor(model: Model, { typeId, isAnyType, from, to }: BookRequest): string {
  const free = model.types.find((type) => (roomsLeft(model, type.id, { from, to }) ?? 0) > 0)
  return isAnyType && free ? free.id : typeId
}

/** On the night with the fewest; unknown where the chart was not looked at. */
function roomsLeft(model: Model, typeId: string, { from, to }: Span): number | undefined {
  const left = nightsOf({ from, to }).map((night) => model.total(night)?.byType[typeId])
  return left.reduce((least, now) =>
    least === undefined || now === undefined ? undefined : Math.min(least, now),
  )
}

/** Tonight's guest, with a room that is ready: booked and in the house at once. */
function canCheckIn({ model, hotel }: Desk, { range, roomId, isHold }: Draft): boolean {
  if (isHold || range?.from !== dateOf(model.businessDate) || roomId === null) return false
  return model.room(roomId)?.status === 'VACANT_CLEAN' && hotel.may('pms.front_desk.check_in')
}

function bodyFor(draft: Draft, range: DayRange) {
  const firstName = draft.firstName.trim()
  return {
    roomTypeId: draft.typeId,
    ...(draft.roomId ? { roomId: draft.roomId } : {}),
    checkInDate: range.from,
    checkOutDate: range.to,
    adults: draft.adults,
    children: draft.children,
    primaryGuestJson: { lastName: draft.lastName.trim(), ...(firstName ? { firstName } : {}) },
    sourceType: draft.source,
    ...(draft.planId ? { ratePlanId: draft.planId } : {}),
    ...(draft.isHold ? { status: 'HOLD' } : {}),
  }
}

interface PartProps {
  desk: Desk
  draft: Draft
  change(part: Partial<Draft>): void
}

const NO_ROOM = 'none'

/** All rooms of the type: those that are free first, the others with what is in their way. */
function useRoomChoices({ model }: Desk, typeId: string, span: Span | null): Choice[] {
  const format = useFormat()
  const rooms = model.rows.flatMap((row): Choice[] => {
    if (row.kind !== 'room' || row.typeId !== typeId) return []
    const room = model.room(row.roomId)
    const why = span && planRange(model, row, span)
    const isDirty = room?.status === 'VACANT_DIRTY' && span?.from === model.businessDate
    const note = why ? said(reasonMessage(why), format) : isDirty ? m.stayRoomDirty() : undefined
    return [{ id: row.roomId, label: room?.roomNumber ?? '', note, isDisabled: why !== null }]
  })
  const isTaken = (choice: Choice) => Number(choice.isDisabled)
  return [{ id: NO_ROOM, label: m.calendarBookNoRoom() }, ...rooms.sort((a, b) => isTaken(a) - isTaken(b))]
}

function Where({ desk, draft, change }: PartProps) {
  const { model } = desk
  const room = draft.roomId === null ? undefined : model.room(draft.roomId)
  const span = isRange(draft.range) ? { from: nightOf(draft.range.from), to: nightOf(draft.range.to) } : null
  const types = model.types.map(({ id, name }): Choice => {
    const left = span ? roomsLeft(model, id, span) : undefined
    return {
      id,
      label: name,
      note: left === undefined ? undefined : left > 0 ? m.stayLeft({ count: left }) : m.stayFull(),
    }
  })
  return (
    <>
      <DateRangePicker
        label={m.calendarBookDates()}
        value={draft.range}
        onChange={(range) => change({ range })}
        min={dateOf(model.businessDate) as Day}
        error={isRange(draft.range) ? undefined : m.calendarBlockDatesMissing()}
        className="sm:col-span-2"
      />
      <Select
        label={m.calendarBookType()}
        choices={types}
        value={draft.typeId}
        onChange={(typeId) => change({ typeId, roomId: null })}
      />
      <Select
        label={m.calendarBookRoom()}
        choices={useRoomChoices(desk, draft.typeId, span)}
        value={draft.roomId ?? NO_ROOM}
        onChange={(id) => change({ roomId: id === NO_ROOM ? null : id })}
      />
      {room?.status === 'VACANT_DIRTY' && draft.range?.from === dateOf(model.businessDate) && (
        <p className="text-warning-text sm:col-span-2">{m.calendarBookDirty({ room: room.roomNumber })}</p>
      )}
    </>
  )
}

function Persons({ draft, change }: Omit<PartProps, 'desk'>) {
  return (
    <>
      <NumberField
        label={m.calendarBookAdults()}
        value={draft.adults}
        onChange={(adults) => change({ adults })}
        minValue={1}
        maxValue={100}
        stepLabels={{ less: m.calendarBookFewerAdults(), more: m.calendarBookMoreAdults() }}
      />
      <NumberField
        label={m.calendarBookChildren()}
        value={draft.children}
        onChange={(children) => change({ children })}
        minValue={0}
        maxValue={100}
        stepLabels={{ less: m.calendarBookFewerChildren(), more: m.calendarBookMoreChildren() }}
      />
    </>
  )
}

function Terms({ desk, draft, change }: PartProps) {
  const { propertyId } = desk.hotel
  const plans = useQuery({
    queryKey: ['rate-plans', propertyId, 'active'],
    enabled: desk.hotel.may('pms.rates.view'),
    queryFn: ({ signal }) => {
      const query = { propertyId, isActive: true, limit: 100 }
      return bodyOf(api.GET('/api/v1/pms/rate-plans', { params: { query }, signal }))
    },
  })
  const list = plans.data?.data ?? []
  const usual = list.find((plan) => plan.isDefault)?.id ?? null
  return (
    <>
      <Select
        label={m.calendarBookPlan()}
        choices={list.map(({ id, name }) => ({ id, label: name }))}
        value={draft.planId ?? usual}
        onChange={(planId) => change({ planId })}
        isDisabled={list.length === 0}
      />
      <Select
        label={m.calendarBookSource()}
        choices={SOURCES.map((id) => ({ id, label: sourceName(id) }))}
        value={draft.source}
        onChange={(source) => change({ source })}
      />
      <Checkbox isSelected={draft.isHold} onChange={(isHold) => change({ isHold })}>
        {m.calendarBookHold()}
      </Checkbox>
      {canCheckIn(desk, draft) && (
        <Checkbox isSelected={draft.isHere} onChange={(isHere) => change({ isHere })}>
          {m.calendarBookCheckIn()}
        </Checkbox>
      )}
    </>
  )
}
