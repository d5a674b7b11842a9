import { useQueryClient } from '@tanstack/react-query'
import { m } from '../paraglide/messages'
import { FormDialog } from '../ui/FormDialog'
import { TextField } from '../ui/TextField'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { type Letter, lettersQuery, sendFolio } from './letters'
import type { Folio } from './queries'

export interface EmailDialogProps {
  folio: Folio
  /** Where the guest can be reached, as far as it is known. */
  recipient: string
  onClose: () => void
}

/** The paper of a folio goes to an e-mail address. */
export function EmailDialog({ folio, recipient, onClose }: EmailDialogProps) {
  const cache = useQueryClient()
  const form = useForm<{ recipient: string; text: string }, Folio, Letter>({
    initial: { recipient, text: '' },
    check: ({ recipient }) => ({
      recipient: recipient.includes('@') ? undefined : m.letterRecipientMissing(),
    }),
    send: ({ values, key }) => sendFolio(folio.id, values.recipient.trim(), values.text.trim() || null, key),
    onSaved: () => {
      notify({ text: m.letterQueued() })
      void cache.invalidateQueries({ queryKey: lettersQuery(folio.propertyId, folio.id).queryKey })
      onClose()
    },
  })
  return (
    <FormDialog title={m.letterTitle()} form={form} onClose={onClose} submitLabel={m.letterSend()}>
      <TextField label={m.guestsEmail()} type="email" {...form.field('recipient')} isRequired autoFocus />
      <TextField label={m.letterText()} description={m.letterTextHelp()} rows={4} {...form.field('text')} />
    </FormDialog>
  )
}
