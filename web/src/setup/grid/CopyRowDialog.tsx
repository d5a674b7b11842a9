import { useState } from 'react'
import { useFormat } from '../../i18n/locale'
import { addDays, type Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { FormDialog } from '../../ui/FormDialog'
import { NumberField } from '../../ui/TextField'
import { copyRow, type Step } from './edits'
import type { GridRow } from './Grid'
import type { GridNumbers } from './GridEditor'
import { RowChoice } from './RowChoice'

export interface CopyRowProps {
  rows: readonly GridRow[]
  source: GridRow
  start: Day
  values: readonly (number | null)[]
  numbers: GridNumbers
  onCopy: (step: Step) => void
  onClose: () => void
}

/** The numbers of one type for others, in the nights that the grid shows; raised or lowered by a share. */
export function CopyRowDialog({ rows, source, start, values, numbers, onCopy, onClose }: CopyRowProps) {
  const format = useFormat()
  const [targets, setTargets] = useState<string[]>([])
  const [percent, setPercent] = useState(0)
  const [wasSent, setSent] = useState(false)
  const change = (value: number) => Math.max(0, Math.round((value * (100 + percent)) / 100))
  const submit = () => {
    setSent(true)
    if (targets.length > 0) onCopy(targets.flatMap((id) => copyRow(values, start, id, change)))
  }
  const sample = values.find((value) => value !== null)
  const days = format.days(start, addDays(start, values.length - 1))
  return (
    <FormDialog
      title={m.setupGridCopy({ name: source.name })}
      form={{ isDirty: targets.length > 0, isPending: false, problem: undefined, submit }}
      onClose={onClose}
      submitLabel={m.setupGridCopyDo()}
    >
      <p className="text-muted">{m.setupGridCopyText({ days })}</p>
      <RowChoice
        rows={rows.filter((row) => row.id !== source.id)}
        chosen={targets}
        onChange={setTargets}
        error={wasSent && targets.length === 0 ? m.setupChooseOne() : undefined}
      />
      {numbers.hasShare && (
        <NumberField
          label={m.setupGridShare()}
          description={
            sample === undefined || sample === null
              ? undefined
              : m.setupGridShareHelp({ from: numbers.format(sample), to: numbers.format(change(sample)) })
          }
          value={percent}
          onChange={(value) => setPercent(Number.isNaN(value) ? 0 : value)}
          minValue={-100}
          maxValue={1000}
          stepLabels={{
            less: m.setupLess({ name: m.setupGridShare() }),
            more: m.setupMore({ name: m.setupGridShare() }),
          }}
          className="max-w-60"
        />
      )}
    </FormDialog>
  )
}
