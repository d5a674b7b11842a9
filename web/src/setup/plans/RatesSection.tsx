import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useSpoken } from '../../i18n/locale'
import { addDays } from '../../kernel/dates'
import { parseMoney, toDecimal } from '../../kernel/money'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { EmptyState } from '../../ui/PageState'
import { bothOf, QueryState } from '../../ui/QueryState'
import { Select } from '../../ui/Select'
import { GridEditor, type GridNumbers } from '../grid/GridEditor'
import { type Rectangle, withinOf } from '../grid/selection'
import { type RatePlan, type RoomType, ratePlansQuery, roomTypesQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { GridWindow, useGridWindow } from './GridWindow'
import { nightKey, pricesQuery } from './gridQueries'
import { PlanDialog } from './PlanDialog'
import { putPrices, takePricesBack } from './writes'

const BulkDialog = lazy(() => import('./bulk/BulkDialog').then((it) => ({ default: it.BulkDialog })))

/** What a night costs, plan by plan. */
export function RatesSection() {
  const { property, may } = useApp()
  const plans = useQuery(ratePlansQuery(property.id))
  const types = useQuery(roomTypesQuery(property.id))
  const { plan: inUrl } = useSearch({ from: '/app/set-up/$section' })
  const [opened, setOpened] = useState<RatePlan | 'new'>()
  const mayManage = may('pms.rates.manage')
  const add = mayManage && (
    <Button
      look={plans.data?.length === 0 ? 'primary' : 'plain'}
      icon="plus"
      onPress={() => setOpened('new')}
    >
      {m.setupPlanNew()}
    </Button>
  )
  const plan =
    plans.data?.find((one) => one.id === inUrl) ?? plans.data?.find((one) => one.isDefault) ?? plans.data?.[0]
  return (
    <>
      <SectionHead title={m.setupRates()} text={m.setupRatesText()}>
        {add}
      </SectionHead>
      <QueryState
        query={bothOf(plans, types)}
        isEmpty={([all]) => all.length === 0}
        empty={
          <EmptyState icon="list" title={m.setupPlansNone()} actions={add}>
            {m.setupPlansNoneText()}
          </EmptyState>
        }
      >
        {([all, ofTypes]) =>
          plan && (
            <Prices
              key={plan.id}
              plan={plan}
              plans={all}
              types={ofTypes.filter((type) => type.isActive)}
              onEdit={() => setOpened(plan)}
            />
          )
        }
      </QueryState>
      {opened && (
        <PlanDialog plan={opened === 'new' ? undefined : opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  )
}

interface PricesProps {
  plan: RatePlan
  plans: RatePlan[]
  types: RoomType[]
  onEdit: () => void
}

function Prices({ plan, plans, types, onEdit }: PricesProps) {
  const { property, may } = useApp()
  const [isBulk, setBulk] = useState(false)
  const [selected, setSelected] = useState<Rectangle>()
  const window = useGridWindow()
  const { start, days } = window
  const prices = useQuery(pricesQuery(plan.id, start, days))
  const numbers = useMoneyNumbers(plan.currency)
  const picked = selected && withinOf(selected, { rows: types.length, columns: days })
  const cache = useQueryClient()
  return (
    <div className="flex flex-col gap-3 px-4 pb-8 lg:px-6">
      <div className="flex flex-wrap items-center gap-2">
        <PlanChoice plan={plan} plans={plans} />
        <Button onPress={onEdit}>{may('pms.rates.manage') ? m.setupPlanEdit() : m.setupPlanOpen()}</Button>
        {plan.isDefault && <Badge tone="accent">{m.setupPlanDefault()}</Badge>}
        {!plan.isActive && <Badge>{m.guestsInactiveBadge()}</Badge>}
        {may('pms.rates.manage') && types.length > 0 && (
          <Button onPress={() => setBulk(true)}>{m.bulkOpen()}</Button>
        )}
        <span className="grow" />
        <GridWindow {...window} />
      </div>
      <Suspense>
        {isBulk && (
          <BulkDialog
            plan={plan}
            plans={plans.filter((one) => one.isActive || one.id === plan.id)}
            types={types}
            chosen={picked && types.slice(picked.top, picked.bottom + 1).map(({ id }) => id)}
            from={addDays(start, picked?.first ?? 0)}
            to={addDays(start, picked?.last ?? days - 1)}
            onClose={() => setBulk(false)}
          />
        )}
      </Suspense>
      {prices.isError && <Note tone="danger">{m.stateErrorTitle()}</Note>}
      {types.length === 0 ? (
        <EmptyState icon="bed" title={m.setupTypesNone()} />
      ) : (
        <GridEditor
          label={m.setupPricesOf({ name: plan.name })}
          rows={types}
          start={start}
          days={days}
          isReadOnly={!may('pms.rates.manage') || !plan.isActive}
          numbers={numbers}
          stored={(typeId, date) => prices.data?.get(nightKey(typeId, date))}
          fallback={() => null}
          onSelect={setSelected}
          hasWeekdays
          send={async ({ typeId, from, to, weekdays, value }, key) => {
            const change = {
              ratePlanId: plan.id,
              roomTypeId: typeId,
              startDate: from,
              endDate: to,
              nightlyBaseCents: value,
              ...(weekdays ? { weekdays: [...weekdays] } : {}),
            }
            const { before } = await putPrices(property.id, [change], key)
            return () => takePricesBack(property.id, before)
          }}
          refresh={() => cache.invalidateQueries({ queryKey: ['prices', plan.id] })}
        />
      )}
    </div>
  )
}

function PlanChoice({ plan, plans }: { plan: RatePlan; plans: RatePlan[] }) {
  const navigate = useNavigate()
  return (
    <Select
      label={m.setupPlan()}
      isLabelHidden
      choices={plans.map((one) => ({ id: one.id, label: `${one.code} · ${one.name}` }))}
      value={plan.id}
      onChange={(id) => void navigate({ to: '.', search: (search) => ({ ...search, plan: id }) })}
      className="w-64"
    />
  )
}

/** No currency in the fields: it stands once, above them. */
function useMoneyNumbers(currency: string): GridNumbers {
  const { tag, format } = useSpoken()
  const symbol = currency
  return {
    label: m.setupPriceIn({ currency: symbol }),
    help: m.setupPriceHelp({ example: toDecimal(12_950, currency) }),
    clearLabel: m.setupPriceClear(),
    format: (value) => withoutSymbol(format.moneyShort(value, currency), currency),
    toText: (value) => toDecimal(value, currency),
    parse: (text) => {
      const value = parseMoney(text, currency, tag)
      return value !== undefined && value >= 0 ? value : undefined
    },
    hasShare: true,
  }
}

/** `€120` as `120`: what is left when signs, letters and the spaces around them go. */
const withoutSymbol = (text: string, currency: string): string =>
  text
    .replace(currency, '')
    .replace(/^[^\p{Nd}-]+|[^\p{Nd}]+$/gu, '')
    .trim()
