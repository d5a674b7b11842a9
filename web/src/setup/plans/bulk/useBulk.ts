import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import type { ApiError } from '../../../api/errors'
import { useWriteKey } from '../../../api/useWriteKey'
import { withDays } from '../../../i18n/days'
import { sentenceOf } from '../../../i18n/sentences'
import { idempotencyKey } from '../../../kernel/ids'
import { m } from '../../../paraglide/messages'
import { useApp } from '../../../shell/useApp'
import { tellWritten } from '../../grid/saved'
import { putPrices, takePricesBack } from '../writes'
import type { RangeChange } from './bulkValues'

type Changed = Schemas['PricesChanged']

/** A rule of a range of many is the same for each of them: it is told once. */
const wordsOf = (error: ApiError): string =>
  error.code === 'VALIDATION_ERROR' && error.details.length > 0
    ? [
        ...new Set(
          error.details.map(({ field, message }) => `${field.split('.').at(-1)}: ${withDays(message)}`),
        ),
      ].join(' · ')
    : sentenceOf(error)

/** First what would change, then the change, then the way back from it. */
export function useBulk(onDone: () => void) {
  const { property } = useApp()
  const cache = useQueryClient()
  const writeKey = useWriteKey()
  /** Of which changes the preview is: others need another one. */
  const [seen, setSeen] = useState<{ text: string; would: Changed }>()
  const refresh = () => cache.invalidateQueries({ queryKey: ['prices'] })
  const preview = useMutation<Changed, ApiError, RangeChange[]>({
    mutationFn: (changes) => putPrices(property.id, changes, idempotencyKey(), true),
    onSuccess: (would, changes) => setSeen({ text: JSON.stringify(changes), would }),
  })
  const change = useMutation<Changed, ApiError, RangeChange[]>({
    mutationFn: (changes) => putPrices(property.id, changes, writeKey.key()),
    onSuccess: (changed) => {
      writeKey.done()
      void refresh()
      tellWritten({
        text: m.bulkDone({ count: changed.nights }),
        takeBack: () => takePricesBack(property.id, changed.before),
        undone: m.bulkUndone(),
        refresh,
      })
      onDone()
    },
    onError: (error) => {
      if (!error.isPassing) writeKey.done()
    },
  })
  const error = preview.error ?? change.error
  return {
    preview: (changes: RangeChange[]) => {
      change.reset()
      preview.mutate(changes)
    },
    change: (changes: RangeChange[]) => change.mutate(changes),
    /** What these changes would do, once it was asked. */
    wouldOf: (changes: RangeChange[]) => (seen?.text === JSON.stringify(changes) ? seen.would : undefined),
    isPending: preview.isPending || change.isPending,
    problem: error && !preview.isPending && !change.isPending ? wordsOf(error) : undefined,
  }
}
