import { useState } from 'react'
import { everyDay } from '../../i18n/weekdays'
import { addDays, type Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { Switch } from '../../ui/Choice'
import { DateRangePicker, type DayRange } from '../../ui/DatePicker'
import { FormDialog } from '../../ui/FormDialog'
import { TextField } from '../../ui/TextField'
import { Begins } from './Begins'
import { type Edit, nightsOf, type Step } from './edits'
import type { GridRow } from './Grid'
import type { GridNumbers } from './GridEditor'
import { RowChoice } from './RowChoice'
import { rangeFault } from './ranges'
import { Weekdays } from './Weekdays'

export interface RangeDialogProps {
  /** What the numbers are. */
  label: string
  rows: readonly GridRow[]
  chosen: readonly string[]
  from: Day
  /** The last night, not the day after it. */
  to: Day
  numbers: GridNumbers
  onSet: (step: Step) => void
  onClose: () => void
}

/** A season, or all Fridays of a year: further than the grid shows. Painted only; the grid saves it. */
export function RangeDialog({ label, rows, chosen, from, to, numbers, onSet, onClose }: RangeDialogProps) {
  const [typeIds, setTypes] = useState([...chosen])
  const [range, setRange] = useState<DayRange | null>({ from, to })
  const [weekdays, setWeekdays] = useState([...everyDay])
  const [text, setText] = useState('')
  const [isClearing, setClearing] = useState(false)
  const [wasSent, setSent] = useState(false)
  const value = isClearing ? null : numbers.parse(text)
  const rangeError = range ? rangeFault(range) : undefined
  const edits: Edit[] =
    range && value !== undefined && weekdays.length > 0 && !rangeError
      ? typeIds.map((typeId) => ({
          typeId,
          from: range.from,
          to: addDays(range.to, 1),
          value,
          ...(weekdays.length < everyDay.length ? { weekdays } : {}),
        }))
      : []
  const nights = edits.reduce((sum, edit) => sum + nightsOf(edit), 0)
  const submit = () => {
    setSent(true)
    if (nights > 0) onSet(edits)
  }
  const missing = (isMissing: boolean, sentence: string) => (wasSent && isMissing ? sentence : undefined)
  return (
    <FormDialog
      title={`${m.setupGridRangeTitle()} · ${label}`}
      form={{ isDirty: text !== '', isPending: false, problem: undefined, submit }}
      onClose={onClose}
      submitLabel={nights > 0 ? m.setupGridRangeDo({ count: nights }) : m.setupGridSet()}
    >
      <Begins rows={rows} chosen={chosen} from={from} to={to} />
      <RowChoice
        rows={rows}
        chosen={typeIds}
        onChange={setTypes}
        error={missing(typeIds.length === 0, m.setupChooseOne())}
      />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <DateRangePicker
          label={m.setupGridFromTo()}
          description={m.setupGridFromToHelp()}
          value={range}
          onChange={setRange}
          error={rangeError ?? missing(!range, m.setupChooseOne())}
        />
        <Weekdays
          value={weekdays}
          onChange={setWeekdays}
          error={missing(weekdays.length === 0 || (edits.length > 0 && nights === 0), m.setupGridNoNights())}
        />
      </div>
      <div className="grid items-end gap-3 sm:grid-cols-2">
        <TextField
          label={numbers.label}
          value={text}
          onChange={setText}
          isDisabled={isClearing}
          inputMode="decimal"
          error={missing(value === undefined, numbers.help)}
        />
        <Switch isSelected={isClearing} onChange={setClearing}>
          {numbers.clearLabel}
        </Switch>
      </div>
    </FormDialog>
  )
}
