import { useNavigate, useSearch } from '@tanstack/react-router'
import {
  Suspense,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { flushSync } from 'react-dom'
import { idempotencyKey } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useShortcuts } from '../shell/shortcuts'
import { useApp } from '../shell/useApp'
import { ErrorState, PageState } from '../ui/PageState'
import { Chart, type ChartHandle } from './chart/Chart'
import { useRows, useVersion } from './chart/useDesk'
import { type Night, nightOf } from './core/days'
import { KEY_HELP } from './core/keys'
import type { Command } from './core/state'
import { type Filters, placeOf, searchOf, type Zoom } from './core/url'
import { Desk } from './desk/Desk'
import { hotelOf } from './desk/hotelOf'
import { keyName } from './names'
import { FIND_ID, type FoundNow } from './page/Find'
import { type FoundStay, findInHouse, findOnChart } from './page/find'
import { Overlays, usePartsAhead } from './page/later'
import { useNews } from './page/news'
import { Toolbar } from './page/Toolbar'
import { tellNone, useActs } from './page/useActs'

/** The tape chart of the property that is open. */
export function CalendarPage() {
  const app = useApp()
  const { property, may } = app
  const today = nightOf(property.businessDate)
  const [desk] = useState(() => new Desk(hotelOf(app)))
  const { place, change } = usePlace()
  const start = place.start ?? today
  const chart = useRef<ChartHandle>(null)
  const [isPicking, setPicking] = useState(false)
  const { isPrinting, print } = usePrint()
  const jump = useJump(desk, start)
  const { openStay } = useStays()

  const go = (night: Night | null) => {
    change({ start: night })
    jump(night ?? today)
  }
  const filter = (filters: Filters) => change({ filters })
  const zoom = (days: Zoom) => change({ days })
  const { found, find } = useFinding(desk, start, (stay) => {
    go(nightOf(stay.checkInDate))
    openStay(stay.id)
  })

  const command = (command: Command) => commands[command]()
  const acts = useActs(desk, chart, { openStay, command })
  const book = () => {
    const typeId = desk.model.types[0]?.id
    const from = Math.max(start, desk.model.businessDate)
    if (typeId)
      acts.openBooking({ typeId, roomId: null, isAnyType: true, from, to: from + 1, key: idempotencyKey() })
  }
  const commands: Record<Command, () => void> = {
    undo: () => void desk.undo(),
    redo: () => void desk.undo('redo'),
    today: () => go(null),
    earlier: () => go(start - 7),
    later: () => go(start + 7),
    goToDate: () => setPicking(true),
    new: () => may('pms.reservations.create') && book(),
    find: () => document.getElementById(FIND_ID)?.focus(),
    // The frame lists all keys of the page.
    help: () => document.dispatchEvent(new KeyboardEvent('keydown', { key: '?' })),
  }
  useNews(desk)
  usePartsAhead(desk, acts.openRestraints)
  useKeys(command)
  useFilters(desk, place.filters)
  useLeaving(desk, place.filters, filter)

  return (
    <div className="flex min-h-0 grow flex-col">
      <Toolbar
        {...{ desk, start, place, isPicking, setPicking }}
        onGo={go}
        onZoom={zoom}
        onFilter={filter}
        found={found}
        onFind={(text) => void find(text)}
        onLeaveFind={() => chart.current?.focusedElement()?.focus({ preventScroll: true })}
        onPrint={print}
        onNew={book}
      />
      <Body desk={desk}>
        <Chart
          desk={desk}
          start={start}
          days={place.days}
          filters={place.filters}
          isPrinting={isPrinting}
          handle={chart}
          onSettled={(night) => change({ start: night })}
          onMenuAt={acts.menuAt}
        />
      </Body>
      <LiveRegion desk={desk} />
      <Suspense>{acts.isOver && <Overlays desk={desk} {...acts} />}</Suspense>
    </div>
  )
}

/** On the chart first; what is not on it is asked of the server, and opened. */
function useFinding(desk: Desk, start: Night, open: (stay: FoundStay) => void) {
  const [found, setFound] = useState<FoundNow | null>(null)
  const find = async (text: string) => {
    if (text.trim() === '') return
    const next = findOnChart(desk.model, text, desk.controller.state.focus, start)
    setFound(next && { ...next, text })
    if (next) return desk.reveal(next.cell)
    const stay = await findInHouse(desk.hotel.propertyId, text)
    if (!stay) return tellNone(text)
    open(stay)
  }
  return { found, find }
}

/** The address is the truth of where the chart is. */
function usePlace() {
  const search = useSearch({ from: '/app/calendar' })
  const navigate = useNavigate({ from: '/calendar' })
  const place = useMemo(() => placeOf(search as Record<string, unknown>), [search])
  const change = useCallback(
    (part: Partial<typeof place>) => {
      const { days, ...rest } = searchOf({ ...place, ...part })
      const own = { start: undefined, type: undefined, status: undefined, hk: undefined, q: undefined }
      void navigate({
        search: (known) => ({ ...known, ...own, ...rest, days: days ? Number(days) : undefined }),
        replace: true,
        resetScroll: false,
      })
    },
    [place, navigate],
  )
  return { place, change }
}

/** Who walks over the chart by keys and jumps to a date goes on from there. */
function useJump(desk: Desk, start: Night) {
  const target = useRef<Night | null>(null)
  useEffect(() => {
    const { focus } = desk.controller.state
    const isTaken = document.activeElement?.closest('[role=treegrid]')
    if (target.current === start && focus && isTaken)
      desk.controller.send({ type: 'goTo', cell: { row: focus.row, night: start } })
    target.current = null
  }, [desk, start])
  return (night: Night) => {
    target.current = night
  }
}

function useFilters(desk: Desk, filters: Filters) {
  useEffect(() => desk.controller.setView({ filters }), [desk, filters])
}

/** Who found what was looked for, and goes on: Escape brings back what stood back for it. */
function useLeaving(desk: Desk, filters: Filters, onFilter: (filters: Filters) => void) {
  const leave = useEffectEvent((event: KeyboardEvent) => {
    const { hand, asked } = desk.controller.state
    const isOnChart = event.target instanceof Element && event.target.closest('[role=treegrid]')
    if (event.key === 'Escape' && filters.text && isOnChart && !hand && !asked)
      onFilter({ ...filters, text: '' })
  })
  useEffect(() => {
    // Before the chart puts back what is in hand, which the same key does.
    document.addEventListener('keydown', leave, true)
    return () => document.removeEventListener('keydown', leave, true)
  }, [])
}

/** The chart, or why there is none. */
function Body({ desk, children }: { desk: Desk; children: React.ReactNode }) {
  const { model, loader } = desk
  useVersion(model, 'structure')
  useVersion(model, 'window')
  const rows = useRows(desk)
  const error = useSyncExternalStore(loader.error.subscribe, loader.error.get)
  const isNew = model.segments.length === 0
  if (isNew && error) return <ErrorState error={error} onRetry={() => loader.retry()} />
  const hasRooms = model.rows.some((row) => row.kind === 'room')
  if (!isNew && !hasRooms) {
    return (
      <PageState icon="bed" title={m.calendarEmptyTitle()}>
        {m.calendarEmptyText()}
      </PageState>
    )
  }
  return (
    <div className="relative flex min-h-0 grow flex-col">
      {children}
      {isNew && (
        <div role="status" className="chart-skeleton">
          <span className="sr-only">{m.stateLoading()}</span>
        </div>
      )}
      {!isNew && rows.length === 0 && (
        <p className="absolute inset-x-0 top-32 text-center text-muted">{m.calendarFilterNone()}</p>
      )}
    </div>
  )
}

/** Speaks what a drag did, and why something cannot be. */
function LiveRegion({ desk }: { desk: Desk }) {
  const text = useSyncExternalStore(desk.spoken.subscribe, desk.spoken.get)
  return (
    <div aria-live="assertive" className="sr-only">
      {text}
    </div>
  )
}

const RUN: Record<string, Command> = {
  t: 'today',
  n: 'new',
  d: 'goToDate',
  '[': 'earlier',
  ']': 'later',
  '/': 'find',
  'Ctrl+z': 'undo',
  'Ctrl+Shift+z': 'redo',
  'Ctrl+y': 'redo',
}

const shellName = (keys: string) => keys.replace(/(^|\+)([A-Z])$/, (_, plus, key) => plus + key.toLowerCase())

/** Those that also work while focus is beside the chart run from here; the rest is listed for help. */
function useKeys(command: (command: Command) => void) {
  const shortcuts = KEY_HELP.flatMap(({ keys, what }) =>
    what === 'calendar.keys.help'
      ? []
      : keys.map((key) => {
          const name = shellName(key)
          const run = RUN[name]
          return { keys: name, label: keyName({ keys, what }), ...(run ? { run: () => command(run) } : {}) }
        }),
  )
  useShortcuts(m.calendarTitle(), shortcuts)
}

/** Paper shows all rooms: the window on the rows is opened before the browser takes its picture. */
function usePrint() {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return { isPrinting, print: () => window.print() }
}
