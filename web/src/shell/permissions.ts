import type { Me } from '../api/queries'

/** Those of the API that a page or a button asks for. */
export type Permission =
  | 'pms.property.view'
  | 'pms.property.manage'
  | 'pms.rooms.view'
  | 'pms.rooms.manage'
  | 'pms.reservations.view'
  | 'pms.reservations.create'
  | 'pms.reservations.edit'
  | 'pms.reservations.cancel'
  | 'pms.reservations.waive_fee'
  | 'pms.front_desk.check_in'
  | 'pms.front_desk.check_out'
  | 'pms.front_desk.no_show'
  | 'pms.calendar.view'
  | 'pms.calendar.move'
  | 'pms.calendar.resize'
  | 'pms.messages.send'
  | 'pms.housekeeping.view'
  | 'pms.housekeeping.manage'
  | 'pms.housekeeping.resolve'
  | 'pms.housekeeping.report'
  | 'pms.guests.view'
  | 'pms.guests.manage'
  | 'pms.folio.view'
  | 'pms.folio.post_charges'
  | 'pms.folio.post_payments'
  | 'pms.folio.void'
  | 'pms.folio.transfer'
  | 'pms.folio.credit'
  | 'pms.day_close.run'
  | 'pms.rates.view'
  | 'pms.rates.manage'
  | 'pms.restrictions.override'
  | 'pms.audit.view'
  | 'pms.users.manage'

export const may = (me: Me, permission: Permission): boolean => me.permissions.includes(permission)

export const mayAny = (me: Me, permissions: readonly Permission[]): boolean =>
  permissions.some((one) => may(me, one))
