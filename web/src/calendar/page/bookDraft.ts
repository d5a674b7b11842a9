/** What is typed into the short form of a booking, and what is sent of it. */
import { type Day, day } from '../../kernel/dates'
import type { DayRange } from '../../ui/DatePicker'
import { dateOf, type Night, nightOf, nightsOf, type Span } from '../core/days'
import type { Model } from '../core/model'
import { planRange } from '../core/rules'
import type { Desk } from '../desk/Desk'
import type { SOURCES } from '../names'

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

type Source = (typeof SOURCES)[number]

export interface Draft {
  typeId: string
  roomId: string | null
  range: DayRange | null
  lastName: string
  firstName: string
  /** `null`: as many as are usual in the type. */
  adults: number | null
  children: number
  planId: string | null
  /** `null`: whoever comes tonight walks in. */
  source: Source | null
  isHold: boolean
  /** The guest stands at the desk. */
  isHere: boolean
  /** Sells although a restriction says no: of what was seen, and of nothing else. */
  isInsisted: boolean
}

export const draftOf = ({ model }: Desk, request: BookRequest): Draft => ({
  typeId: typeFor(model, request),
  roomId: request.roomId,
  range: { from: day(dateOf(request.from)), to: day(dateOf(request.to)) },
  lastName: '',
  firstName: '',
  adults: null,
  children: 0,
  planId: null,
  source: null,
  isHold: false,
  isHere: false,
  isInsisted: false,
})

/** With the persons as they are shown. */
export type BookedDraft = Draft & { readonly adults: number }

/** Two, unless somebody says otherwise or the type takes one. */
export const adultsFor = ({ adults }: Draft, type: { maxAdults: number } | undefined): number =>
  adults ?? Math.min(2, type?.maxAdults ?? 2)

/** What one insists on was said of these nights, this type and this plan. */
export function changed<D extends Draft>(draft: D, part: Partial<Draft>): D {
  const isOther = 'range' in part || 'typeId' in part || 'planId' in part
  return { ...draft, ...(isOther ? { isInsisted: false } : {}), ...part }
}

export const isRange = (range: DayRange | null): range is DayRange => range !== null && range.from < range.to

function typeFor(model: Model, { typeId, isAnyType, from, to }: BookRequest): string {
  const free = model.types.find((type) => (roomsLeft(model, type.id, { from, to }) ?? 0) > 0)
  return isAnyType && free ? free.id : typeId
}

/** On the night with the fewest; unknown where the chart was not looked at. */
export function roomsLeft(model: Model, typeId: string, { from, to }: Span): number | undefined {
  const left = nightsOf({ from, to }).map((night) => model.total(night)?.byType[typeId])
  return left.reduce((least, now) =>
    least === undefined || now === undefined ? undefined : Math.min(least, now),
  )
}

export const isTonight = ({ model }: Desk, { range }: Draft): boolean =>
  range?.from === dateOf(model.businessDate)

/** Tonight's guest, with a room that is ready: booked and in the house at once. */
export function canCheckIn(desk: Desk, draft: Draft): boolean {
  const { model, hotel } = desk
  const { roomId, isHold } = draft
  if (isHold || !isTonight(desk, draft) || roomId === null) return false
  return model.room(roomId)?.status === 'VACANT_CLEAN' && hotel.may('pms.front_desk.check_in')
}

export const sourceFor = (desk: Desk, draft: Draft): Source =>
  draft.source ?? (isTonight(desk, draft) ? 'WALKIN' : 'DIRECT')

export function bodyFor(desk: Desk, draft: BookedDraft, range: DayRange) {
  const firstName = draft.firstName.trim()
  return {
    roomTypeId: draft.typeId,
    ...(draft.roomId ? { roomId: draft.roomId } : {}),
    checkInDate: range.from,
    checkOutDate: range.to,
    adults: draft.adults,
    children: draft.children,
    primaryGuestJson: { lastName: draft.lastName.trim(), ...(firstName ? { firstName } : {}) },
    sourceType: sourceFor(desk, draft),
    ...(draft.planId ? { ratePlanId: draft.planId } : {}),
    ...(draft.isHold ? { status: 'HOLD' } : {}),
    ...(draft.isInsisted ? { overrideRestrictions: true } : {}),
  }
}

/** What is nearest to it: in the same room, where that is free then. */
export function ledTo(
  model: Model,
  draft: Draft,
  to: { typeId: string; from: Day; to: Day },
): Partial<Draft> {
  const row = model.rows.find((one) => one.kind === 'room' && one.roomId === draft.roomId)
  const span = { from: nightOf(to.from), to: nightOf(to.to) }
  const isKept = to.typeId === draft.typeId && row?.kind === 'room' && planRange(model, row, span) === null
  return {
    typeId: to.typeId,
    range: { from: to.from, to: to.to },
    roomId: isKept ? draft.roomId : null,
  }
}
