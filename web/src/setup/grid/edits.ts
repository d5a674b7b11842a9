import { addDays, type Day, daysBetween, weekday } from '../../kernel/dates'

/** A number for a range of nights of one type, before it is saved. Null takes the number away. */
export interface Edit {
  typeId: string
  from: Day
  /** Exclusive, as in the API. */
  to: Day
  /** 1 is Monday. Every night when absent. */
  weekdays?: readonly number[]
  value: number | null
}

/** What one action did: it is undone as one. */
export type Step = readonly Edit[]

export interface History {
  done: readonly Step[]
  undone: readonly Step[]
}

export const emptyHistory: History = { done: [], undone: [] }

export const act = (history: History, step: Step): History =>
  step.length === 0 ? history : { done: [...history.done, step], undone: [] }

export function undo({ done, undone }: History): History {
  const last = done.at(-1)
  return last ? { done: done.slice(0, -1), undone: [...undone, last] } : { done, undone }
}

export function redo({ done, undone }: History): History {
  const last = undone.at(-1)
  return last ? { done: [...done, last], undone: undone.slice(0, -1) } : { done, undone }
}

const isIn = (edit: Edit, typeId: string, date: Day): boolean =>
  edit.typeId === typeId &&
  date >= edit.from &&
  date < edit.to &&
  (!edit.weekdays || edit.weekdays.includes(weekday(date)))

/** The newest edit of a night, if there is one. */
export function editOf(edits: readonly Edit[], typeId: string, date: Day): Edit | undefined {
  return edits.findLast((edit) => isIn(edit, typeId, date))
}

const hasAllDays = (covering: Edit, covered: Edit): boolean =>
  !covering.weekdays ||
  (covered.weekdays ?? [1, 2, 3, 4, 5, 6, 7]).every((one) => covering.weekdays?.includes(one))

const covers = (later: Edit, earlier: Edit): boolean =>
  later.typeId === earlier.typeId &&
  later.from <= earlier.from &&
  later.to >= earlier.to &&
  hasAllDays(later, earlier)

const meets = (a: Edit, b: Edit): boolean =>
  a.value === b.value &&
  a.typeId === b.typeId &&
  a.from <= b.to &&
  b.from <= a.to &&
  String(a.weekdays ?? '') === String(b.weekdays ?? '')

/** What has to be sent, in order: without what a later edit covers, and with neighbours of one number as one range. */
export function compact(edits: readonly Edit[]): Edit[] {
  const needed = edits.filter((edit, n) => !edits.slice(n + 1).some((later) => covers(later, edit)))
  const calls: Edit[] = []
  for (const edit of needed) {
    const last = calls.at(-1)
    if (last && meets(last, edit)) {
      const [from = edit.from] = [last.from, edit.from].sort()
      const [, to = edit.to] = [last.to, edit.to].sort()
      calls[calls.length - 1] = { ...last, from, to }
    } else calls.push(edit)
  }
  return calls
}

/** For an API that knows no weekdays: a range for each run of nights. */
export function withoutWeekdays(edit: Edit): Edit[] {
  const { weekdays, ...rest } = edit
  if (!weekdays) return [edit]
  const runs: Edit[] = []
  for (let date = edit.from; date < edit.to; date = addDays(date, 1)) {
    if (!weekdays.includes(weekday(date))) continue
    const last = runs.at(-1)
    if (last && last.to === date) runs[runs.length - 1] = { ...last, to: addDays(date, 1) }
    else runs.push({ ...rest, from: date, to: addDays(date, 1) })
  }
  return runs
}

/** The row of one type for another one, as ranges of equal numbers; `change` makes the new number of each. */
export function copyRow(
  numbers: readonly (number | null)[],
  start: Day,
  typeId: string,
  change: (value: number) => number,
): Edit[] {
  const edits: Edit[] = []
  numbers.forEach((number, n) => {
    const from = addDays(start, n)
    const value = number === null ? null : change(number)
    const last = edits.at(-1)
    if (last && last.value === value) edits[edits.length - 1] = { ...last, to: addDays(from, 1) }
    else edits.push({ typeId, from, to: addDays(from, 1), value })
  })
  return edits
}

/** Cells as a spreadsheet keeps them: a line for each type, a tab between two nights. */
export const copied = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => line.join('\t')).join('\n')

/** What becomes of it, and how many cells found no room; or the cell that is no number. */
export type Pasted = { readonly step: Step; readonly left: number } | { readonly wrong: string }

export interface Pasting {
  typeIds: readonly string[]
  start: Day
  days: number
  rectangle: { top: number; bottom: number; first: number; last: number }
  /** Undefined for what is no number of this grid. */
  parse: (text: string) => number | undefined
}

/**
 * What was copied from a spreadsheet, laid from the upper corner of the selection on; a selection that is larger is filled with it again
 * and again. An empty cell takes the number away. One that is no number takes all of it away.
 */
export function pasted(text: string, { typeIds, start, days, rectangle, parse }: Pasting): Pasted {
  const lines = text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t').map((cell) => cell.trim()))
  const width = Math.max(...lines.map((line) => line.length))
  const { top, first } = rectangle
  const bottom = Math.max(rectangle.bottom, top + lines.length - 1)
  const last = Math.max(rectangle.last, first + width - 1)
  const edits: Edit[] = []
  for (const [n, typeId] of typeIds.slice(top, bottom + 1).entries()) {
    const line = lines[n % lines.length] ?? []
    const values: (number | null)[] = []
    for (let column = first; column <= Math.min(last, days - 1); column++) {
      const cell = line[(column - first) % width] ?? ''
      const value = cell === '' || cell === '–' ? null : parse(cell)
      if (value === undefined) return { wrong: cell }
      values.push(value)
    }
    edits.push(...copyRow(values, addDays(start, first), typeId, (value) => value))
  }
  const fitting = Math.min(lines.length, typeIds.length - top) * Math.min(width, days - first)
  return { step: edits, left: lines.length * width - fitting }
}

/** How many nights an edit sets: for the sentence above the button. */
export function nightsOf(edit: Edit): number {
  const days = daysBetween(edit.from, edit.to)
  if (!edit.weekdays) return days
  return withoutWeekdays(edit).reduce((sum, run) => sum + daysBetween(run.from, run.to), 0)
}
