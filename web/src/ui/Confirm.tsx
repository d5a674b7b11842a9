import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWriteKey } from '../api/useWriteKey'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { Note } from './Note'

export interface ConfirmProps<Saved> {
  title: string
  children: ReactNode
  /** What the button does: "Deactivate", never "OK". */
  label: string
  isDanger?: boolean
  run: (key: string) => Promise<Saved>
  onDone: (saved: Saved) => void
  onClose: () => void
}

/** Asks before something that is not taken back with one step, and says here why it was refused. */
export function Confirm<Saved>({
  title,
  children,
  label,
  isDanger,
  run,
  onDone,
  onClose,
}: ConfirmProps<Saved>) {
  const writeKey = useWriteKey()
  const write = useMutation({
    mutationFn: () => run(writeKey.key()),
    onSuccess: onDone,
    onError: (error) => !error.isPassing && writeKey.done(),
  })
  const buttons = (
    <>
      <Button onPress={onClose}>{m.uiCancel()}</Button>
      <Button
        look={isDanger ? 'danger' : 'primary'}
        isPending={write.isPending}
        onPress={() => write.mutate()}
      >
        {label}
      </Button>
    </>
  )
  return (
    <Dialog isOpen role="alertdialog" onClose={onClose} title={title} width="narrow" actions={buttons}>
      <div className="flex flex-col gap-3 text-pretty">
        {write.isError && !write.isPending && <Note tone="danger">{sentenceOf(write.error)}</Note>}
        {children}
      </div>
    </Dialog>
  )
}
