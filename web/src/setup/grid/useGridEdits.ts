import { useMutation } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { idempotencyKey } from '../../kernel/ids'
import { act, compact, type Edit, emptyHistory, redo, type Step, undo, withoutWeekdays } from './edits'
import { type TakeBack, tellSaved } from './saved'

export interface GridSaving {
  /** Writes one range, and answers how to take it back. */
  send: (edit: Edit, key: string) => Promise<TakeBack>
  /** Whether the API takes weekdays; otherwise a range goes for each run of nights. */
  hasWeekdays: boolean
  /** Fetches anew what was written. */
  refresh: () => Promise<unknown>
}

/**
 * What was painted and is not saved yet. Saving sends one range after the other; what came through leaves the list, what did not stays
 * for the next try, with the key that it had.
 */
export function useGridEdits({ send, hasWeekdays, refresh }: GridSaving) {
  const [history, setHistory] = useState(emptyHistory)
  const keys = useRef(new Map<string, string>())
  const edits = useMemo(() => history.done.flat(), [history])
  const calls = useMemo(
    () => compact(hasWeekdays ? edits : edits.flatMap(withoutWeekdays)),
    [edits, hasWeekdays],
  )
  const keyOf = (call: Edit) => {
    const signature = JSON.stringify(call)
    const key = keys.current.get(signature) ?? idempotencyKey()
    keys.current.set(signature, key)
    return key
  }
  const save = useMutation({
    mutationFn: async () => {
      const open = [...calls]
      const written: TakeBack[] = []
      try {
        for (let next = open[0]; next; next = open[0]) {
          written.push(await send(next, keyOf(next)))
          keys.current.delete(JSON.stringify(next))
          open.shift()
        }
      } finally {
        // The new numbers come before the painted ones go, so that none flickers.
        if (open.length < calls.length) {
          await refresh().catch(() => {})
          setHistory({ done: open.length > 0 ? [open] : [], undone: [] })
        }
      }
      tellSaved(written, refresh)
    },
  })
  return {
    history,
    edits,
    calls,
    act: (step: Step) => {
      save.reset()
      setHistory((before) => act(before, step))
    },
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    discard: () => {
      save.reset()
      setHistory(emptyHistory)
    },
    save: () => !save.isPending && calls.length > 0 && save.mutate(),
    isSaving: save.isPending,
    error: save.isPending ? null : save.error,
  }
}

export type GridEdits = ReturnType<typeof useGridEdits>
