import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { BLOCK_TYPES, blockName } from '../calendar/names'
import { useFormat } from '../i18n/locale'
import { sentenceOf } from '../i18n/sentences'
import { addDays, day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import type { Room } from '../setup/queries'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { DateRangePicker, type DayRange } from '../ui/DatePicker'
import { FormDialog } from '../ui/FormDialog'
import { Note } from '../ui/Note'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { addBlock, blocksQuery, type RoomBlock, removeBlock } from './queries'

interface Values {
  blockType: (typeof BLOCK_TYPES)[number]
  range: DayRange | null
  reason: string
}

const check = ({ range, reason }: Values) => ({
  range: range && range.from < range.to ? undefined : m.calendarBlockDatesMissing(),
  reason: reason.trim() ? undefined : m.stayReasonMissing(),
})

/** What shows rooms and what holds them. */
function useChanged() {
  const cache = useQueryClient()
  const shows = ['housekeeping', 'rooms', 'room-blocks', 'roomsOn', 'calendar', 'front-desk']
  return () =>
    void cache.invalidateQueries({ predicate: ({ queryKey }) => shows.includes(String(queryKey[0])) })
}

/** Takes the room off the market from one day to another, and shows the periods that are set already. */
export function OutOfOrderDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const { property, may } = useApp()
  const changed = useChanged()
  // Housekeeping says what is broken; what a room is kept for is said by the desk.
  const kinds = BLOCK_TYPES.filter(
    (id) => may('pms.calendar.move') || id === 'OUT_OF_ORDER' || id === 'MAINTENANCE',
  )
  const today = day(property.businessDate)
  const form = useForm<Values, never, RoomBlock>({
    initial: { blockType: 'OUT_OF_ORDER', range: { from: today, to: addDays(today, 1) }, reason: '' },
    check,
    send: ({ values: { blockType, range, reason }, key }) => {
      const [startDate, endDate] = [range?.from ?? today, range?.to ?? today]
      const nights = { propertyId: property.id, roomId: room.id, startDate, endDate }
      return addBlock({ ...nights, blockType, reason: reason.trim() }, key)
    },
    onSaved: () => {
      changed()
      notify({ text: m.houseOutDone({ room: room.roomNumber }) })
      onClose()
    },
  })
  return (
    <FormDialog
      title={m.houseOutTitle({ room: room.roomNumber })}
      form={form}
      onClose={onClose}
      submitLabel={m.calendarBlockSave()}
      lead={<Periods room={room} onChanged={changed} />}
      width="narrow"
    >
      <Select
        label={m.calendarBlockKind()}
        choices={kinds.map((id) => ({ id, label: blockName(id) }))}
        {...form.field('blockType')}
      />
      <DateRangePicker label={m.calendarBlockDates()} min={today} {...form.field('range')} />
      <TextField label={m.stayReason()} isRequired maxLength={1000} {...form.field('reason')} />
    </FormDialog>
  )
}

function Periods({ room, onChanged }: { room: Room; onChanged: () => void }) {
  const format = useFormat()
  const { property } = useApp()
  const { data = [] } = useQuery(blocksQuery(property.id, room.id, day(property.businessDate)))
  const end = useMutation({
    mutationFn: removeBlock,
    onSettled: onChanged,
    onSuccess: () => notify({ text: m.houseOutEnded({ room: room.roomNumber }) }),
  })
  if (data.length === 0) return null
  return (
    <div>
      {end.error && <Note tone="danger">{sentenceOf(end.error)}</Note>}
      <ul aria-label={m.houseOutPeriods()} className="rounded-md bg-sunken px-3 py-1">
        {data.map((block) => (
          <li key={block.id} className="flex flex-wrap items-center gap-x-3 py-1">
            <span className="min-w-0 grow">
              {blockName(block.blockType)} · {format.days(block.startDate, block.endDate, 'short')}
              {block.reason && <span className="block truncate text-muted text-xs">{block.reason}</span>}
            </span>
            <Button isPending={end.isPending} onPress={() => end.mutate(block)}>
              {m.houseOutEnd()}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
