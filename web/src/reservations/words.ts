import type { Format } from '../i18n/format'
import { m } from '../paraglide/messages'
import { statusName } from '../ui/Badge'
import type { Booking, Names } from './queries'
import { type Source, type Status, sources, statuses } from './search'

export const guestNameOf = ({ primaryGuestJson: guest }: Pick<Booking, 'primaryGuestJson'>): string =>
  [guest.firstName, guest.lastName].filter(Boolean).join(' ')

const sourceNames: Record<Source, () => string> = {
  DIRECT: m.staySourceDirect,
  PHONE: m.staySourcePhone,
  WALKIN: m.staySourceWalkIn,
  BOOKING_ENGINE: m.staySourceEngine,
  OTA: m.staySourceOta,
}

export const sourceName = (source: Source): string => sourceNames[source]()

const actions: Record<string, () => string> = {
  CREATED: m.stayDidCreated,
  CHANGED: m.stayDidChanged,
  CONFIRMED: m.stayDidConfirmed,
  ASSIGNED: m.stayDidAssigned,
  UNASSIGNED: m.stayDidUnassigned,
  MOVED: m.stayDidMoved,
  RESIZED: m.stayDidResized,
  SPLIT: m.stayDidSplit,
  SWAPPED: m.stayDidSwapped,
  PINNED: m.stayDidPinned,
  UNPINNED: m.stayDidUnpinned,
  CHECKED_IN: m.stayDidCheckedIn,
  CHECKED_OUT: m.stayDidCheckedOut,
  CHECK_IN_UNDONE: m.stayDidCheckInUndone,
  CHECK_OUT_UNDONE: m.stayDidCheckOutUndone,
  CANCELLED: m.stayDidCancelled,
  NO_SHOW: m.stayDidNoShow,
  REINSTATED: m.stayDidReinstated,
  EXPIRED: m.stayDidExpired,
}

/** `CHECKED_IN` in words; one that this page does not know yet as the API writes it. */
export const actionWords = (action: string): string =>
  actions[action]?.() ?? action.toLowerCase().replaceAll('_', ' ')

const fieldNames: Record<string, () => string> = {
  status: m.stayStatus,
  primaryGuestJson: m.stayGuest,
  checkInDate: m.stayArrival,
  checkOutDate: m.stayDeparture,
  rooms: m.stayRoom,
  roomId: m.stayRoom,
  roomTypeId: m.stayType,
  ratePlanId: m.stayPlan,
  adults: m.stayAdults,
  children: m.stayChildren,
  totalCents: m.stayTotal,
  nights: m.stayPrices,
  arrivalTime: m.stayArrivalTime,
  sourceType: m.staySource,
  sourceRef: m.staySourceRef,
  guestNotes: m.stayGuestNotes,
  internalNotes: m.stayInternalNotes,
  holdExpiresAt: m.stayHoldUntil,
  isPinned: m.stayPinned,
  closeReason: m.stayReason,
  plannedCheckInDate: m.stayPlannedArrival,
  plannedCheckOutDate: m.stayPlannedDeparture,
}

/** What a change said of one field: its name, what it was and what it is. Empty is `undefined`. */
export interface FieldChange {
  field: string
  name: string
  before: string | undefined
  after: string | undefined
}

/** What is needed to put the values into words. */
export interface Speaker {
  names: Names
  format: Format
  zone: string
  currency: string
}

type Json = unknown
const objectOf = (value: Json) => (value && typeof value === 'object' ? (value as Record<string, Json>) : {})
const listOf = (value: Json): Record<string, Json>[] => (Array.isArray(value) ? value.map(objectOf) : [])
const textOf = (value: Json) => (typeof value === 'string' ? value : '')

/** One value in words. Masked texts come masked from the API and are shown as they are. */
function valueWords(field: string, value: Json, { names, format, zone, currency }: Speaker): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? m.stayYes() : m.stayNo()
  if (field === 'totalCents' && typeof value === 'number') return format.money(value, currency)
  if (typeof value === 'number') return format.number(value)
  if (field === 'primaryGuestJson') {
    const { firstName, lastName, email, phone } = objectOf(value)
    const name = [firstName, lastName].map(textOf).filter(Boolean).join(' ')
    return [name, textOf(email), textOf(phone)].filter(Boolean).join(' · ')
  }
  if (field === 'rooms')
    return format.list(
      listOf(value).map((piece) =>
        m.stayRoomOn({
          room: names.room(textOf(piece.roomId)),
          days: format.days(textOf(piece.from), textOf(piece.to), 'short'),
        }),
      ),
    )
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (field === 'status' && statuses.includes(text as Status)) return statusName(text as Status)
  if (field === 'sourceType' && sources.includes(text as Source)) return sourceName(text as Source)
  if (field === 'roomId') return names.room(text)
  if (field === 'roomTypeId') return names.type(text)
  if (field === 'ratePlanId') return names.plan(text)
  if (field === 'holdExpiresAt') return format.instant(text, zone)
  if (field === 'arrivalTime') return format.time(text)
  return field.endsWith('Date') ? format.day(text) : text
}

/** The nights whose price is another: those alone, for the dates are said elsewhere. */
function nightChange(before: Json, after: Json, { format, currency }: Speaker): FieldChange | undefined {
  const old = new Map(listOf(before).map((night) => [textOf(night.night), Number(night.priceCents)]))
  const changed = listOf(after).filter((night) => {
    const was = old.get(textOf(night.night))
    return was !== undefined && was !== Number(night.priceCents)
  })
  if (changed.length === 0) return undefined
  const words = (price: (night: string) => number) =>
    format.list(
      changed.map((night) => {
        const date = textOf(night.night)
        return `${format.day(date, 'short')} ${format.moneyShort(price(date), currency)}`
      }),
    )
  const fresh = new Map(changed.map((night) => [textOf(night.night), Number(night.priceCents)]))
  return {
    field: 'nights',
    name: m.stayPrices(),
    before: words((night) => old.get(night) ?? 0),
    after: words((night) => fresh.get(night) ?? 0),
  }
}

/**
 * The differences in words, in the order in which a person reads a stay. Bookkeeping is left out, and a room that the list of rooms tells
 * anyway.
 */
export function diffWords(diff: Readonly<Record<string, unknown>>, speaker: Speaker): FieldChange[] {
  return Object.entries(fieldNames).flatMap(([field, name]): FieldChange[] => {
    if (!(field in diff) || (field === 'roomId' && 'rooms' in diff)) return []
    const { before, after } = objectOf(diff[field])
    if (field === 'nights') {
      const change = nightChange(before, after, speaker)
      return change ? [change] : []
    }
    // Of what is new, only what is not as it is anyway: nobody asks whether a booking was made without children.
    if ((before === null || before === undefined) && (after === 0 || after === false)) return []
    const [was, is] = [before, after].map((value) => valueWords(field, value, speaker) || undefined)
    return was === is ? [] : [{ field, name: name(), before: was, after: is }]
  })
}

/** The same between two states of a stay, such as the one that was seen and the one that is. */
export function differences(before: object, after: object, speaker: Speaker): FieldChange[] {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>]
  const differing = Object.keys({ ...old, ...now }).filter(
    (field) => JSON.stringify(old[field] ?? null) !== JSON.stringify(now[field] ?? null),
  )
  const diff = Object.fromEntries(
    differing.map((field) => [field, { before: old[field] ?? null, after: now[field] ?? null }]),
  )
  return diffWords(diff, speaker)
}
