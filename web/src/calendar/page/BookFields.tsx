/** The fields of the short form of a booking: where, who, on which terms. */
import { useQuery } from '@tanstack/react-query'
import { api, bodyOf } from '../../api/client'
import { useFormat } from '../../i18n/locale'
import type { Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { following } from '../../reservations/dates'
import { Checkbox } from '../../ui/Choice'
import { DateRangePicker } from '../../ui/DatePicker'
import { type Choice, Select } from '../../ui/Select'
import { NumberField } from '../../ui/TextField'
import type { ChartRoom } from '../core/chart'
import { dateOf, nightOf, type Span } from '../core/days'
import { planRange, reasonMessage } from '../core/rules'
import type { Desk } from '../desk/Desk'
import { SOURCES, sourceName } from '../names'
import { said } from '../said'
import {
  type BookedDraft,
  canCheckIn,
  type Draft,
  isRange,
  isTonight,
  roomsLeft,
  sourceFor,
} from './bookDraft'

export interface PartProps {
  desk: Desk
  draft: BookedDraft
  change(part: Partial<Draft>): void
}

const NO_ROOM = 'none'

/** What to know of a room for tonight's guest. */
const NOT_READY: Record<string, () => string> = {
  VACANT_DIRTY: m.stayRoomDirty,
  OCCUPIED: m.stayRoomOccupied,
}

/** All rooms of the type: those that are free first, the others with what is in their way. */
function useRoomChoices({ model }: Desk, typeId: string, span: Span | null): Choice[] {
  const format = useFormat()
  const rooms = model.rows.flatMap((row): Choice[] => {
    if (row.kind !== 'room' || row.typeId !== typeId) return []
    const room = model.room(row.roomId)
    const why = span && planRange(model, row, span)
    const state = span?.from === model.businessDate && room ? NOT_READY[room.status]?.() : undefined
    const note = why ? said(reasonMessage(why), format) : state
    return [{ id: row.roomId, label: room?.roomNumber ?? '', note, isDisabled: why !== null }]
  })
  const isTaken = (choice: Choice) => Number(choice.isDisabled)
  return [{ id: NO_ROOM, label: m.calendarBookNoRoom() }, ...rooms.sort((a, b) => isTaken(a) - isTaken(b))]
}

export function Where({ desk, draft, change }: PartProps) {
  const { model } = desk
  const room = draft.roomId === null ? undefined : model.room(draft.roomId)
  const span = isRange(draft.range) ? { from: nightOf(draft.range.from), to: nightOf(draft.range.to) } : null
  const rooms = useRoomChoices(desk, draft.typeId, span)
  const types = model.types.map(({ id, name }): Choice => {
    const left = span ? roomsLeft(model, id, span) : undefined
    return {
      id,
      label: name,
      note: left === undefined ? undefined : left > 0 ? m.stayLeft({ count: left }) : m.stayFull(),
    }
  })
  return (
    <>
      <DateRangePicker
        label={m.calendarBookDates()}
        value={draft.range}
        onChange={(range) => change({ range: following(draft.range, range) })}
        min={dateOf(model.businessDate) as Day}
        error={isRange(draft.range) ? undefined : m.calendarBlockDatesMissing()}
        className="sm:col-span-2"
      />
      <Select
        label={m.calendarBookType()}
        choices={types}
        value={draft.typeId}
        onChange={(typeId) => change({ typeId, roomId: null })}
      />
      <Select
        label={m.calendarBookRoom()}
        choices={rooms}
        value={draft.roomId ?? NO_ROOM}
        onChange={(id) => change({ roomId: id === NO_ROOM ? null : id })}
        // Other nights may be taken in the room that was chosen before.
        error={rooms.find((one) => one.id === draft.roomId && one.isDisabled)?.note}
      />
      {room && isTonight(desk, draft) && <NotReady room={room} />}
    </>
  )
}

function NotReady({ room: { status, roomNumber: room } }: { room: ChartRoom }) {
  if (status !== 'VACANT_DIRTY' && status !== 'OCCUPIED') return null
  return (
    <p className="text-warning-text sm:col-span-2">
      {status === 'OCCUPIED' ? m.calendarBookOccupied({ room }) : m.calendarBookDirty({ room })}
    </p>
  )
}

interface PersonsProps extends Omit<PartProps, 'desk'> {
  errorOf(field: 'adults' | 'children'): string | undefined
}

export function Persons({ draft, change, errorOf }: PersonsProps) {
  return (
    <>
      <NumberField
        label={m.calendarBookAdults()}
        value={draft.adults}
        onChange={(adults) => change({ adults })}
        minValue={1}
        maxValue={100}
        error={errorOf('adults')}
        stepLabels={{ less: m.calendarBookFewerAdults(), more: m.calendarBookMoreAdults() }}
      />
      <NumberField
        label={m.calendarBookChildren()}
        value={draft.children}
        onChange={(children) => change({ children })}
        minValue={0}
        maxValue={100}
        error={errorOf('children')}
        stepLabels={{ less: m.calendarBookFewerChildren(), more: m.calendarBookMoreChildren() }}
      />
    </>
  )
}

export function Terms({ desk, draft, change }: PartProps) {
  const { propertyId } = desk.hotel
  const plans = useQuery({
    queryKey: ['rate-plans', propertyId, 'active'],
    enabled: desk.hotel.may('pms.rates.view'),
    queryFn: ({ signal }) => {
      const query = { propertyId, isActive: true, limit: 100 }
      return bodyOf(api.GET('/api/v1/pms/rate-plans', { params: { query }, signal }))
    },
  })
  const list = plans.data?.data ?? []
  const usual = list.find((plan) => plan.isDefault)?.id ?? null
  return (
    <>
      <Select
        label={m.calendarBookPlan()}
        choices={list.map(({ id, name }) => ({ id, label: name }))}
        value={draft.planId ?? usual}
        onChange={(planId) => change({ planId })}
        isDisabled={list.length === 0}
      />
      <Select
        label={m.calendarBookSource()}
        choices={SOURCES.map((id) => ({ id, label: sourceName(id) }))}
        value={sourceFor(desk, draft)}
        onChange={(source) => change({ source })}
      />
      <Checkbox isSelected={draft.isHold} onChange={(isHold) => change({ isHold })}>
        {m.calendarBookHold()}
      </Checkbox>
      {canCheckIn(desk, draft) && (
        <Checkbox isSelected={draft.isHere} onChange={(isHere) => change({ isHere })}>
          {m.calendarBookCheckIn()}
        </Checkbox>
      )}
    </>
  )
}
