import { useState } from 'react'
import { addDays, type Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { copied, copyRow, pasted } from './edits'
import type { GridEditorProps } from './GridEditor'
import type { Rectangle } from './selection'
import type { GridEdits } from './useGridEdits'

/** What can be done with all that is selected at once. */
export function useSelected(
  { rows, start, days, numbers }: GridEditorProps,
  edits: GridEdits,
  rectangle: Rectangle,
  numberAt: (typeId: string, date: Day) => number | null,
) {
  const [said, setSaid] = useState<string>()
  const { top, bottom, first, last } = rectangle
  const chosen = rows.slice(top, bottom + 1)
  const from = addDays(start, first)
  const values = (typeId: string) =>
    Array.from({ length: last - first + 1 }, (_, n) => numberAt(typeId, addDays(from, n)))
  return {
    paint: (value: number | null) =>
      edits.act(chosen.map(({ id }) => ({ typeId: id, from, to: addDays(start, last + 1), value }))),
    /** The numbers of the upper row for those below it. */
    fillDown: () => {
      const [source, ...below] = chosen
      if (source) edits.act(below.flatMap(({ id }) => copyRow(values(source.id), from, id, (value) => value)))
    },
    copy: () => {
      const text = (value: number | null) => (value === null ? '' : numbers.toText(value))
      return copied(chosen.map(({ id }) => values(id).map(text)))
    },
    paste: (text: string) => {
      const typeIds = rows.map(({ id }) => id)
      const found = pasted(text, { typeIds, start, days, rectangle, parse: numbers.parse })
      if ('wrong' in found) return setSaid(m.setupGridPasteWrong({ cell: found.wrong, rule: numbers.help }))
      setSaid(found.left > 0 ? m.setupGridPasteLeft({ count: found.left }) : undefined)
      edits.act(found.step)
    },
    /** What did not fit of what was pasted last. */
    said,
  }
}
