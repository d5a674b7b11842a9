import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { ApiError } from '../api/errors'
import { meQuery } from '../api/queries'
import { session } from '../api/session'
import { calendarSearch } from '../calendar/search'
import { frontDeskSearch } from '../frontDesk/search'
import { housekeepingSearch } from '../housekeeping/search'
import { suggestLanguage } from '../i18n/locale'
import { offersSearch } from '../offers/search'
import { reportsSearch } from '../reports/search'
import { reservationsSearch } from '../reservations/search'
import { Skeleton } from '../ui/Skeleton'
import { CrashPage, MissingPage } from './CrashPage'
import { startPageOf } from './pages'
import { accountsSearch, appSearch, guestsSearch, logInSearch, ownPath, setUpSearch } from './search'

interface RouterContext {
  queryClient: QueryClient
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: MissingPage,
})

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/log-in',
  validateSearch: logInSearch,
  component: lazyRouteComponent(() => import('./LogInPage'), 'LogInPage'),
})

/** Everything behind the log-in. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  validateSearch: appSearch,
  search: { middlewares: [retainSearchParams(['property'])] },
  beforeLoad: async ({ context, location }) => {
    // The next page shows what a revalidation brings: no navigation waits for it.
    const asked = context.queryClient.ensureQueryData({ ...meQuery, revalidateIfStale: true })
    const me = await asked.catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED') throw error
      session.opened()
      throw redirect({ to: '/log-in', search: { next: ownPath(location.href) }, replace: true })
    })
    suggestLanguage(me.locale)
    return { me }
  },
  component: lazyRouteComponent(() => import('./AppFrame'), 'AppFrame'),
})

const start = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: startPageOf(context.me), search: (search) => search, replace: true })
  },
})

const calendar = createRoute({
  getParentRoute: () => app,
  path: '/calendar',
  validateSearch: calendarSearch,
  component: lazyRouteComponent(() => import('../calendar/CalendarPage'), 'CalendarPage'),
})

const frontDesk = createRoute({
  getParentRoute: () => app,
  path: '/front-desk',
  validateSearch: frontDeskSearch,
  component: lazyRouteComponent(() => import('../frontDesk/FrontDeskPage'), 'FrontDeskPage'),
})

const registrationCard = createRoute({
  getParentRoute: () => app,
  path: '/front-desk/card/$stayId',
  component: lazyRouteComponent(() => import('../frontDesk/CardPage'), 'CardPage'),
})

const reservations = createRoute({
  getParentRoute: () => app,
  path: '/reservations',
  validateSearch: reservationsSearch,
  component: lazyRouteComponent(() => import('../reservations/ReservationsPage'), 'ReservationsPage'),
})

const offers = createRoute({
  getParentRoute: () => app,
  path: '/offers',
  validateSearch: offersSearch,
  component: lazyRouteComponent(() => import('../offers/OffersPage'), 'OffersPage'),
})

const guests = createRoute({
  getParentRoute: () => app,
  path: '/guests',
  validateSearch: guestsSearch,
  component: lazyRouteComponent(() => import('../guests/GuestsPage'), 'GuestsPage'),
})

const guest = createRoute({
  getParentRoute: () => app,
  path: '/guests/$guestId',
  component: lazyRouteComponent(() => import('../guests/GuestPage'), 'GuestPage'),
})

const housekeeping = createRoute({
  getParentRoute: () => app,
  path: '/housekeeping',
  validateSearch: housekeepingSearch,
  component: lazyRouteComponent(() => import('../housekeeping/HousekeepingPage'), 'HousekeepingPage'),
})

const accounts = createRoute({
  getParentRoute: () => app,
  path: '/accounts',
  validateSearch: accountsSearch,
  component: lazyRouteComponent(() => import('../accounts/AccountsPage'), 'AccountsPage'),
})

const dayClose = createRoute({
  getParentRoute: () => app,
  path: '/day-close',
  component: lazyRouteComponent(() => import('../dayClose/DayClosePage'), 'DayClosePage'),
})

const reports = createRoute({
  getParentRoute: () => app,
  path: '/reports',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import('../reports/ReportsPage'), 'ReportsPage'),
})

const setUp = createRoute({
  getParentRoute: () => app,
  path: '/set-up',
  component: lazyRouteComponent(() => import('../setup/SetUpPage'), 'SetUpPage'),
})

const setUpSection = createRoute({
  getParentRoute: () => app,
  path: '/set-up/$section',
  validateSearch: setUpSearch,
  component: lazyRouteComponent(() => import('../setup/SetUpPage'), 'SetUpSectionPage'),
})

const routeTree = root.addChildren([
  logIn,
  app.addChildren([
    start,
    calendar,
    frontDesk,
    registrationCard,
    reservations,
    offers,
    guests,
    guest,
    housekeeping,
    accounts,
    dayClose,
    reports,
    setUp,
    setUpSection,
  ]),
])

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Skeleton />,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: MissingPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
