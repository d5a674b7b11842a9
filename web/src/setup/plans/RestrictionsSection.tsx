import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { restrictionNames, restrictionWords } from '../../i18n/restrictions'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Note } from '../../ui/Note'
import { bothOf, QueryState } from '../../ui/QueryState'
import { Select } from '../../ui/Select'
import { GridEditor } from '../grid/GridEditor'
import { type RatePlan, type RoomType, ratePlansQuery, roomTypesQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { GridWindow, useGridWindow } from './GridWindow'
import { everyone, nightKey } from './gridQueries'
import { type RestrictionField, restrictionFields, restrictionsQuery } from './restrictions'
import { useRestrictionNumbers } from './useRestrictionNumbers'
import { putRestrictions, type Restraints, takeRestrictionsBack } from './writes'

/** What may not be sold, rule by rule, for all plans or one. */
export function RestrictionsSection() {
  const { property } = useApp()
  const plans = useQuery(ratePlansQuery(property.id))
  const types = useQuery(roomTypesQuery(property.id))
  return (
    <>
      <SectionHead title={m.setupRestrictions()} text={m.setupRestrictionsText()} />
      <QueryState query={bothOf(plans, types)}>
        {([all, ofTypes]) => (
          <Restrictions
            plans={all.filter((plan) => plan.isActive)}
            types={ofTypes.filter((type) => type.isActive)}
          />
        )}
      </QueryState>
    </>
  )
}

function Restrictions({ plans, types }: { plans: RatePlan[]; types: RoomType[] }) {
  const { property, may } = useApp()
  const { plan: inUrl } = useSearch({ from: '/app/set-up/$section' })
  const navigate = useNavigate()
  const [field, setField] = useState<RestrictionField>('isClosed')
  const window = useGridWindow()
  const { start, days } = window
  const plan = plans.find((one) => one.id === inUrl)
  const said = useQuery(restrictionsQuery(property.id, plan?.id ?? null, start, days))
  const numbers = useRestrictionNumbers(field)
  const cache = useQueryClient()
  const { isFlag } = restrictionFields[field]
  const name = restrictionNames[field]
  return (
    <div className="flex flex-col gap-3 px-4 pb-8 lg:px-6">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label={m.setupPlan()}
          isLabelHidden
          choices={[
            { id: everyone, label: m.setupRestrictionAllPlans() },
            ...plans.map((one) => ({ id: one.id, label: `${one.code} · ${one.name}` })),
          ]}
          value={plan?.id ?? everyone}
          onChange={(id) =>
            void navigate({
              to: '.',
              search: (search) => ({ ...search, plan: id === everyone ? undefined : id }),
            })
          }
          className="w-64"
        />
        <Select<RestrictionField>
          label={m.setupRestrictionRule()}
          isLabelHidden
          choices={Object.entries(restrictionNames).map(([id, called]) => ({
            id: id as RestrictionField,
            label: called(),
          }))}
          value={field}
          onChange={setField}
          className="w-64"
        />
        <span className="grow" />
        <GridWindow {...window} />
      </div>
      {said.isError && <Note tone="danger">{m.stateErrorTitle()}</Note>}
      <GridEditor
        key={`${plan?.id} ${field}`}
        label={name()}
        rows={[{ id: everyone, code: m.calendarRestraintsHouse(), name: '' }, ...types]}
        start={start}
        days={days}
        isReadOnly={!may('pms.rates.manage')}
        numbers={numbers}
        stored={(typeId, date) =>
          said.data && (said.data.get(field)?.get(nightKey(typeId, date)) ?? { value: null, isOwn: false })
        }
        fallback={() => null}
        hasWeekdays
        wordsOf={restrictionWords}
        send={async ({ typeId, from, to, weekdays, value }, key) => {
          const { before } = await putRestrictions(
            property.id,
            [
              {
                ratePlanId: plan?.id ?? null,
                roomTypeId: typeId === everyone ? null : typeId,
                startDate: from,
                endDate: to,
                ...(weekdays ? { weekdays: [...weekdays] } : {}),
                // Fields that are absent stay as they are.
                set: { [field]: value === null || !isFlag ? value : value !== 0 } as Restraints,
              },
            ],
            key,
          )
          return () => takeRestrictionsBack(property.id, before)
        }}
        refresh={() => cache.invalidateQueries({ queryKey: ['restrictions', property.id] })}
      />
    </div>
  )
}
