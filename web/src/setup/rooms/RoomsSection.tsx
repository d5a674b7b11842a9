import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Badge, type Tone } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { Switch } from '../../ui/Choice'
import { EmptyState } from '../../ui/PageState'
import { bothOf, QueryState } from '../../ui/QueryState'
import { type Room, type RoomType, roomsQuery, roomTypesQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { AddRoomsDialog } from './AddRoomsDialog'
import { RoomDialog } from './RoomDialog'
import { allStates, stateOf } from './roomState'

/** The doors of the house, by type. */
export function RoomsSection() {
  const { property, may } = useApp()
  const rooms = useQuery(roomsQuery(property.id))
  const types = useQuery(roomTypesQuery(property.id))
  const [openedId, setOpened] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  const [withClosed, setWithClosed] = useState(false)
  const opened = rooms.data?.find((room) => room.id === openedId)
  const hasTypes = types.data?.some((type) => type.isActive)
  const add = may('pms.rooms.manage') && hasTypes && (
    <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
      {m.setupRoomsAdd()}
    </Button>
  )
  const hasClosed = rooms.data?.some((room) => !room.isActive)
  return (
    <>
      <SectionHead title={m.setupRooms()} text={m.setupRoomsText()}>
        {hasClosed && (
          <Switch isSelected={withClosed} onChange={setWithClosed}>
            {m.setupRoomsClosed()}
          </Switch>
        )}
        {add}
      </SectionHead>
      <QueryState
        query={bothOf(rooms, types)}
        isEmpty={([doors]) => doors.length === 0}
        empty={
          <EmptyState icon="bed" title={m.setupRoomsNone()} actions={add}>
            {hasTypes ? m.setupRoomsNoneText() : m.setupRoomsNoneTypes()}
          </EmptyState>
        }
      >
        {([doors, ofTypes]) => (
          <RoomGrid
            rooms={doors.filter((room) => withClosed || room.isActive)}
            types={ofTypes}
            onOpen={(room) => setOpened(room.id)}
          />
        )}
      </QueryState>
      {opened && types.data && (
        <RoomDialog key={opened.id} room={opened} types={types.data} onClose={() => setOpened(undefined)} />
      )}
      {isAdding && types.data && rooms.data && (
        <AddRoomsDialog types={types.data} rooms={rooms.data} onClose={() => setAdding(false)} />
      )}
    </>
  )
}

interface GridProps {
  rooms: Room[]
  types: RoomType[]
  onOpen: (room: Room) => void
}

function RoomGrid({ rooms, types, onOpen }: GridProps) {
  const format = useFormat()
  const groups = useMemo(
    () =>
      types.flatMap((type) => {
        const own = rooms.filter((room) => room.roomTypeId === type.id)
        own.sort((a, b) => format.compare(a.roomNumber, b.roomNumber))
        return own.length > 0 || type.isActive ? [{ type, rooms: own }] : []
      }),
    [rooms, types, format],
  )
  return (
    <div className="px-4 pb-8 lg:px-6">
      <Legend rooms={rooms} />
      {groups.map(({ type, rooms: own }) => (
        <section key={type.id} aria-labelledby={`type-${type.id}`} className="mt-5">
          <h2 id={`type-${type.id}`} className="mb-2 flex items-baseline gap-2">
            {type.name}
            <span className="font-normal text-muted text-xs">
              {type.code} · {m.setupRoomCount({ count: own.length })}
            </span>
          </h2>
          {own.length === 0 ? (
            <p className="text-muted">{m.setupTypeNoRooms()}</p>
          ) : (
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.75rem,1fr))] gap-1.5">
              {own.map((room) => (
                <li key={room.id}>
                  <Tile room={room} onOpen={() => onOpen(room)} />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  )
}

/** What the letters mean, and of how many rooms it is true. */
function Legend({ rooms }: { rooms: Room[] }) {
  const format = useFormat()
  const counts = new Map<string, number>()
  for (const room of rooms) counts.set(stateOf(room).id, (counts.get(stateOf(room).id) ?? 0) + 1)
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
      {allStates
        .filter((state) => counts.has(state.id))
        .map((state) => (
          <li key={state.id} className="flex items-center gap-1.5">
            <Badge tone={state.tone}>{state.letter()}</Badge>
            {state.name()} · {format.number(counts.get(state.id) ?? 0)}
          </li>
        ))}
    </ul>
  )
}

const edges: Record<Tone, string> = {
  plain: 'border-s-line-strong',
  accent: 'border-s-confirmed-edge',
  success: 'border-s-in-house-edge',
  warning: 'border-s-hold-edge',
  danger: 'border-s-danger',
}

function Tile({ room, onOpen }: { room: Room; onOpen: () => void }) {
  const state = stateOf(room)
  return (
    <button
      type="button"
      onClick={onOpen}
      className={`flex h-full min-h-control w-full cursor-pointer items-center gap-1.5 rounded-md border border-line border-s-4 bg-surface py-1.5 ps-2 pe-1.5 text-start hover:bg-sunken ${edges[state.tone]} ${room.isActive ? '' : 'opacity-70'}`}
    >
      <span className="min-w-0 grow truncate font-semibold" title={room.name ?? undefined}>
        {room.roomNumber}
      </span>
      <span aria-hidden="true">
        <Badge tone={state.tone}>{state.letter()}</Badge>
      </span>
      <span className="sr-only">{state.name()}</span>
    </button>
  )
}
