import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useFormat } from '../i18n/locale'
import { addDays } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useHouse } from '../reservations/queries'
import { useShortcuts } from '../shell/shortcuts'
import { useApp } from '../shell/useApp'
import { useLive } from '../shell/useLive'
import { Button, IconButton } from '../ui/Button'
import { Switch } from '../ui/Choice'
import { Note } from '../ui/Note'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { Segments } from '../ui/Segments'
import { Tabs } from '../ui/Tabs'
import { TextField } from '../ui/TextField'
import { DepositList } from './DepositList'
import { type DeskList, type DeskRows, finder, inOrder, listsOf } from './lists'
import { depositsQuery, deskQuery, discrepanciesQuery, type HouseNow, houseNowQuery } from './queries'
import { StayList } from './StayList'
import { type ListName, listNames, type Order, type TabName } from './search'

const AssignArrivals = lazy(() => import('./AssignArrivals').then((it) => ({ default: it.AssignArrivals })))

const listTitles: Record<ListName, () => string> = {
  arrivals: m.deskArrivals,
  departures: m.deskDepartures,
  inHouse: m.deskInHouse,
  unassigned: m.deskUnassigned,
  late: m.deskLate,
}

const nobody: Record<ListName, () => string> = {
  arrivals: m.deskArrivalsNone,
  departures: m.deskDeparturesNone,
  inHouse: m.deskInHouseNone,
  unassigned: m.deskUnassignedNone,
  late: m.deskLateNone,
}

/** The day of the desk: who comes, who goes, who is here, and who is missing. */
export function FrontDeskPage() {
  const { property, may } = useApp()
  const { today } = useHouse()
  const { openBooking } = useStays()
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const seesChart = may('pms.calendar.view')
  useLive(property.id, seesChart)
  const rows = useQuery(deskQuery(property.id, today))
  const now = useQuery({ ...houseNowQuery(property.id, today), enabled: seesChart }).data
  const walkIn = () => openBooking({ from: today, to: addDays(today, 1), isWalkIn: true })
  const mayBook = may('pms.reservations.create')
  useShortcuts(m.navFrontDesk(), [
    { keys: 'f', label: m.deskFind(), run: () => field.current?.focus() },
    ...(mayBook ? [{ keys: 'n', label: m.deskWalkIn(), run: walkIn }] : []),
  ])
  return (
    <>
      <PageHeader title={m.navFrontDesk()}>
        <TextField
          label={m.deskFind()}
          isLabelHidden
          type="search"
          placeholder={m.deskFindHint()}
          className="max-sm:order-last max-sm:w-full sm:w-72"
          inputRef={field}
          value={typed}
          onChange={setTyped}
          onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
          end={typed && <IconButton icon="close" label={m.uiClear()} onPress={() => setTyped('')} />}
        />
        {mayBook && (
          <Button look="primary" icon="plus" onPress={walkIn}>
            {m.deskWalkIn()}
          </Button>
        )}
      </PageHeader>
      <QueryState query={rows} lines={12}>
        {(all) => (
          // Asked for after the lists: a browser has six connections, and the stream needs one of them at once.
          <>
            <Differences />
            <Lists rows={all} now={now} typed={typed} />
          </>
        )}
      </QueryState>
    </>
  )
}

/** Rooms where housekeeping saw something else than the desk says. */
function Differences() {
  const { property, may } = useApp()
  const format = useFormat()
  const navigate = useNavigate()
  const seesRooms = may('pms.housekeeping.view')
  const { data: n = 0 } = useQuery({ ...discrepanciesQuery(property.id), enabled: seesRooms })
  if (n === 0) return null
  const show = () =>
    void navigate({ to: '/housekeeping', search: { show: 'differs', property: property.id } })
  return (
    <div className="px-4 pb-3">
      <Note tone="warning" actions={<Button onPress={show}>{m.houseFromDeskShow()}</Button>}>
        {m.houseFromDesk({ n: format.number(n) })}
      </Note>
    </div>
  )
}

interface ListsProps {
  rows: DeskRows
  now: HouseNow | undefined
  typed: string
}

/** Only those that were looked for are listed, and counted. */
function useFound(rows: DeskRows, typed: string): Record<ListName, DeskList> {
  const { room, today } = useHouse()
  return useMemo(() => {
    const isFound = finder(typed, room)
    const only = (stays: DeskRows['late']) => stays.filter(isFound)
    const { arrivals, late, inHouse, departed } = rows
    const found = {
      arrivals: only(arrivals),
      late: only(late),
      inHouse: only(inHouse),
      departed: only(departed),
    }
    return listsOf(found, today)
  }, [rows, typed, room, today])
}

function Lists({ rows, now, typed }: ListsProps) {
  const { list = 'arrivals', order = 'name' } = useSearch({ from: '/app/front-desk' })
  const navigate = useNavigate()
  const format = useFormat()
  const lists = useFound(rows, typed)
  const deposits = useDeposits()
  const go = (change: { list?: TabName; order?: Order }) =>
    void navigate({ to: '.', search: (search) => ({ ...search, ...change }), replace: true })
  return (
    <Tabs
      label={m.navFrontDesk()}
      className="px-4"
      value={list}
      onChange={(id) => go({ list: id as TabName })}
      tabs={[
        ...listNames.map((id) => ({
          id,
          title: listTitles[id](),
          count: format.number(lists[id].open.length),
          content: () => (
            <DayList
              key={id}
              name={id}
              list={lists[id]}
              order={order}
              now={now}
              isFiltered={typed.trim() !== ''}
              onOrder={(next) => go({ order: next })}
            />
          ),
        })),
        ...deposits,
      ]}
    />
  )
}

/** The tab of deposits, for who sees accounts. */
function useDeposits() {
  const { property, may } = useApp()
  const { today } = useHouse()
  const format = useFormat()
  const isSeen = may('pms.folio.view')
  const { data } = useQuery({ ...depositsQuery(property.id, today), enabled: isSeen })
  if (!isSeen || !data) return []
  return [
    {
      id: 'deposits',
      title: m.deskDeposits(),
      count: format.number(data.length),
      content: () => <DepositList due={data} />,
    },
  ]
}

/** Rooms for all who arrive today: who was to come before is asked one by one whether they still do. */
function AssignAll({ stays }: { stays: DeskList['open'] }) {
  const { may } = useApp()
  const { today } = useHouse()
  const [isOpen, setOpen] = useState(false)
  if (!may('pms.calendar.move') || !stays.some((stay) => stay.checkInDate === today)) return null
  return (
    <>
      <Button icon="bed" onPress={() => setOpen(true)}>
        {m.fitArrivalsOpen()}
      </Button>
      <Suspense>{isOpen && <AssignArrivals onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}

interface DayListProps {
  name: ListName
  list: DeskList
  order: Order
  now: HouseNow | undefined
  isFiltered: boolean
  onOrder: (order: Order) => void
}

function DayList({ name, list, order, now, isFiltered, onOrder }: DayListProps) {
  const format = useFormat()
  const { room } = useHouse()
  const [withDone, setWithDone] = useState(false)
  const sorted = useMemo(() => {
    const sort = (stays: DeskList['open']) => inOrder(stays, { list: name, order }, room, format.compare)
    return [...sort(list.open), ...(withDone ? sort(list.done) : [])]
  }, [list, withDone, name, order, room, format])
  const isOfGuests = name === 'inHouse' || name === 'departures'
  return (
    <div className="px-4 pb-8">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segments
          label={m.deskOrder()}
          value={order}
          onChange={onOrder}
          choices={[
            { id: 'name', label: m.deskByName() },
            { id: 'room', label: m.stayRoom() },
            { id: 'time', label: isOfGuests ? m.stayDeparture() : m.deskByTime() },
          ]}
        />
        {list.done.length > 0 && (
          <Switch isSelected={withDone} onChange={setWithDone}>
            {name === 'arrivals' ? m.deskWithArrived() : m.deskWithDeparted()}
            <span className="text-muted">{format.number(list.done.length)}</span>
          </Switch>
        )}
        {name === 'unassigned' && <AssignAll stays={list.open} />}
      </div>
      {sorted.length > 0 ? (
        <StayList key={order} label={listTitles[name]()} stays={sorted} now={now} />
      ) : (
        <EmptyState
          icon={isFiltered ? 'search' : 'check'}
          title={isFiltered ? m.deskFindNone() : nobody[name]()}
        >
          {isFiltered && m.deskFindNoneText()}
        </EmptyState>
      )}
    </div>
  )
}
