import type { Schemas } from '../api/client'
import { useFormat } from '../i18n/locale'
import { addDays, type Day, day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'

type Move = Schemas['FitMove']

/** The rooms of a plan and its nights: a bar where a stay will be, a dashed one where it is now. The list beside it says the same. */
export function PlanDrawing({ moves }: { moves: readonly Move[] }) {
  const format = useFormat()
  const days = moves.flatMap((move) => [move.checkInDate, move.checkOutDate]).sort()
  const start = day(days[0] ?? '')
  const nights = daysBetween(start, day(days.at(-1) ?? ''))
  const numbers = moves.flatMap((move) => [move.fromRoomNumber ?? [], move.toRoomNumber].flat())
  const rooms = [...new Set(numbers)].sort(format.compare)
  const columns = { gridTemplateColumns: `4rem repeat(${nights}, minmax(1.25rem, 1fr))` }
  return (
    <figure aria-label={m.fitDrawn()} className="overflow-x-auto rounded-md border border-line p-2">
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
        {moves.flatMap((move) => bars(move, rooms, start))}
      </div>
    </figure>
  )
}

function bars(move: Move, rooms: readonly string[], start: Day) {
  const from = daysBetween(start, day(move.checkInDate)) + 2
  const to = daysBetween(start, day(move.checkOutDate)) + 2
  const at = (room: string) => ({ gridRow: rooms.indexOf(room) + 2, gridColumn: `${from} / ${to}` })
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
