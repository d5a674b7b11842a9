import { useQuery } from '@tanstack/react-query'
import { addDays, type Day, day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { DatePicker, DateRangePicker } from '../ui/DatePicker'
import { Note } from '../ui/Note'
import { TextField } from '../ui/TextField'
import type { ActValues } from './acts'
import { QuoteBox } from './QuoteBox'
import { type Booking, roomsOnQuery, useHouse } from './queries'
import { RoomField } from './RoomField'
import { useChangeQuote } from './useQuote'

/** What the dialog of an act asks for. An act that is not here, and needs no question, is done at once. */
export interface Form {
  room?: 'needed' | 'free'
  reason?: 'needed' | 'free'
  day?: (stay: Booking, today: Day) => { label: string; min: Day; max?: Day; first: Day }
  dates?: true
  /** The nights from today to the arrival: the guest is early, and the stay begins today. */
  early?: number
}

export const isMoved = (stay: Booking, { roomId, from }: ActValues): boolean =>
  (roomId !== null && roomId !== stay.roomId) || (from !== null && from !== stay.checkInDate)

const isRoomMissing = (form: Form, stay: Booking, values: ActValues): boolean =>
  !values.roomId && (form.room === 'needed' || (form.day !== undefined && !isMoved(stay, values)))

interface ActFieldsProps {
  form: Form
  stay: Booking
  values: ActValues
  asked: ReturnType<NonNullable<Form['day']>> | undefined
  isTried: boolean
  onChange: (values: ActValues) => void
}

/** What a dialog asks for. */
export function ActFields({ form, stay, values, asked, isTried, onChange }: ActFieldsProps) {
  const change = (part: Partial<ActValues>) => onChange({ ...values, ...part })
  const room = useRoomNights(form, stay, values)
  return (
    <>
      {form.dates && <DatesPart stay={stay} values={values} onChange={change} />}
      {form.early ? <PriceFromToday stay={stay} /> : null}
      {asked && (
        <DatePicker
          label={asked.label}
          min={asked.min}
          max={asked.max}
          value={values.from}
          onChange={(from) => change({ from })}
          error={isTried && !values.from ? m.stayDatesMissing() : undefined}
        />
      )}
      {form.room && (
        <RoomField
          label={m.stayRoom()}
          {...room}
          roomTypeId={stay.roomTypeId}
          value={values.roomId}
          onChange={(roomId) => change({ roomId, isInsisted: false, overridesWishes: false })}
          stayId={stay.id}
          error={isTried && isRoomMissing(form, stay, values) ? m.stayRoomMissing() : undefined}
        />
      )}
      {form.room && values.roomId && values.roomId !== stay.roomId && (
        <RoomWarnings stay={stay} roomId={values.roomId} from={room.from} to={room.to} />
      )}
      {form.reason && (
        <TextField
          label={m.stayReason()}
          rows={2}
          isRequired={form.reason === 'needed'}
          value={values.reason}
          onChange={(reason) => change({ reason })}
          error={
            isTried && form.reason === 'needed' && !values.reason.trim() ? m.stayReasonMissing() : undefined
          }
        />
      )}
    </>
  )
}

/** The nights for which a room is sought, and what it means to choose none. */
function useRoomNights(form: Form, stay: Booking, { from }: ActValues): { from: Day; to: Day; none: string } {
  const { today, room } = useHouse()
  const [first, last] = [day(stay.checkInDate), day(stay.checkOutDate)]
  const none =
    form.room === 'needed'
      ? m.stayTypeChoose()
      : stay.roomId
        ? m.stayRoomSame({ room: room(stay.roomId) })
        : stay.status === 'HOLD' || stay.status === 'CONFIRMED'
          ? m.stayRoomBest()
          : m.stayRoomNone()
  if (form.day && from && from !== first) {
    // A split changes the room for what is left; a move takes the whole stay along.
    const isSplit = form.room === 'needed'
    const nights = stay.nights.length
    return { from, to: isSplit ? last : addDays(from, nights), none }
  }
  if (form.early) return { from: today, to: last, none }
  const isLate = (stay.status === 'CHECKED_IN' || form.room === 'needed') && today > first && today < last
  return { from: isLate ? today : first, to: last, none }
}

/** What is to be known of the room before somebody is sent there: it is not clean, or of a type that was not booked. */
function RoomWarnings({ stay, roomId, from, to }: { stay: Booking; roomId: string; from: Day; to: Day }) {
  const { today, room, type } = useHouse()
  const { data: rooms = [] } = useQuery(roomsOnQuery(stay.propertyId, from, to))
  const chosen = rooms.find((one) => one.roomId === roomId)
  if (!chosen) return null
  const isOther = chosen.roomTypeId !== stay.roomTypeId
  const isDirty = chosen.status === 'VACANT_DIRTY' && from === today
  if (!isOther && !isDirty) return null
  const number = room(roomId)
  const [other, booked] = [type(chosen.roomTypeId), type(stay.roomTypeId)]
  return (
    <Note tone="warning">
      {isDirty && <p>{m.calendarBookDirty({ room: number })}</p>}
      {isOther && <p>{m.calendarAskOtherType({ room: number, type: other, from: booked })}</p>}
    </Note>
  )
}

/** What the stay costs with the nights that an early arrival adds. */
function PriceFromToday({ stay }: { stay: Booking }) {
  const { today } = useHouse()
  return <PriceOf stay={stay} from={today} to={day(stay.checkOutDate)} />
}

/** What the stay costs with other dates, and the difference: of an early departure, what is given back. */
export function PriceOf({ stay, from, to }: { stay: Booking; from: Day; to: Day }) {
  return <QuoteBox {...useChangeQuote(stay.id, from, to, true)} />
}

function DatesPart({
  stay,
  values,
  onChange,
}: {
  stay: Booking
  values: ActValues
  onChange: (part: Partial<ActValues>) => void
}) {
  const { property } = useApp()
  const { from, to } = values
  const isOther = from !== stay.checkInDate || to !== stay.checkOutDate
  const quote = useChangeQuote(stay.id, from, to, isOther)
  const isInHouse = stay.status === 'CHECKED_IN'
  const min = day(
    isInHouse || stay.checkInDate < property.businessDate ? stay.checkInDate : property.businessDate,
  )
  const arrival = day(stay.checkInDate)
  return (
    <>
      {isInHouse ? (
        <DatePicker
          label={m.stayDeparture()}
          min={addDays(min, 1)}
          value={to}
          onChange={(date) => onChange({ from: arrival, to: date })}
        />
      ) : (
        <DateRangePicker
          label={m.stayDates()}
          min={min}
          value={from && to ? { from, to } : null}
          onChange={(range) => onChange({ from: range?.from ?? null, to: range?.to ?? null })}
        />
      )}
      {isOther && <QuoteBox {...quote} />}
    </>
  )
}
