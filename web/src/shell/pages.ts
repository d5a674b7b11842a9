import type { Me } from '../api/queries'
import { m } from '../paraglide/messages'
import type { IconName } from '../ui/Icon'
import { mayAny, type Permission } from './permissions'

export interface Page {
  to:
    | '/calendar'
    | '/front-desk'
    | '/reservations'
    | '/offers'
    | '/guests'
    | '/housekeeping'
    | '/accounts'
    | '/day-close'
    | '/reports'
    | '/set-up'
  name: () => string
  icon: IconName
  /** `g`, then this key. */
  key: string
  /** One of them is enough. */
  permissions: readonly Permission[]
  /** Who is led there by a link of another page; the navigation does not offer it. */
  looks?: readonly Permission[]
}

/** The pages of the navigation, in its order. A route without one of its permissions says so instead of its page. */
export const pages: readonly Page[] = [
  { to: '/calendar', name: m.navCalendar, icon: 'calendar', key: 'c', permissions: ['pms.calendar.view'] },
  {
    to: '/front-desk',
    name: m.navFrontDesk,
    icon: 'bell',
    key: 'f',
    permissions: ['pms.reservations.view'],
  },
  {
    to: '/reservations',
    name: m.navReservations,
    icon: 'list',
    key: 'r',
    permissions: ['pms.reservations.view'],
  },
  { to: '/offers', name: m.navOffers, icon: 'tag', key: 'o', permissions: ['pms.reservations.view'] },
  { to: '/guests', name: m.navGuests, icon: 'guests', key: 'g', permissions: ['pms.guests.view'] },
  {
    to: '/housekeeping',
    name: m.navHousekeeping,
    icon: 'sparkle',
    key: 'h',
    permissions: ['pms.housekeeping.view'],
  },
  { to: '/accounts', name: m.navAccounts, icon: 'note', key: 'a', permissions: ['pms.folio.view'] },
  { to: '/day-close', name: m.navDayClose, icon: 'moon', key: 'd', permissions: ['pms.day_close.run'] },
  { to: '/reports', name: m.navReports, icon: 'chart', key: 'p', permissions: ['pms.folio.view'] },
  {
    to: '/set-up',
    name: m.navSetup,
    icon: 'setup',
    key: 's',
    // Whoever can change something there.
    permissions: ['pms.property.manage', 'pms.rooms.manage', 'pms.rates.manage', 'pms.users.manage'],
    looks: ['pms.rates.view'],
  },
]

export const pagesOf = (me: Me): Page[] => pages.filter((page) => mayAny(me, page.permissions))

/** Where a user begins: housekeeping has no calendar. */
export const startPageOf = (me: Me): Page['to'] => pagesOf(me)[0]?.to ?? '/calendar'
