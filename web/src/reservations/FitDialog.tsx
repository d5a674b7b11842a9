import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApiError } from '../api/errors'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Note } from '../ui/Note'
import { QueryState } from '../ui/QueryState'
import type { Accepted, Answer, useFitExecute } from './fit'

interface Props {
  title: string
  lead?: ReactNode
  query: UseQueryResult<Answer[], ApiError>
  execute: ReturnType<typeof useFitExecute>
  /** What would happen, and what the button says; nothing where there is nothing to accept. */
  accept: { plan: Accepted; label: string } | undefined
  onClose: () => void
  /** The plan, or why there is none. */
  children: ReactNode
}

/** A plan is looked for, shown and accepted. One that became void meanwhile is looked for again. */
export function FitDialog({ title, lead, query, execute, accept, onClose, children }: Props) {
  const run = () => {
    if (accept) execute.mutate(accept.plan, { onError: () => void query.refetch() })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onPress={onClose}>{m.uiCancel()}</Button>
          {accept && (
            <Button look="primary" isPending={execute.isPending} onPress={run}>
              {accept.label}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-3">
        {lead}
        {query.isFetching && !query.data ? (
          <p role="status">{m.fitSearching()}</p>
        ) : (
          <QueryState query={query}>{() => children}</QueryState>
        )}
        {execute.error && <Note tone="danger">{sentenceOf(execute.error)}</Note>}
      </div>
    </Dialog>
  )
}
