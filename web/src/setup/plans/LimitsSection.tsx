import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useFormat, useSpoken } from '../../i18n/locale'
import { addDays, daysBetween } from '../../kernel/dates'
import { idempotencyKey } from '../../kernel/ids'
import { parseMoney } from '../../kernel/money'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Note } from '../../ui/Note'
import { EmptyState } from '../../ui/PageState'
import { QueryState } from '../../ui/QueryState'
import { copyRow, type Edit } from '../grid/edits'
import { GridEditor, type GridNumbers } from '../grid/GridEditor'
import { propertyQuery, type RoomType, roomTypesQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { GridWindow, useGridWindow } from './GridWindow'
import { everyone, limitsQuery, nightKey } from './gridQueries'
import { putLimit } from './writes'

export function LimitsSection() {
  const { property } = useApp()
  const types = useQuery({
    ...roomTypesQuery(property.id),
    select: (all) => all.filter((type) => type.isActive),
  })
  return (
    <>
      <SectionHead title={m.setupLimits()} text={m.setupLimitsText()} />
      <QueryState query={types} empty={<EmptyState icon="bed" title={m.setupTypesNone()} />}>
        {(active) => <Limits types={active} />}
      </QueryState>
    </>
  )
}

function Limits({ types }: { types: RoomType[] }) {
  const { property, may } = useApp()
  const window = useGridWindow()
  const { start, days } = window
  const limits = useQuery(limitsQuery(property.id, start, days))
  const house = useQuery(propertyQuery(property.id))
  const numbers = useRoomNumbers()
  const cache = useQueryClient()
  const put = ({ typeId, from, to, value }: Edit, key: string) =>
    putLimit(
      {
        ...(typeId === everyone ? { propertyId: property.id } : { roomTypeId: typeId }),
        startDate: from,
        endDate: to,
        rooms: value,
      },
      key,
    )
  /** Read anew: an edit may be of more nights than are shown. */
  const limitsBefore = async ({ typeId, from, to }: Edit): Promise<Edit[]> => {
    const before: Edit[] = []
    for (let start = from; start < to; start = addDays(start, mostDays)) {
      const days = Math.min(mostDays, daysBetween(start, to))
      const nights = await cache.fetchQuery({ ...limitsQuery(property.id, start, days), staleTime: 0 })
      const values = Array.from({ length: days }, (_, n) => {
        const night = nights.get(nightKey(typeId, addDays(start, n)))
        return night?.isOwn ? night.value : null
      })
      before.push(...copyRow(values, start, typeId, (value) => value))
    }
    return before
  }
  return (
    <div className="flex flex-col gap-3 px-4 pb-8 lg:px-6">
      <GridWindow {...window} />
      {limits.isError && <Note tone="danger">{m.stateErrorTitle()}</Note>}
      <GridEditor
        label={m.setupLimits()}
        rows={[{ id: everyone, code: m.calendarRestraintsHouse(), name: '' }, ...types]}
        start={start}
        days={days}
        isReadOnly={!may('pms.rates.manage')}
        numbers={numbers}
        stored={(typeId, date) => limits.data?.get(nightKey(typeId, date))}
        fallback={(id) =>
          id === everyone
            ? (house.data?.overbookingLimit ?? null)
            : (types.find((type) => type.id === id)?.overbookingLimit ?? 0)
        }
        hasWeekdays={false}
        send={async (edit, key) => {
          const before = await limitsBefore(edit)
          await put(edit, key)
          return async () => {
            for (const one of before) await put(one, idempotencyKey())
          }
        }}
        refresh={() => cache.invalidateQueries({ queryKey: ['overbooking-limits', property.id] })}
      />
    </div>
  )
}

const mostRooms = 10_000

/** As many nights as are read at once. */
const mostDays = 400

/** Whole numbers, read like money of a currency without a smaller unit: in the digits of the reader. */
function useRoomNumbers(): GridNumbers {
  const format = useFormat()
  const { tag } = useSpoken()
  return {
    label: m.setupLimitLabel(),
    help: m.setupLimitHelp(),
    clearLabel: m.setupLimitClear(),
    format: format.number,
    toText: String,
    parse: (text) => {
      const value = parseMoney(text, 'JPY', tag)
      return value !== undefined && value >= 0 && value <= mostRooms ? value : undefined
    },
    hasShare: false,
  }
}
