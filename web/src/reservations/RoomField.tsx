import { useQuery } from '@tanstack/react-query'
import type { Format } from '../i18n/format'
import { useFormat } from '../i18n/locale'
import { addDays, type Day, day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { ComboBox } from '../ui/ComboBox'
import type { Choice } from '../ui/Select'
import type { Wishes } from './fields'
import { type Names, type RoomOn, roomsOnQuery, useHouse, type Wished } from './queries'
import { lackWords } from './WishFields'

interface Spoken {
  names: Names
  format: Format
}

const obstacles: Record<NonNullable<RoomOn['obstacle']>['blockType'], (days: { days: string }) => string> = {
  RESERVATION: m.stayRoomBooked,
  OUT_OF_ORDER: m.stayRoomOutOfOrder,
  MAINTENANCE: m.stayRoomMaintenance,
  HOUSE_USE: m.stayRoomHouseUse,
  HOLD: m.stayRoomHeld,
}

const states: Partial<Record<RoomOn['status'], () => string>> = {
  VACANT_DIRTY: m.stayRoomDirty,
  OCCUPIED: m.stayRoomOccupied,
}

/** Why a room cannot be had; and in which state it is, when the stay begins today. */
function roomNote(room: RoomOn, isOwn: boolean, isToday: boolean, { names, format }: Spoken): string {
  const type = names.type(room.roomTypeId)
  const { obstacle } = room
  if (obstacle && !isOwn) {
    const days = format.days(obstacle.startDate, obstacle.endDate, 'short')
    return `${type} · ${obstacles[obstacle.blockType]({ days })}`
  }
  const state = isToday ? states[room.status]?.() : undefined
  const lacks = room.lacks.length > 0 && m.wishLacks({ what: lackWords(room.lacks) })
  return [type, lacks, state].filter(Boolean).join(' · ')
}

const firstDay = day('1900-01-01')

export interface RoomFieldProps {
  label: string
  from: Day | null
  to: Day | null
  /** The booked type: its rooms come first. */
  roomTypeId: string | null
  value: string | null
  onChange: (roomId: string | null, roomTypeId: string | null) => void
  /** The stay itself does not stand in its own way. */
  stayId?: string
  /** What a stay that is not booked yet must have. */
  wishes?: Wishes | undefined
  /** What is said when no room is chosen. */
  none?: string
  error?: string | undefined
}

const wishedOf = (reservationId: string | undefined, wishes: Wishes | undefined): Wished => ({
  ...(reservationId ? { reservationId } : {}),
  ...(wishes?.features?.length ? { features: wishes.features.join() } : {}),
  ...(wishes?.floor ? { floor: wishes.floor } : {}),
})

/** Every room of the house for these nights: the free ones of the type first, the others with the reason why not. */
export function RoomField(props: RoomFieldProps) {
  const { from, to, roomTypeId, value, onChange, stayId, wishes, none } = props
  const { property } = useApp()
  const names = useHouse()
  const { today } = names
  const format = useFormat()
  const [first, last] = [from ?? today, to && from && to > from ? to : addDays(from ?? today, 1)]
  const { data: rooms = [] } = useQuery({
    ...roomsOnQuery(property.id, first, last, wishedOf(stayId, wishes)),
    // Of a year that is being typed the first digits are a year, too.
    enabled: first >= firstDay,
  })
  const isOwn = (room: RoomOn) => stayId !== undefined && room.obstacle?.reservationId === stayId
  const isFree = (room: RoomOn) => room.isFree || isOwn(room)
  const rank = (room: RoomOn) =>
    (isFree(room) ? 0 : 4) + (room.lacks.length > 0 ? 2 : 0) + (room.roomTypeId === roomTypeId ? 0 : 1)
  const choices: Choice[] = rooms
    .toSorted((a, b) => rank(a) - rank(b))
    .map((room) => ({
      id: room.roomId,
      label: room.roomNumber,
      note: roomNote(room, isOwn(room), first === today, { names, format }),
      isDisabled: !isFree(room),
    }))
  const free = rooms.filter((room) => isFree(room) && (!roomTypeId || room.roomTypeId === roomTypeId)).length
  const chosen = rooms.find((room) => room.roomId === value)
  const taken = chosen && !isFree(chosen) ? roomNote(chosen, false, false, { names, format }) : undefined
  return (
    <ComboBox
      label={props.label}
      choices={choices}
      value={value}
      placeholder={none ?? m.stayRoomNone()}
      description={m.stayRoomsFree({ count: free })}
      error={props.error ?? taken}
      onChange={(id) => onChange(id, rooms.find((room) => room.roomId === id)?.roomTypeId ?? null)}
    />
  )
}
