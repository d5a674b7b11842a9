import { m } from '../paraglide/messages'
import type { Permission } from '../shell/permissions'

export type SectionId = 'property' | 'room-types' | 'rooms' | 'rates' | 'overbooking' | 'users' | 'api-keys'

export interface Section {
  id: SectionId
  name: () => string
  /** Without it the section is not offered; what may be changed there, the section asks itself. */
  permission: Permission
}

export const sections: readonly Section[] = [
  { id: 'property', name: m.setupProperty, permission: 'pms.property.view' },
  { id: 'room-types', name: m.setupTypes, permission: 'pms.rooms.view' },
  { id: 'rooms', name: m.setupRooms, permission: 'pms.rooms.view' },
  { id: 'rates', name: m.setupRates, permission: 'pms.rates.view' },
  { id: 'overbooking', name: m.setupLimits, permission: 'pms.rates.view' },
  { id: 'users', name: m.setupUsers, permission: 'pms.users.manage' },
  { id: 'api-keys', name: m.setupKeys, permission: 'pms.users.manage' },
]
