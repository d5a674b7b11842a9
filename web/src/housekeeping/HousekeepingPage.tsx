import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useHouse } from '../reservations/queries'
import { allStates } from '../setup/rooms/roomState'
import { useApp } from '../shell/useApp'
import { useLive } from '../shell/useLive'
import { Button, IconButton } from '../ui/Button'
import { Note } from '../ui/Note'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { ChipBar } from './ChipBar'
import { type HouseDay, houseDayQuery } from './queries'
import { nameOfUse, RoomCard } from './RoomCard'
import { floorOf, floorsOf, isUnder, isWhose, type RoomToday, roomToday, type Use } from './rooms'
import { SettingsDialog } from './SettingsDialog'
import { SpreadDialog } from './SpreadDialog'
import { type Chip, chips } from './search'
import { type Marks, useMarks } from './useMarks'
import { useWork } from './useWork'

/** Every room as housekeeping walks along it. Made for a telephone in one hand. */
export function HousekeepingPage() {
  const { property } = useApp()
  useLive(property.id, true, 'housekeeping')
  const day = useQuery(houseDayQuery(property.id))
  const marks = useMarks()
  return (
    <>
      <PageHeader title={m.navHousekeeping()}>{day.data && <Acts day={day.data} />}</PageHeader>
      <Unsaved marks={marks} />
      <QueryState
        query={day}
        lines={10}
        isEmpty={(found) => found.rooms.length === 0}
        empty={<EmptyState icon="bed" title={m.houseNone()} />}
      >
        {(found) => <Rooms day={found} marks={marks} />}
      </QueryState>
    </>
  )
}

/** What is done to the whole day. */
function Acts({ day }: { day: HouseDay }) {
  const { may } = useApp()
  const [asking, setAsking] = useState<'spread' | 'settings'>()
  const close = () => setAsking(undefined)
  return (
    <>
      {may('pms.property.manage') && (
        <IconButton icon="setup" label={m.houseSettings()} onPress={() => setAsking('settings')} />
      )}
      {may('pms.housekeeping.manage') && (
        <Button icon="guests" onPress={() => setAsking('spread')}>
          {m.houseSpread()}
        </Button>
      )}
      {asking === 'spread' && <SpreadDialog day={day} onClose={close} />}
      {asking === 'settings' && <SettingsDialog settings={day.settings} onClose={close} />}
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
const chipName = (chip: Chip): string => stateNames.get(chip)?.() ?? nameOfUse(chip as keyof Use)

/** Whose rooms can be shown: one's own, each attendant's, nobody's. None: nobody has been given any. */
function useWhose(day: HouseDay, all: readonly RoomToday[]) {
  const { me } = useApp()
  const { who } = useSearch({ from: '/app/housekeeping' })
  const count = (id: string) => all.filter((one) => isWhose(one, id)).length
  const names = day.attendants
    .map(({ id, name }) => ({ id, label: id === me.id ? m.houseMine() : name, count: count(id) }))
    .filter(({ id, count: own }) => own > 0 || id === who)
  const mine = names.filter(({ id }) => id === me.id)
  const others = names.filter(({ id }) => id !== me.id)
  const isPlanned = names.length > 0
  const nobodys = { id: 'none', label: m.houseNobodys(), count: count('none') }
  return {
    whose: isPlanned ? [...mine, ...others, nobodys] : [],
    who: who ?? (mine.length > 0 ? me.id : 'all'),
  }
}

interface Change {
  show?: Chip | undefined
  floor?: string | undefined
  who?: string | undefined
}

function Rooms({ day, marks }: { day: HouseDay; marks: Marks }) {
  const format = useFormat()
  const { type } = useHouse()
  const work = useWork(day.attendants)
  const { show, floor } = useSearch({ from: '/app/housekeeping' })
  const navigate = useNavigate()
  const go = (change: Change) =>
    void navigate({ to: '.', search: (search) => ({ ...search, ...change }), replace: true })
  const all = day.rooms.map(roomToday)
  const { whose, who } = useWhose(day, all)
  const own = all.filter((one) => isWhose(one, who))
  const onFloor = own.filter((one) => floor === undefined || floorOf(one) === floor)
  const shown = onFloor.filter((one) => show === undefined || isUnder(one, show))
  const floors = floorsOf(all, format.compare).map(({ name }) => name)
  const floorName = (name: string) => (name === '' ? m.houseFloorNone() : m.houseFloor({ floor: name }))
  const states = chips
    .map((id) => ({ id, label: chipName(id), count: onFloor.filter((one) => isUnder(one, id)).length }))
    .filter(({ id, count }) => count > 0 || id === show || id === 'dirty')
  return (
    <div className="px-4 pb-8">
      <div className="mb-3 flex flex-col gap-2">
        {whose.length > 0 && (
          <ChipBar
            label={m.houseWhose()}
            chips={whose}
            value={who === 'all' ? undefined : who}
            onChange={(id) => go({ who: id ?? 'all' })}
          />
        )}
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
              <RoomCard
                key={one.room.id}
                today={one}
                type={type(one.room.roomTypeId)}
                {...{ day, marks, work }}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
