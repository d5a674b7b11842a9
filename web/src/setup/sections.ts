import { m } from '../paraglide/messages'
import type { Permission } from '../shell/permissions'

export type SectionId =
  | 'property'
  | 'room-types'
  | 'rooms'
  | 'rates'
  | 'packages'
  | 'restrictions'
  | 'overbooking'
  | 'taxes'
  | 'policies'
  | 'users'
  | 'api-keys'

export interface Section {
  id: SectionId
  name: () => string
  /** Without it the section is not offered; what may be changed there, the section asks itself. */
  permission: Permission
  /** With one of them something can be done there. */
  changes: readonly Permission[]
}

const rates = { permission: 'pms.rates.view', changes: ['pms.rates.manage'] } as const
const users = { permission: 'pms.users.manage', changes: ['pms.users.manage'] } as const

export const sections: readonly Section[] = [
  {
    id: 'property',
    name: m.setupProperty,
    permission: 'pms.property.view',
    changes: ['pms.property.manage'],
  },
  { id: 'room-types', name: m.setupTypes, permission: 'pms.rooms.view', changes: ['pms.rooms.manage'] },
  {
    id: 'rooms',
    name: m.setupRooms,
    permission: 'pms.rooms.view',
    changes: ['pms.rooms.manage', 'pms.housekeeping.manage'],
  },
  { id: 'rates', name: m.setupRates, ...rates },
  { id: 'packages', name: m.setupPackages, ...rates },
  { id: 'restrictions', name: m.setupRestrictions, ...rates },
  { id: 'overbooking', name: m.setupLimits, ...rates },
  { id: 'taxes', name: m.setupTaxes, ...rates },
  { id: 'policies', name: m.setupPolicies, ...rates },
  { id: 'users', name: m.setupUsers, ...users },
  { id: 'api-keys', name: m.setupKeys, ...users },
]
