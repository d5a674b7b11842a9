import { api, dataOf, type Schemas, writeHeaders } from '../api/client'
import type { Day } from '../kernel/dates'
import type { Permission } from '../shell/permissions'
import type { Booking } from './queries'

/** Everything that can be done to a stay beside changing what it says. */
export type ActName =
  | 'confirm'
  | 'checkIn'
  | 'checkOut'
  | 'undoCheckIn'
  | 'undoCheckOut'
  | 'cancel'
  | 'noShow'
  | 'reinstate'
  | 'assign'
  | 'unassign'
  | 'move'
  | 'dates'
  | 'split'
  | 'pin'
  | 'unpin'

const needs: Record<ActName, Permission> = {
  confirm: 'pms.reservations.edit',
  checkIn: 'pms.front_desk.check_in',
  checkOut: 'pms.front_desk.check_out',
  undoCheckIn: 'pms.front_desk.check_in',
  undoCheckOut: 'pms.front_desk.check_out',
  cancel: 'pms.reservations.cancel',
  noShow: 'pms.front_desk.no_show',
  reinstate: 'pms.reservations.edit',
  assign: 'pms.calendar.move',
  unassign: 'pms.calendar.move',
  move: 'pms.calendar.move',
  dates: 'pms.calendar.resize',
  split: 'pms.calendar.move',
  pin: 'pms.calendar.move',
  unpin: 'pms.calendar.move',
}

type Seen = Pick<
  Booking,
  'status' | 'checkInDate' | 'checkOutDate' | 'checkedInOn' | 'checkedOutOn' | 'roomId' | 'isPinned'
> & { nights: readonly unknown[] }

/** What the state allows, the likeliest first. */
function allowed(stay: Seen, today: Day): ActName[] {
  const pin: ActName = stay.isPinned ? 'unpin' : 'pin'
  const canSplit: ActName[] = stay.roomId && stay.nights.length > 1 ? ['split'] : []
  const rooms: ActName[] = stay.roomId ? ['move', ...canSplit, 'unassign', pin] : ['assign']
  const isToCome = stay.checkOutDate > today
  switch (stay.status) {
    case 'HOLD':
      return ['confirm', 'dates', ...rooms, 'cancel']
    case 'CONFIRMED': {
      const late: ActName[] = stay.checkInDate <= today ? ['noShow'] : []
      return [...(isToCome ? (['checkIn'] as const) : []), 'dates', ...rooms, ...late, 'cancel']
    }
    case 'CHECKED_IN': {
      const undo: ActName[] = stay.checkedInOn === today ? ['undoCheckIn'] : []
      return ['checkOut', 'dates', 'move', ...canSplit, pin, ...undo]
    }
    case 'CHECKED_OUT':
      return stay.checkedOutOn === today && stay.roomId ? ['undoCheckOut'] : []
    default:
      return isToCome ? ['reinstate'] : []
  }
}

/** What may be done to the stay now, by its state and by the role of who asks. */
export const actsOf = (stay: Seen, today: Day, may: (permission: Permission) => boolean): ActName[] =>
  allowed(stay, today).filter((act) => may(needs[act]))

/** The one thing that is next for the guest. The others stand in the menu. */
export function nextAct(acts: readonly ActName[], stay: Seen, today: Day): ActName | undefined {
  const first = acts[0]
  if (first === 'checkIn') return stay.checkInDate <= today ? first : undefined
  return first === 'confirm' || first === 'checkOut' || first === 'reinstate' ? first : undefined
}

/** What a dialog asked for. */
export interface ActValues {
  reason: string
  roomId: string | null
  from: Day | null
  to: Day | null
  /** The person was told what stands against it, and wants it all the same. */
  isInsisted: boolean
  /** The person was told what the room lacks of what the stay must have, and takes it. */
  overridesWishes: boolean
  /** The person was told how many nights an early check-in adds, and wants them. */
  addsNights: boolean
  /** The fee that the person was shown; null: none was. */
  feeCents: number | null
  /** The house asks for none. */
  waivesFee: boolean
}

export const noValues: ActValues = {
  reason: '',
  roomId: null,
  from: null,
  to: null,
  isInsisted: false,
  overridesWishes: false,
  addsNights: false,
  feeCents: null,
  waivesFee: false,
}

type Call = Promise<{ data?: { data: Booking } }>

/** As much of a stay as a write names: a line of a list has it, too. */
export type Sent = Pick<Booking, 'id' | 'version' | 'checkInDate'>

/** Sends it, with the version that was seen. */
export function send(act: ActName, stay: Sent, values: ActValues, key: string): Promise<Booking> {
  const at = { params: { path: { id: stay.id } }, headers: writeHeaders(key) }
  const { version } = stay
  const room = { roomId: values.roomId, overrideWishes: values.overridesWishes }
  const reason = values.reason.trim()
  const seen: Schemas['Seen'] = { version }
  const fee = { waiveFee: values.waivesFee, expectedFeeCents: values.waivesFee ? null : values.feeCents }
  const givenUp = { version, reason: reason || null, ...fee }
  const calls: Record<ActName, () => Call> = {
    confirm: () => api.POST('/api/v1/pms/reservations/{id}/confirm', { ...at, body: seen }),
    unassign: () => api.POST('/api/v1/pms/reservations/{id}/unassign', { ...at, body: seen }),
    undoCheckIn: () => api.POST('/api/v1/pms/reservations/{id}/undo-check-in', { ...at, body: seen }),
    undoCheckOut: () => api.POST('/api/v1/pms/reservations/{id}/undo-check-out', { ...at, body: seen }),
    pin: () => api.POST('/api/v1/pms/reservations/{id}/pin', { ...at, body: { version, isPinned: true } }),
    unpin: () => api.POST('/api/v1/pms/reservations/{id}/pin', { ...at, body: { version, isPinned: false } }),
    cancel: () => api.POST('/api/v1/pms/reservations/{id}/cancel', { ...at, body: givenUp }),
    noShow: () => api.POST('/api/v1/pms/reservations/{id}/no-show', { ...at, body: givenUp }),
    reinstate: () =>
      api.POST('/api/v1/pms/reservations/{id}/reinstate', { ...at, body: { version, reason, ...room } }),
    assign: () => api.POST('/api/v1/pms/reservations/{id}/assign', { ...at, body: { version, ...room } }),
    checkIn: () => {
      const body = { version, overrideDirty: values.isInsisted, addNights: values.addsNights, ...room }
      return api.POST('/api/v1/pms/reservations/{id}/check-in', { ...at, body })
    },
    checkOut: () => {
      const body = { version, acceptBalance: values.isInsisted }
      return api.POST('/api/v1/pms/reservations/{id}/check-out', { ...at, body })
    },
    move: () => {
      const checkInDate = values.from === stay.checkInDate ? null : values.from
      return api.POST('/api/v1/pms/reservations/{id}/move', {
        ...at,
        body: { version, ...room, checkInDate, overrideRestrictions: null },
      })
    },
    dates: () => {
      const body = {
        version,
        checkInDate: values.from,
        checkOutDate: values.to,
        overrideRestrictions: null,
      }
      return api.POST('/api/v1/pms/reservations/{id}/resize', { ...at, body })
    },
    split: () => {
      const body = { version, date: values.from ?? '', roomId: values.roomId ?? '' }
      return api.POST('/api/v1/pms/reservations/{id}/split', { ...at, body })
    },
  }
  return dataOf(calls[act]())
}
