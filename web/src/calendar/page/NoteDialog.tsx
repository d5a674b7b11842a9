import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { idempotencyKey } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { type Booking, stayQuery } from '../../reservations/queries'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorState } from '../../ui/PageState'
import { Skeleton } from '../../ui/Skeleton'
import { TextField } from '../../ui/TextField'
import type { Bar } from '../core/items'
import type { Desk } from '../desk/Desk'
import { useRefusal } from './news'

interface Props {
  desk: Desk
  bar: Bar
  onClose(): void
}

/** What the team should know about a stay. */
export function NoteDialog({ desk, bar, onClose }: Props) {
  const { data, error, refetch, isFetchedAfterMount } = useQuery({ ...stayQuery(bar.id), staleTime: 0 })
  // What was kept from before may not be what stands there now; what is being written is not exchanged.
  const seen = useRef<Booking>(undefined)
  if (isFetchedAfterMount) seen.current ??= data
  const [note, setNote] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const [key] = useState(idempotencyKey)
  const refusal = useRefusal(desk)
  const stay = seen.current

  async function save() {
    if (isPending || !stay) return
    const { id, version } = stay
    const was = stay.internalNotes || null
    const text = note === null ? was : note.trim() || null
    if (was === text) return onClose()
    setPending(true)
    const task = { action: { kind: 'note' as const, id, text, was }, versions: { [id]: version }, key }
    const outcome = await desk.do(task, true)
    setPending(false)
    if (outcome.ok) onClose()
    else refusal.set(outcome.refusal)
  }

  return (
    <Dialog
      isOpen
      width="narrow"
      title={m.calendarNoteTitle({ name: bar.lastName })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.calendarBack()}</Button>
          <Button look="primary" isPending={isPending} isDisabled={!stay} onPress={() => void save()}>
            {m.calendarBlockChangeSave()}
          </Button>
        </>
      }
    >
      {stay ? (
        <TextField
          label={m.stayInternalNotes()}
          value={note ?? stay.internalNotes ?? ''}
          onChange={setNote}
          rows={5}
          maxLength={4000}
          autoFocus
        />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton />
      )}
      {refusal.text && (
        <p role="alert" className="mt-3 text-danger-text">
          {refusal.text}
        </p>
      )}
    </Dialog>
  )
}
