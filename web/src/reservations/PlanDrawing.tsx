import { useQuery } from '@tanstack/react-query'
import { api, dataOf, type Schemas } from '../api/client'
import { useFormat } from '../i18n/locale'
import { addDays, type Day, day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import {
  type Blocked,
  type Drawn,
  drawnOf,
  hiddenPart,
  monthsOf,
  type Neighbour,
  neighboursOf,
} from './planDrawn'

type Move = Schemas['FitMove']

/** As fit into its box. */
const mostRooms = 10
const mostNights = 14

/** As many nights are told at once. */
const mostTold = 400

/** Who else lies in the rooms of a plan. */
function useNeighbours(moves: readonly Move[], drawn: Drawn): readonly Neighbour[] {
  const { property, may } = useApp()
  const days = Math.min(daysBetween(drawn.from, drawn.to), mostTold)
  const query = { propertyId: property.id, start: drawn.from, days }
  const { data } = useQuery({
    queryKey: ['fit', 'neighbours', query],
    gcTime: 0,
    enabled: may('pms.calendar.view'),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/pms/calendar', { params: { query }, signal })),
  })
  return data ? neighboursOf(data.bars, moves, drawn) : []
}

/**
 * The rooms of a plan and its nights: a bar where a stay will be, a dashed one where it is now, a grey one for who does not move. The
 * list beside it says who moves.
 */
export function PlanDrawing({ moves, blocked }: { moves: readonly Move[]; blocked?: Blocked }) {
  const format = useFormat()
  const drawn = drawnOf(moves, blocked)
  const neighbours = useNeighbours(moves, drawn)
  const nights = daysBetween(drawn.from, drawn.to)
  const rooms = [...drawn.rooms.keys()].sort(format.compare)
  const at = (room: string, nights: { from: Day; to: Day }) =>
    placed(rooms.indexOf(room) + headRows, drawn.from, nights)
  return (
    <figure
      aria-label={m.fitDrawn()}
      // What is larger than its box is scrolled by keys, too.
      {...(rooms.length > mostRooms || nights > mostNights ? { tabIndex: 0 } : {})}
      className="max-h-96 overflow-auto rounded-md border border-line p-2"
    >
      <div
        aria-hidden
        className="grid min-w-fit gap-y-1 text-xs"
        style={{ gridTemplateColumns: `4rem repeat(${nights}, minmax(1.25rem, 1fr))` }}
      >
        <Days {...drawn} />
        {rooms.map((room, row) => (
          <span
            key={room}
            className="self-center font-medium"
            style={{ gridRow: row + headRows + 1, gridColumn: 1 }}
          >
            {room}
          </span>
        ))}
        {blocked && (
          <span className={`${shape} bg-sunken text-muted`} style={at(blocked.room, blocked)}>
            {blocked.name}
          </span>
        )}
        {neighbours.map((one) => (
          <span
            key={`${one.room} ${one.from}`}
            className={`${shape} bg-sunken text-muted`}
            style={at(one.room, one)}
          >
            <bdi>{one.name}</bdi>
          </span>
        ))}
        {moves.flatMap((move) => bars(move, at, hiddenPart(move, moves)))}
      </div>
      <figcaption className="mt-2 text-muted text-xs">
        {moves.some((move) => move.fromRoomNumber) ? m.fitDrawnKey() : m.fitDrawnGrey()}
      </figcaption>
    </figure>
  )
}

const shape = 'mx-px h-6 overflow-hidden text-ellipsis whitespace-nowrap rounded-sm px-1 leading-6'

/** Months above, days below them. */
const headRows = 2

function Days({ from, to }: Drawn) {
  const format = useFormat()
  return (
    <>
      {monthsOf({ from, to }).map((month) => (
        <span
          key={month.from}
          className="whitespace-nowrap border-line-strong border-s ps-1 font-medium text-muted"
          style={placed(0, from, month)}
        >
          {/* There is no room for a name over a night or two. */}
          {daysBetween(month.from, month.to) > 2 &&
            format.day(month.from, daysBetween(month.from, month.to) > 5 ? 'month' : 'monthShort')}
        </span>
      ))}
      {Array.from({ length: daysBetween(from, to) }, (_, night) => (
        <span
          key={addDays(from, night)}
          className="text-center text-muted"
          style={{ gridRow: 2, gridColumn: night + 2 }}
        >
          {format.number(Number(addDays(from, night).slice(8)))}
        </span>
      ))}
    </>
  )
}

/** In a row, over its nights. */
const placed = (row: number, start: Day, { from, to }: { from: Day; to: Day }) => ({
  gridRow: row + 1,
  gridColumn: `${daysBetween(start, from) + 2} / ${daysBetween(start, to) + 2}`,
})

type Place = (room: string, nights: { from: Day; to: Day }) => ReturnType<typeof placed>

function bars(move: Move, at: Place, hidden: number) {
  const nights = { from: day(move.checkInDate), to: day(move.checkOutDate) }
  const id = move.reservationId ?? 'asked'
  const look = move.fromRoomNumber ? 'bg-accent-soft text-accent-text' : 'bg-accent text-on-accent'
  return [
    move.fromRoomNumber && (
      <span
        key={`${id} now`}
        className={`${shape} border border-line-strong border-dashed text-muted leading-[1.375rem]!`}
        style={{
          ...at(move.fromRoomNumber, nights),
          ...(hidden > 0 && { paddingInlineStart: `calc(${hidden * 100}% + 0.25rem)` }),
        }}
      >
        <bdi>{move.guestName}</bdi>
      </span>
    ),
    <span key={`${id} then`} className={`${shape} z-10 ${look}`} style={at(move.toRoomNumber, nights)}>
      <bdi>{move.guestName}</bdi>
    </span>,
  ]
}
