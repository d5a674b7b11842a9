import { Outlet, useMatches, useNavigate, useRouterState, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { session } from '../api/session'
import { m } from '../paraglide/messages'
import { NotAllowed, NotFound, PageState } from '../ui/PageState'
import { Skeleton } from '../ui/Skeleton'
import { OfflineBanner } from './OfflineBanner'
import { pages, pagesOf } from './pages'
import { mayAny } from './permissions'
import { propertyOf, rememberProperty } from './property'
import { useShortcutKeys, useShortcuts } from './shortcuts'
import { TopBar } from './TopBar'
import { useMe } from './useApp'

// Apart from the page, which shows sooner without them; fetched when there is time, so that they open without a connection, too.
const overlays = {
  search: () => import('./SearchDialog').then((it) => ({ default: it.SearchDialog })),
  keys: () => import('./KeyHelp').then((it) => ({ default: it.KeyHelp })),
  session: () => import('./SessionEnded').then((it) => ({ default: it.SessionEnded })),
  stay: () => import('../reservations/StayDrawer').then((it) => ({ default: it.StayDrawer })),
  book: () => import('../reservations/BookDrawer').then((it) => ({ default: it.BookDrawer })),
}
const SearchDialog = lazy(overlays.search)
const KeyHelp = lazy(overlays.keys)
const SessionEnded = lazy(overlays.session)
const StayDrawer = lazy(overlays.stay)
const BookDrawer = lazy(overlays.book)
const restMs = 2_000

function useOverlaysAhead() {
  useEffect(() => {
    const fetchAll = () => {
      for (const load of Object.values(overlays)) load().catch(() => {})
    }
    const timer = setTimeout(fetchAll, restMs)
    return () => clearTimeout(timer)
  }, [])
}

type Overlay = 'search' | 'keys' | undefined

/** Where the content is a chart, one tab stop of it is where one wants to be, behind a whole bar of tools. */
function skip(event: React.MouseEvent) {
  const cell = document.querySelector<HTMLElement>('#page [role=treegrid] [tabindex="0"]')
  if (!cell) return
  event.preventDefault()
  cell.focus()
}

/** Around every page behind the log-in: the bar, what may lie over the page, and what is said instead of a page. */
export function AppFrame() {
  const [overlay, setOverlay] = useState<Overlay>()
  const close = () => setOverlay(undefined)
  const sessionState = useSyncExternalStore(session.state.subscribe, session.state.get)
  useFrameKeys(setOverlay)
  useOverlaysAhead()
  usePageTitle()
  return (
    <div className="flex min-h-dvh flex-col">
      {/* biome-ignore lint/a11y/useValidAnchor: it is navigation on the page, and only goes farther where it can */}
      <a
        href="#page"
        onClick={skip}
        className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:p-2"
      >
        {m.appSkip()}
      </a>
      <OfflineBanner />
      <TopBar onSearch={() => setOverlay('search')} onKeys={() => setOverlay('keys')} />
      <main
        id="page"
        tabIndex={-1}
        className="flex min-h-0 grow flex-col outline-none pb-(--foot) max-sm:[--foot:4rem]"
      >
        <Page />
      </main>
      <Suspense>
        {overlay === 'search' && <SearchDialog onClose={close} />}
        {overlay === 'keys' && <KeyHelp onClose={close} />}
        {sessionState === 'ended' && <SessionEnded />}
      </Suspense>
    </div>
  )
}

/** The page, or why it is not shown. */
function Page() {
  const me = useMe()
  const { property: inUrl } = useSearch({ from: '/app' })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const property = propertyOf(me, inUrl)
  useProperty(property?.id, inUrl)

  const page = pages.find((one) => path === one.to || path.startsWith(`${one.to}/`))
  if (me.properties.length === 0) {
    return (
      <PageState icon="bed" title={m.propertyNoneTitle()} isPage>
        {m.propertyNoneText()}
      </PageState>
    )
  }
  if (!property) return <NotFound isPage />
  if (page && !mayAny(me, [...page.permissions, ...(page.looks ?? [])])) return <NotAllowed isPage />
  return (
    <>
      <Suspense fallback={<Skeleton />}>
        <Outlet key={property.id} />
      </Suspense>
      <Suspense>
        <Drawers />
      </Suspense>
    </>
  )
}

/** Over any page whose URL names a stay, or asks for a new one. */
function Drawers() {
  const { stay, book } = useSearch({ from: '/app' })
  if (stay) return <StayDrawer key={stay} id={stay} />
  return book ? <BookDrawer key={book} seed={book} /> : null
}

/** The property stands in the URL and is remembered for the next visit. */
function useProperty(id: string | undefined, inUrl: string | undefined) {
  const navigate = useNavigate()
  useEffect(() => {
    if (!id) return
    rememberProperty(id)
    if (!inUrl) void navigate({ to: '.', search: (search) => ({ ...search, property: id }), replace: true })
  }, [id, inUrl, navigate])
}

function useFrameKeys(setOverlay: (overlay: Overlay) => void) {
  const me = useMe()
  const navigate = useNavigate()
  const goTo: Record<string, () => string> = {
    '/calendar': m.keysGoCalendar,
    '/front-desk': m.keysGoFrontDesk,
    '/reservations': m.keysGoReservations,
    '/guests': m.keysGoGuests,
    '/housekeeping': m.keysGoHousekeeping,
    '/day-close': m.keysGoDayClose,
    '/reports': m.keysGoReports,
    '/set-up': m.keysGoSetup,
  }
  useShortcutKeys()
  const shortcuts = [
    { keys: '/', label: m.keysSearch(), run: () => setOverlay('search') },
    { keys: 'Ctrl+k', label: m.keysSearch(), run: () => setOverlay('search') },
    { keys: '?', label: m.keysHelp(), run: () => setOverlay('keys') },
    ...pagesOf(me).map((page) => ({
      keys: `g ${page.key}`,
      label: goTo[page.to]?.() ?? page.name(),
      run: () => void navigate({ to: page.to }),
    })),
    { keys: 'Escape', label: m.keysClose() },
  ]
  useShortcuts(m.keysEverywhere(), shortcuts, 'frame')
}

function usePageTitle() {
  const path = useMatches({ select: (matches) => matches.at(-1)?.pathname })
  const name = pages.find((page) => path?.startsWith(page.to))?.name()
  useEffect(() => {
    document.title = name ? `${name} · ${m.appName()}` : m.appName()
  }, [name])
}
