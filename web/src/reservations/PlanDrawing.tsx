import type { Schemas } from '../api/client'
import { useFormat } from '../i18n/locale'
import { addDays, type Day, day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'

type Move = Schemas['FitMove']

/** Nights for which a room is freed. */
interface Blocked {
  room: string
  from: Day
  to: Day
  name: string
}

/** As fit into its box. */
const mostRooms = 10
const mostNights = 14

/** The rooms of a plan and its nights: a bar where a stay will be, a dashed one where it is now. The list beside it says the same. */
export function PlanDrawing({ moves, blocked }: { moves: readonly Move[]; blocked?: Blocked }) {
  const format = useFormat()
  const spans = moves.flatMap((move) => [move.checkInDate, move.checkOutDate])
  const days = [...spans, ...(blocked ? [blocked.from, blocked.to] : [])].sort()
  const start = day(days[0] ?? '')
  const nights = daysBetween(start, day(days.at(-1) ?? ''))
  const numbers = moves.flatMap((move) => [move.fromRoomNumber ?? [], move.toRoomNumber].flat())
  const rooms = [...new Set([...numbers, ...(blocked ? [blocked.room] : [])])].sort(format.compare)
  const columns = { gridTemplateColumns: `4rem repeat(${nights}, minmax(1.25rem, 1fr))` }
  return (
    <figure
      aria-label={m.fitDrawn()}
      // What is larger than its box is scrolled by keys, too.
      {...(rooms.length > mostRooms || nights > mostNights ? { tabIndex: 0 } : {})}
      className="max-h-96 overflow-auto rounded-md border border-line p-2"
    >
      <div aria-hidden className="grid min-w-fit gap-y-1 text-xs" style={columns}>
        {Array.from({ length: nights }, (_, night) => (
          <span
            key={addDays(start, night)}
            className="text-center text-muted"
            style={{ gridRow: 1, gridColumn: night + 2 }}
          >
            {format.number(Number(addDays(start, night).slice(8)))}
          </span>
        ))}
        {rooms.map((room, row) => (
          <span key={room} className="self-center font-medium" style={{ gridRow: row + 2, gridColumn: 1 }}>
            {room}
          </span>
        ))}
        {blocked && (
          <span
            className="mx-px h-6 overflow-hidden text-ellipsis whitespace-nowrap rounded-sm bg-sunken px-1 text-muted leading-6"
            style={placed(rooms.indexOf(blocked.room), start, blocked)}
          >
            {blocked.name}
          </span>
        )}
        {moves.flatMap((move) => bars(move, rooms, start))}
      </div>
    </figure>
  )
}

/** In the row of a room, over its nights. */
const placed = (row: number, start: Day, { from, to }: { from: Day; to: Day }) => ({
  gridRow: row + 2,
  gridColumn: `${daysBetween(start, from) + 2} / ${daysBetween(start, to) + 2}`,
})

function bars(move: Move, rooms: readonly string[], start: Day) {
  const nights = { from: day(move.checkInDate), to: day(move.checkOutDate) }
  const at = (room: string) => placed(rooms.indexOf(room), start, nights)
  const shape = 'mx-px h-6 overflow-hidden text-ellipsis whitespace-nowrap rounded-sm px-1 leading-6'
  const id = move.reservationId ?? 'asked'
  const look = move.fromRoomNumber ? 'bg-accent-soft text-accent-text' : 'bg-accent text-on-accent'
  return [
    move.fromRoomNumber && (
      <span
        key={`${id} now`}
        className={`${shape} border border-line-strong border-dashed`}
        style={at(move.fromRoomNumber)}
      />
    ),
    <span key={`${id} then`} className={`${shape} z-10 ${look}`} style={at(move.toRoomNumber)}>
      <bdi>{move.guestName}</bdi>
    </span>,
  ]
}
