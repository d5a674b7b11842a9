import { m } from '../../paraglide/messages'
import { Icon } from '../../ui/Icon'
import { housekeepingOf } from '../core/filter'
import type { Row } from '../core/rows'
import { housekeepingLetter, housekeepingName } from '../names'
import { useFrame } from './frame'

interface Props {
  row: Row
  /** None until what is seen is drawn. */
  name: string | undefined
  isFocused: boolean
  isOpen: boolean
}

/** The room, its housekeeping mark and what is special about it; the type, for the head of a group. */
export function RowHead({ row, name, isFocused, isOpen }: Props) {
  return (
    <div
      role="rowheader"
      aria-colindex={1}
      tabIndex={isFocused ? 0 : -1}
      data-focus={isFocused || undefined}
      className="chart-row-head"
    >
      {name !== undefined && <span className="sr-only">{name}</span>}
      {row.kind === 'group' ? (
        <GroupName row={row} isOpen={isOpen} />
      ) : row.kind === 'lane' ? (
        <LaneName row={row} />
      ) : (
        <RoomName roomId={row.roomId} />
      )}
    </div>
  )
}

function GroupName({ row, isOpen }: { row: Extract<Row, { kind: 'group' }>; isOpen: boolean }) {
  const { desk, format } = useFrame()
  const rooms = desk.model.rows.filter((one) => one.kind === 'room' && one.typeId === row.typeId).length
  return (
    <span aria-hidden="true" className="row-face">
      <Icon name="down" className={isOpen ? 'fold' : 'fold is-closed'} />
      <span dir="auto" className="row-name">
        {desk.model.type(row.typeId)?.name}
      </span>
      <span className="row-note">{format.number(rooms)}</span>
      <span data-more title={m.uiMore()} className="row-more">
        <Icon name="more" />
      </span>
    </span>
  )
}

function LaneName({ row }: { row: Extract<Row, { kind: 'lane' }> }) {
  return (
    <span aria-hidden="true" className="row-face">
      {row.lane === 0 && <span className="row-note is-lane">{m.calendarUnassigned()}</span>}
    </span>
  )
}

function RoomName({ roomId }: { roomId: string }) {
  const { desk } = useFrame()
  const room = desk.model.room(roomId)
  if (!room) return null
  const state = housekeepingOf(room)
  const note = featuresOf(room.name, room.featuresJson)
  return (
    <span aria-hidden="true" className="row-face">
      <span className="row-number">{room.roomNumber}</span>
      <span className={`hk is-${state.toLowerCase()}`} title={housekeepingName(state)}>
        {housekeepingLetter(state)}
      </span>
      {note && (
        <span dir="auto" className="row-note">
          {note}
        </span>
      )}
    </span>
  )
}

/** In a few words: its own name, else what it has. */
function featuresOf(name: string | null | undefined, features: unknown): string {
  if (name) return name
  if (Array.isArray(features)) return features.filter((one) => typeof one === 'string').join(', ')
  if (features === null || typeof features !== 'object') return ''
  return Object.entries(features)
    .flatMap(([key, value]) => (value === true ? [key] : typeof value === 'string' ? [value] : []))
    .join(', ')
}
