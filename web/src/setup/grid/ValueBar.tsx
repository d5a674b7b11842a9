import { type FormEvent, type RefObject, useState } from 'react'
import { useFormat } from '../../i18n/locale'
import type { Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import type { GridRow } from './Grid'
import type { GridNumbers } from './GridEditor'
import { type Rectangle, sizeOf } from './selection'

export interface ValueBarProps {
  field: RefObject<HTMLInputElement | null>
  text: string
  onText: (text: string) => void
  numbers: GridNumbers
  rectangle: Rectangle
  rows: readonly GridRow[]
  dates: readonly Day[]
  onPaint: (value: number | null) => void
  /** The number is set: back to the grid. */
  onDone: () => void
  onRange: () => void
  onCopy: () => void
}

/** What is selected, and the number that it shall have. */
export function ValueBar(props: ValueBarProps) {
  const { field, text, onText, numbers, rectangle, rows, dates, onPaint, onDone } = props
  const [isWrong, setWrong] = useState(false)
  const value = numbers.parse(text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setWrong(value === undefined)
    if (value === undefined) return
    onPaint(value)
    onText('')
    onDone()
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-surface px-3 py-2"
    >
      <Selected rectangle={rectangle} rows={rows} dates={dates} />
      <TextField
        label={numbers.label}
        isLabelHidden
        placeholder={numbers.label}
        value={text}
        onChange={(typed) => {
          onText(typed)
          setWrong(false)
        }}
        inputRef={field}
        inputMode="decimal"
        error={isWrong ? numbers.help : undefined}
        className="w-36"
      />
      <Button type="submit" look="primary">
        {m.setupGridSet()}
      </Button>
      <Button onPress={() => onPaint(null)}>{numbers.clearLabel}</Button>
      <span className="flex gap-2 border-line border-s ps-2">
        <Button look="quiet" onPress={props.onRange}>
          {m.setupGridRange()}
        </Button>
        <Button look="quiet" onPress={props.onCopy}>
          {m.setupGridCopyRow()}
        </Button>
      </span>
    </form>
  )
}

function Selected({ rectangle, rows, dates }: Pick<ValueBarProps, 'rectangle' | 'rows' | 'dates'>) {
  const format = useFormat()
  const { top, bottom, first, last } = rectangle
  const chosen = rows.slice(top, bottom + 1)
  const [from, to] = [dates[first], dates[last]]
  if (!from || !to) return null
  return (
    <p className="min-w-48 grow basis-0" aria-live="polite">
      <span className="font-medium">
        {chosen.length === rows.length && rows.length > 1
          ? m.setupGridAllTypes()
          : format.list(chosen.map(({ code }) => code))}
      </span>
      {' · '}
      {first === last ? format.day(from) : format.days(from, to)}
      <span className="text-muted"> · {m.setupGridNights({ count: sizeOf(rectangle) })}</span>
    </p>
  )
}
