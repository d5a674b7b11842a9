import { useState } from 'react'
import { useSpoken } from '../../../i18n/locale'
import { everyDay } from '../../../i18n/weekdays'
import type { Day } from '../../../kernel/dates'
import { parseMoney } from '../../../kernel/money'
import { m } from '../../../paraglide/messages'
import { useApp } from '../../../shell/useApp'
import { DateRangePicker } from '../../../ui/DatePicker'
import { FormDialog } from '../../../ui/FormDialog'
import { Note } from '../../../ui/Note'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import { Begins } from '../../grid/Begins'
import { RowChoice } from '../../grid/RowChoice'
import { Weekdays } from '../../grid/Weekdays'
import type { RatePlan, RoomType } from '../../queries'
import { percentOf } from '../derivedValues'
import { BulkPreview } from './BulkPreview'
import { type BulkFault, type BulkValues, bulkFaults, changesOf, type Way } from './bulkValues'
import { useBulk } from './useBulk'

export interface BulkDialogProps {
  plan: RatePlan
  plans: readonly RatePlan[]
  types: readonly RoomType[]
  /** What is selected in the table: these types and nights, else all that are in sight. */
  chosen: readonly string[] | undefined
  from: Day
  /** The last night, not the day after it. */
  to: Day
  onClose: () => void
}

/** Prices of many plans and types set, raised or lowered at once: what would change is shown before it does, and can be taken back. */
export function BulkDialog({ plan, plans, types, chosen, from, to, onClose }: BulkDialogProps) {
  const { property } = useApp()
  const { tag } = useSpoken()
  const reading = {
    amount: (text: string) => parseMoney(text, property.currency, tag),
    percent: (text: string) => percentOf(text, tag),
  }
  const [values, setValues] = useState<BulkValues>({
    planIds: [plan.id],
    typeIds: chosen ?? types.map(({ id }) => id),
    range: { from, to },
    weekdays: everyDay,
    way: 'ADJUST',
    price: '',
    percent: '',
    amount: '',
    roundTo: '',
    rounding: 'NEAREST',
  })
  const [isTried, setTried] = useState(false)
  const bulk = useBulk(onClose)
  const set = (part: Partial<BulkValues>) => setValues((before) => ({ ...before, ...part }))
  const found = bulkFaults(values, reading)
  const isWrong = Object.keys(found).length > 0
  const changes = isWrong ? [] : changesOf(values, reading)
  const would = bulk.wouldOf(changes)
  const submit = () => {
    setTried(true)
    if (isWrong || bulk.isPending) return
    if (would && would.nights > 0) bulk.change(changes)
    else bulk.preview(changes)
  }
  const { isPending, problem } = bulk
  const part = { values, set, faults: isTried ? found : {} }
  return (
    <FormDialog
      title={m.bulkTitle()}
      form={{ isDirty: false, isPending, problem, submit }}
      onClose={onClose}
      submitLabel={would && would.nights > 0 ? m.bulkDo({ count: would.nights }) : m.bulkPreview()}
      width="wide"
    >
      {chosen ? (
        <Begins rows={types} chosen={chosen} from={from} to={to} />
      ) : (
        <p className="text-muted">{m.setupGridBeginsAll()}</p>
      )}
      <Where {...part} plans={plans} types={types} />
      <What {...part} />
      {would &&
        (would.nights === 0 ? (
          <Note tone="warning">{m.bulkNoChange()}</Note>
        ) : (
          <BulkPreview would={would} plans={plans} types={types} />
        ))}
    </FormDialog>
  )
}

interface Part {
  values: BulkValues
  set: (part: Partial<BulkValues>) => void
  faults: BulkFault
}

function Where({ values, set, faults, plans, types }: Part & Pick<BulkDialogProps, 'plans' | 'types'>) {
  return (
    <>
      <RowChoice
        label={m.bulkPlans()}
        allLabel={m.bulkAllPlans()}
        rows={plans}
        chosen={values.planIds}
        onChange={(planIds) => set({ planIds })}
        error={faults.planIds}
      />
      <RowChoice
        rows={types}
        chosen={values.typeIds}
        onChange={(typeIds) => set({ typeIds })}
        error={faults.typeIds}
      />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <DateRangePicker
          label={m.setupGridFromTo()}
          description={m.setupGridFromToHelp()}
          value={values.range}
          onChange={(range) => set({ range })}
          error={faults.range}
        />
        <Weekdays
          value={values.weekdays}
          onChange={(weekdays) => set({ weekdays })}
          error={faults.weekdays}
        />
      </div>
    </>
  )
}

const ways = (): { id: Way; label: string }[] => [
  { id: 'ADJUST', label: m.bulkAdjust() },
  { id: 'SET', label: m.bulkSet() },
  { id: 'CLEAR', label: m.bulkClear() },
]

function What({ values, set, faults }: Part) {
  const { currency } = useApp().property
  return (
    <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-4">
      <Select
        label={m.bulkWay()}
        description={values.way === 'ADJUST' ? m.bulkAdjustHelp() : undefined}
        choices={ways()}
        value={values.way}
        onChange={(way) => set({ way })}
        className={values.way === 'ADJUST' ? 'sm:col-span-4' : 'sm:col-span-2'}
      />
      {values.way === 'SET' && (
        <TextField
          label={m.setupPriceIn({ currency })}
          value={values.price}
          onChange={(price) => set({ price })}
          error={faults.price}
          isRequired
          inputMode="decimal"
          className="sm:col-span-2"
        />
      )}
      {values.way === 'ADJUST' && (
        <>
          <TextField
            label={m.setupPlanPercent()}
            description={m.setupPlanPercentHelp()}
            value={values.percent}
            onChange={(percent) => set({ percent })}
            error={faults.percent}
          />
          <TextField
            label={m.setupPlanAmount({ currency })}
            value={values.amount}
            onChange={(amount) => set({ amount })}
            error={faults.amount}
          />
          <TextField
            label={m.setupPlanRound({ currency })}
            value={values.roundTo}
            onChange={(roundTo) => set({ roundTo })}
            error={faults.roundTo}
            inputMode="decimal"
          />
          <Select
            label={m.bulkRounding()}
            choices={[
              { id: 'NEAREST', label: m.bulkNearest() },
              { id: 'UP', label: m.bulkUp() },
              { id: 'DOWN', label: m.bulkDown() },
            ]}
            value={values.rounding}
            onChange={(rounding) => set({ rounding })}
          />
        </>
      )}
    </div>
  )
}
