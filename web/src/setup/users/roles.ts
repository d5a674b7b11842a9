import { m } from '../../paraglide/messages'
import type { Role } from '../queries'

const roles: Record<Role, { name: () => string; what: () => string }> = {
  MANAGER: { name: m.roleManager, what: m.setupRoleManager },
  FRONT_DESK: { name: m.roleFrontDesk, what: m.setupRoleFrontDesk },
  HOUSEKEEPING: { name: m.roleHousekeeping, what: m.setupRoleHousekeeping },
  REVENUE: { name: m.roleRevenue, what: m.setupRoleRevenue },
  READ_ONLY: { name: m.roleReadOnly, what: m.setupRoleReadOnly },
}

export const roleName = (role: Role): string => roles[role].name()

export const roleChoices = () =>
  (Object.keys(roles) as Role[]).map((id) => ({ id, label: roles[id].name(), note: roles[id].what() }))
