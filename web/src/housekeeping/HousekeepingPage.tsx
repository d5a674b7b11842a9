import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useFormat } from '../i18n/locale'
import { day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useHouse } from '../reservations/queries'
import { roomsQuery } from '../setup/queries'
import { allStates } from '../setup/rooms/roomState'
import { useApp } from '../shell/useApp'
import { useLive } from '../shell/useLive'
import { Button } from '../ui/Button'
import { Note } from '../ui/Note'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState } from '../ui/PageState'
import { bothOf, QueryState } from '../ui/QueryState'
import { ChipBar } from './ChipBar'
import { usesQuery } from './queries'
import { nameOfUse, RoomCard } from './RoomCard'
import { floorOf, floorsOf, isUnder, noUse, type RoomToday, roomToday } from './rooms'
import { type Chip, chips } from './search'
import { type Marks, useMarks } from './useMarks'

/** So often the page asks where it is not told: the stream is for those who see the calendar. */
const askAgainMs = 10_000

/** Every room as housekeeping walks along it. Made for a telephone in one hand. */
export function HousekeepingPage() {
  const { property, may } = useApp()
  const client = useQueryClient()
  const today = day(property.businessDate)
  const isTold = may('pms.calendar.view')
  useLive(property.id, isTold)
  const rooms = useQuery(roomsQuery(property.id))
  const uses = useQuery({
    ...usesQuery(client, property.id, today),
    refetchInterval: isTold ? false : askAgainMs,
  })
  const marks = useMarks()
  const all = useMemo(
    () =>
      (rooms.data ?? [])
        .filter((room) => room.isActive)
        .map((room) => roomToday(room, uses.data?.[room.id] ?? noUse)),
    [rooms.data, uses.data],
  )
  return (
    <>
      <PageHeader title={m.navHousekeeping()} />
      <Unsaved marks={marks} />
      <QueryState
        query={bothOf(rooms, uses)}
        lines={10}
        isEmpty={() => all.length === 0}
        empty={<EmptyState icon="bed" title={m.houseNone()} />}
      >
        {() => <Rooms all={all} marks={marks} />}
      </QueryState>
    </>
  )
}

/** What was tapped and is not saved stays in sight, whatever the filters show. */
function Unsaved({ marks }: { marks: Marks }) {
  const format = useFormat()
  if (marks.unsaved.length === 0) return null
  const saveAll = () => {
    for (const tap of marks.unsaved) marks.retry(tap)
  }
  const numbers = marks.unsaved.map(({ roomNumber }) => roomNumber).sort(format.compare)
  return (
    <div className="sticky top-0 z-10 px-4 pb-3">
      <Note tone="warning" actions={<Button onPress={saveAll}>{m.houseSaveAll()}</Button>}>
        {m.houseUnsavedRooms({ rooms: format.list(numbers) })}
      </Note>
    </div>
  )
}

const stateNames = new Map<string, () => string>(allStates.map(({ id, name }) => [id, name]))
const chipName = (chip: Chip): string =>
  chip === 'arrival' || chip === 'dueOut' || chip === 'stayOver'
    ? nameOfUse(chip)
    : (stateNames.get(chip)?.() ?? '')

function Rooms({ all, marks }: { all: readonly RoomToday[]; marks: Marks }) {
  const format = useFormat()
  const { type } = useHouse()
  const { show, floor } = useSearch({ from: '/app/housekeeping' })
  const navigate = useNavigate()
  const go = (change: { show?: Chip | undefined; floor?: string | undefined }) =>
    void navigate({ to: '.', search: (search) => ({ ...search, ...change }), replace: true })
  const onFloor = all.filter((one) => floor === undefined || floorOf(one) === floor)
  const shown = onFloor.filter((one) => show === undefined || isUnder(one, show))
  const floors = floorsOf(all, format.compare).map(({ name }) => name)
  const floorName = (name: string) => (name === '' ? m.houseFloorNone() : m.houseFloor({ floor: name }))
  const states = chips
    .map((id) => ({ id, label: chipName(id), count: onFloor.filter((one) => isUnder(one, id)).length }))
    .filter(({ id, count }) => count > 0 || id === show || id === 'dirty')
  return (
    <div className="px-4 pb-8">
      <div className="mb-3 flex flex-col gap-2">
        <ChipBar label={m.houseShow()} chips={states} value={show} onChange={(id) => go({ show: id })} />
        {floors.length > 1 && (
          <ChipBar
            label={m.setupFloor()}
            chips={floors.map((id) => ({ id: id || 'none', label: floorName(id) }))}
            value={floor === '' ? 'none' : floor}
            onChange={(id) => go({ floor: id === 'none' ? '' : id })}
          />
        )}
      </div>
      {shown.length === 0 && <EmptyState icon="check" title={m.houseNoneShown()} />}
      {floorsOf(shown, format.compare).map(({ name, rooms }) => (
        <section key={name} aria-label={floorName(name)} className="mt-4 first:mt-0">
          <h2 className="mb-1.5 flex items-baseline gap-2">
            {floorName(name)}
            <span className="font-normal text-muted text-xs">
              {m.setupRoomCount({ count: rooms.length })}
            </span>
          </h2>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,21rem),1fr))] gap-2">
            {rooms.map((one) => (
              <RoomCard key={one.room.id} today={one} type={type(one.room.roomTypeId)} marks={marks} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
