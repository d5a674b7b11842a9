import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf, writeHeaders } from '../../api/client'
import { useFormat, useSpoken } from '../../i18n/locale'
import { parseMoney } from '../../kernel/money'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Note } from '../../ui/Note'
import { EmptyState } from '../../ui/PageState'
import { QueryState } from '../../ui/QueryState'
import { GridEditor, type GridNumbers } from '../grid/GridEditor'
import { propertyQuery, type RoomType, roomTypesQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { GridWindow, useGridWindow } from './GridWindow'
import { everyone, limitsQuery, nightKey } from './gridQueries'

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
        send={({ typeId, from, to, value }, key) =>
          dataOf(
            api.PUT('/api/v1/pms/overbooking-limits', {
              body: {
                ...(typeId === everyone ? { propertyId: property.id } : { roomTypeId: typeId }),
                startDate: from,
                endDate: to,
                rooms: value,
              },
              headers: writeHeaders(key),
            }),
          )
        }
        refresh={() => cache.invalidateQueries({ queryKey: ['overbooking-limits', property.id] })}
      />
    </div>
  )
}

const mostRooms = 10_000

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
