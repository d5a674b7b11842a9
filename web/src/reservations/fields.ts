import { parseAbsolute, parseDateTime, toZoned } from '@internationalized/date'
import type { Schemas } from '../api/client'
import { addDays, type Day, day } from '../kernel/dates'
import type { BookingSeed } from './openStay'
import type { Booking, RoomType } from './queries'
import type { Source } from './search'

/** What a person types into the form of a stay. */
export interface StayFields {
  from: Day | null
  to: Day | null
  roomTypeId: string | null
  roomId: string | null
  ratePlanId: string | null
  adults: number
  children: number
  /** Of each child, `4,9`; empty where it is not told. */
  ages?: string
  guestId: string | null
  firstName: string
  lastName: string
  email: string
  phone: string
  /** Of a guest without a profile: whether one is made. */
  isGuestKept: boolean
  /** What the room must have, and what would be nice. */
  wishes: Wishes
  arrivalTime: string
  sourceType: Source
  sourceRef: string
  guestNotes: string
  internalNotes: string
  isHold: boolean
  holdDay: Day | null
  holdTime: string
  /** Sells although a restriction says no. */
  isInsisted?: boolean
  /** Beside those of its plan. */
  packageIds?: readonly string[]
}

/** The clock of the hotel's wall as an instant, and back: a hold ends by that clock, not by the browser's. */
export const instantOf = (date: Day, time: string, zone: string): string =>
  toZoned(parseDateTime(`${date}T${time || '18:00'}`), zone).toAbsoluteString()

export function wallClockOf(instant: string, zone: string): { day: Day; time: string } {
  const text = parseAbsolute(instant, zone).toString()
  return { day: day(text.slice(0, 10)), time: text.slice(11, 16) }
}

export function fieldsOfSeed(seed: BookingSeed, today: Day): StayFields {
  const from = seed.from ?? today
  return {
    from,
    to: seed.to ?? addDays(from, 1),
    roomTypeId: seed.roomTypeId ?? null,
    roomId: seed.roomId ?? null,
    ratePlanId: seed.ratePlanId ?? null,
    adults: seed.adults ?? 1,
    children: seed.ages?.length ?? 0,
    ages: seed.ages?.join() ?? '',
    guestId: null,
    firstName: '',
    lastName: '',
    email: '',
    phone: '',
    isGuestKept: true,
    wishes: noWishes,
    arrivalTime: '',
    sourceType: seed.isWalkIn ? 'WALKIN' : 'DIRECT',
    sourceRef: '',
    guestNotes: '',
    internalNotes: '',
    isHold: false,
    holdDay: null,
    holdTime: '',
  }
}

/** `today`: what of its packages ended before is over. */
export function fieldsOf(booking: Booking, zone: string, today: string = booking.checkInDate): StayFields {
  const guest = booking.primaryGuestJson
  const hold = booking.holdExpiresAt ? wallClockOf(booking.holdExpiresAt, zone) : null
  return {
    from: day(booking.checkInDate),
    to: day(booking.checkOutDate),
    roomTypeId: booking.roomTypeId,
    roomId: booking.roomId ?? null,
    ratePlanId: booking.ratePlanId,
    adults: booking.adults,
    children: booking.children,
    ages: booking.childAges?.join() ?? '',
    guestId: booking.guestId ?? null,
    firstName: guest.firstName ?? '',
    lastName: guest.lastName,
    email: guest.email ?? '',
    phone: guest.phone ?? '',
    isGuestKept: false,
    wishes: booking.wishes ?? noWishes,
    arrivalTime: booking.arrivalTime?.slice(0, 5) ?? '',
    sourceType: booking.sourceType,
    sourceRef: booking.sourceRef ?? '',
    guestNotes: booking.guestNotes ?? '',
    internalNotes: booking.internalNotes ?? '',
    packageIds: chosenOf(booking, today),
    isHold: booking.status === 'HOLD',
    holdDay: hold?.day ?? null,
    holdTime: hold?.time ?? '',
  }
}

/** What was chosen for a stay and goes on. */
const chosenOf = ({ packages = [] }: Booking, today: string): string[] =>
  packages
    .filter(({ ratePlanId, validTo }) => !ratePlanId && (!validTo || validTo > today))
    .map(({ packageId }) => packageId)
    .sort()

/** Of each child, `null` where it is not told. */
export const agesOf = ({ ages = '', children }: Pick<StayFields, 'ages' | 'children'>): (number | null)[] => {
  const told = ages.split(',')
  return Array.from({ length: children }, (_, n) => (told[n] ? Number(told[n]) : null))
}

/** As the API takes them: of every child, or of none. */
export function toldAges(fields: Pick<StayFields, 'ages' | 'children'>): number[] | null {
  const ages = agesOf(fields).filter((age) => age !== null)
  return ages.length > 0 && ages.length === fields.children ? ages : null
}

/** Wishes as the API has them: features and floor must be so, the rest would be nice. */
export type Wishes = Schemas['Wishes']
export const noWishes: Wishes = {
  features: [],
  floor: null,
  lastRoom: false,
  nearReservationId: null,
  roomId: null,
}

const isWishing = ({ features = [], floor, lastRoom, roomId, nearReservationId }: Wishes): boolean =>
  features.length > 0 || Boolean(floor || lastRoom || roomId || nearReservationId)

const textOf = (text: string) => text.trim() || null

const guestOf = (fields: StayFields) => ({
  firstName: fields.firstName.trim(),
  lastName: fields.lastName.trim(),
  email: textOf(fields.email),
  phone: textOf(fields.phone),
})

export interface Given {
  id: string
  propertyId: string
  zone: string
}

/** The booking that is asked for. What was left empty is left to the property: its default plan, its time for holds. */
export function newReservation(
  fields: StayFields,
  { id, propertyId, zone }: Given,
): Schemas['NewReservation'] {
  const { from, to, roomId, roomTypeId, ratePlanId, guestId, holdDay } = fields
  if (!from || !to) throw new RangeError('a booking needs its dates')
  const given = {
    roomId,
    roomTypeId,
    ratePlanId,
    guestId,
    childAges: toldAges(fields),
    arrivalTime: textOf(fields.arrivalTime),
    sourceRef: textOf(fields.sourceRef),
    guestNotes: textOf(fields.guestNotes),
    internalNotes: textOf(fields.internalNotes),
    holdExpiresAt: fields.isHold && holdDay ? instantOf(holdDay, fields.holdTime, zone) : null,
  }
  return {
    id,
    propertyId,
    checkInDate: from,
    checkOutDate: to,
    adults: fields.adults,
    children: fields.children,
    sourceType: fields.sourceType,
    status: fields.isHold ? 'HOLD' : 'CONFIRMED',
    primaryGuestJson: guestOf(fields),
    ...(isWishing(fields.wishes) ? { wishes: fields.wishes } : {}),
    ...(fields.isInsisted ? { overrideRestrictions: true } : {}),
    ...(fields.packageIds?.length ? { packageIds: [...fields.packageIds] } : {}),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
  }
}

export const newGuest = (fields: StayFields, id: string, propertyId: string): Schemas['NewGuest'] => {
  const { email, phone, ...name } = guestOf(fields)
  return { id, propertyId, ...name, ...(email ? { email } : {}), ...(phone ? { phone } : {}) }
}

const same = ['adults', 'children', 'roomTypeId', 'ratePlanId', 'sourceType', 'guestId'] as const
const texts = ['arrivalTime', 'sourceRef', 'guestNotes', 'internalNotes'] as const
const ofGuest = ['firstName', 'lastName', 'email', 'phone'] as const

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** A field that is absent stays; `null` empties it. */
export type Change = Partial<Schemas['ReservationChange']>

/** Only what differs: what someone else changed meanwhile, and one did not touch, stays as they made it. */
export function changeOf(before: StayFields, after: StayFields, zone: string): Change {
  const change: Record<string, unknown> = {}
  for (const name of same) if (before[name] !== after[name]) change[name] = after[name]
  for (const name of texts) if (before[name] !== after[name]) change[name] = textOf(after[name])
  const [ages, told] = [toldAges(before)?.join(), toldAges(after)]
  if (ages !== told?.join()) change.childAges = told
  if (ofGuest.some((name) => before[name] !== after[name])) change.primaryGuestJson = guestOf(after)
  if (!isSame(before.packageIds ?? [], after.packageIds ?? [])) change.packageIds = after.packageIds
  if (!isSame(before.wishes, after.wishes)) change.wishes = isWishing(after.wishes) ? after.wishes : null
  if (after.holdDay && (before.holdDay !== after.holdDay || before.holdTime !== after.holdTime))
    change.holdExpiresAt = instantOf(after.holdDay, after.holdTime, zone)
  return change
}

/** What one chose and gave up oneself, over what the stay has now. */
function packagesOver(...[before, after, now]: readonly StayFields[]): readonly string[] {
  const has = (fields: StayFields | undefined, id: string) => fields?.packageIds?.includes(id) ?? false
  const kept = (now?.packageIds ?? []).filter((id) => has(after, id) || !has(before, id))
  const added = (after?.packageIds ?? []).filter((id) => !has(before, id) && !kept.includes(id))
  return [...kept, ...added].sort()
}

/** The fields that a person changed, put over what the stay is now. */
export function carriedOver(before: StayFields, after: StayFields, now: StayFields): StayFields {
  const own = (Object.keys(after) as (keyof StayFields)[]).filter(
    (name) => !isSame(before[name], after[name]),
  )
  const merged = { ...now, ...Object.fromEntries(own.map((name) => [name, after[name]])) }
  return own.includes('packageIds') ? { ...merged, packageIds: packagesOver(before, after, now) } : merged
}

export type FieldFault = 'dates' | 'type' | 'lastName' | 'nobody' | 'adults' | 'persons' | 'ages'

/** Nobody, or more than the type takes. */
export function crowdOf(
  { adults, children }: Pick<StayFields, 'adults' | 'children'>,
  type: Pick<RoomType, 'maxAdults' | 'maxOccupancy'> | undefined,
): { adults?: FieldFault; children?: FieldFault } {
  if (adults + children < 1) return { adults: 'nobody' }
  if (type && adults > type.maxAdults) return { adults: 'adults' }
  return type && adults + children > type.maxOccupancy ? { children: 'persons' } : {}
}

/** What can be known to be refused before it is sent, by the field that it belongs to. */
export function faultsOf(
  fields: StayFields,
  type: Pick<RoomType, 'maxAdults' | 'maxOccupancy'> | undefined,
): Partial<Record<keyof StayFields, FieldFault>> {
  const faults: Partial<Record<keyof StayFields, FieldFault>> = {}
  if (!fields.from || !fields.to || fields.from >= fields.to) faults.from = 'dates'
  if (!fields.roomTypeId && !fields.roomId) faults.roomTypeId = 'type'
  if (!fields.lastName.trim()) faults.lastName = 'lastName'
  Object.assign(faults, crowdOf(fields, type))
  const told = agesOf(fields).filter((age) => age !== null).length
  if (told > 0 && told < fields.children) faults.ages = 'ages'
  return faults
}
