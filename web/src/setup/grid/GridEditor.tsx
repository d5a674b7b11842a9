import { useBlocker } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { ApiError } from '../../api/errors'
import { addDays, type Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { useShortcuts } from '../../shell/shortcuts'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Note } from '../../ui/Note'
import { CopyRowDialog } from './CopyRowDialog'
import { type Edit, editOf, type Step } from './edits'
import { Grid, type GridCell, type GridRow } from './Grid'
import { RangeDialog } from './RangeDialog'
import { SaveBar } from './SaveBar'
import { type Rectangle, rectangleOf, type Selection } from './selection'
import { type GridSaving, useGridEdits } from './useGridEdits'
import { useSelected } from './useSelected'
import { ValueBar } from './ValueBar'

/** How the numbers of a grid are read and written: money of a plan, or rooms. */
export interface GridNumbers {
  label: string
  help: string
  clearLabel: string
  format: (value: number) => string
  /** As it is typed. */
  toText: (value: number) => string
  parse: (text: string) => number | undefined
  /** Whether a copied row may be raised by a share. */
  hasShare: boolean
}

export interface StoredNight {
  value: number | null
  isOwn: boolean
}

export interface GridEditorProps extends GridSaving {
  label: string
  rows: readonly GridRow[]
  start: Day
  days: number
  isReadOnly: boolean
  numbers: GridNumbers
  /** Undefined while it is being fetched. */
  stored: (typeId: string, date: Day) => StoredNight | undefined
  /** What a night shows once its own number is taken away. */
  fallback: (typeId: string) => number | null
  /** What a refusal is in this grid; its rule alone otherwise. */
  wordsOf?: (error: ApiError) => string
  /** Somebody selected something: for what is done with it beside the grid. */
  onSelect?: (rectangle: Rectangle) => void
}

const first: Selection = { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } }

export function GridEditor(props: GridEditorProps) {
  const { rows, start, days, isReadOnly, numbers } = props
  const { property } = useApp()
  const edits = useGridEdits(props)
  const [selection, setSelection] = useState(first)
  const [text, setText] = useState('')
  const [dialog, setDialog] = useState<'range' | 'copy'>()
  const field = useRef<HTMLInputElement>(null)
  const dates = Array.from({ length: days }, (_, n) => addDays(start, n))
  const rectangle = rectangleOf(selection)
  const { numberAt, cell } = useCells(props, edits.edits)
  const selected = useSelected(props, edits, rectangle, numberAt)
  useGridShortcuts(edits, selected.fillDown, isReadOnly)
  const select = (next: Selection) => {
    setSelection(next)
    props.onSelect?.(rectangleOf(next))
  }
  const begin = (typed: string) => {
    setText(typed)
    field.current?.focus()
    if (!typed) field.current?.select()
  }
  return (
    <div className="flex flex-col gap-3">
      {!isReadOnly && (
        <ValueBar
          field={field}
          text={text}
          onText={setText}
          numbers={numbers}
          rectangle={rectangle}
          rows={rows}
          dates={dates}
          onPaint={selected.paint}
          onDone={() => document.querySelector<HTMLElement>('[role=grid] td[tabindex="0"]')?.focus()}
          onRange={() => setDialog('range')}
          onCopy={() => setDialog('copy')}
        />
      )}
      <Grid
        label={props.label}
        rows={rows}
        days={dates}
        today={property.businessDate}
        cell={cell}
        selection={selection}
        isReadOnly={isReadOnly}
        onSelect={select}
        onType={begin}
        onClear={() => selected.paint(null)}
        onCopy={selected.copy}
        onPaste={selected.paste}
      />
      {selected.said && <Note tone="warning">{selected.said}</Note>}
      {!isReadOnly && (
        <>
          <p className="text-muted text-xs pointer-coarse:hidden">{m.setupGridHint()}</p>
          <SaveBar edits={edits} rows={rows} wordsOf={props.wordsOf} />
        </>
      )}
      <Dialogs
        which={dialog}
        grid={props}
        rectangle={rectangle}
        values={(typeId) => dates.map((date) => numberAt(typeId, date))}
        source={rows[selection.focus.row]}
        onAct={(step) => {
          edits.act(step)
          setDialog(undefined)
        }}
        onClose={() => setDialog(undefined)}
      />
      <LeaveGuard isDirty={edits.calls.length > 0} />
    </div>
  )
}

/** What each night shows: what was painted over what is stored. */
function useCells({ numbers, stored, fallback }: GridEditorProps, edits: readonly Edit[]) {
  const numberAt = (typeId: string, date: Day): number | null => {
    const edit = editOf(edits, typeId, date)
    return edit ? (edit.value ?? fallback(typeId)) : (stored(typeId, date)?.value ?? null)
  }
  const cell = (row: GridRow, date: Day): GridCell => {
    const edit = editOf(edits, row.id, date)
    const night = stored(row.id, date)
    const value = numberAt(row.id, date)
    const isOwn = edit ? edit.value !== null : (night?.isOwn ?? false)
    const text = value === null ? (night || edit ? '–' : '') : numbers.format(value)
    return { text, isEdited: !!edit, isFaint: !isOwn }
  }
  return { numberAt, cell }
}

interface DialogsProps {
  which: 'range' | 'copy' | undefined
  grid: GridEditorProps
  rectangle: Rectangle
  values: (typeId: string) => (number | null)[]
  source: GridRow | undefined
  onAct: (step: Step) => void
  onClose: () => void
}

function Dialogs({ which, grid, rectangle, values, source, onAct, onClose }: DialogsProps) {
  const { rows, start, numbers } = grid
  if (which === 'range') {
    return (
      <RangeDialog
        rows={rows}
        chosen={rows.slice(rectangle.top, rectangle.bottom + 1).map(({ id }) => id)}
        from={addDays(start, rectangle.first)}
        to={addDays(start, rectangle.last)}
        label={grid.label}
        numbers={numbers}
        onSet={onAct}
        onClose={onClose}
      />
    )
  }
  if (which !== 'copy' || !source) return null
  return (
    <CopyRowDialog
      rows={rows}
      source={source}
      start={start}
      values={values(source.id)}
      numbers={numbers}
      onCopy={onAct}
      onClose={onClose}
    />
  )
}

function useGridShortcuts(edits: ReturnType<typeof useGridEdits>, fillDown: () => void, isReadOnly: boolean) {
  useShortcuts(
    m.setupGridKeys(),
    isReadOnly
      ? []
      : [
          { keys: 'Ctrl+z', label: m.uiUndo(), run: edits.undo },
          { keys: 'Ctrl+Shift+z', label: m.setupGridRedo(), run: edits.redo },
          { keys: 'Ctrl+s', label: m.uiFormSave(), run: edits.save },
          { keys: 'Ctrl+d', label: m.setupGridKeyFill(), run: fillDown },
          { keys: 'Ctrl+c', label: m.setupGridKeyCopy() },
          { keys: 'Ctrl+v', label: m.setupGridKeyPaste() },
          { keys: 'Shift+ArrowRight', label: m.setupGridKeySelect() },
          { keys: 'Delete', label: m.setupGridKeyClear() },
        ],
  )
}

/** Another page, plan or property would take the painted numbers away; another week would not. */
function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const [here, there] = [current.search, next.search] as { plan?: string; property?: string }[]
      const isOther = here?.plan !== there?.plan || here?.property !== there?.property
      return isDirty && (current.pathname !== next.pathname || isOther)
    },
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const buttons = (
    <>
      <Button onPress={blocker.reset}>{m.uiFormStay()}</Button>
      <Button look="danger" onPress={blocker.proceed}>
        {m.uiFormDiscard()}
      </Button>
    </>
  )
  return (
    <Dialog
      isOpen
      role="alertdialog"
      width="narrow"
      title={m.setupGridLeaveTitle()}
      onClose={blocker.reset}
      actions={buttons}
    >
      {m.setupGridLeaveText()}
    </Dialog>
  )
}
