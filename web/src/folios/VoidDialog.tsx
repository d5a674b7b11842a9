import { api, dataOf, writeHeaders } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { FormDialog } from '../ui/FormDialog'
import { TextField } from '../ui/TextField'
import { useForm } from '../ui/useForm'
import type { PostDialogProps } from './ChargeDialog'
import type { LedgerLine } from './ledger'
import type { Statement } from './queries'
import { lineWords } from './words'

/** Takes a line back, with the taxes that stand below it. The ledger keeps both. */
export function VoidDialog({ folio, line, onPosted, onClose }: PostDialogProps & { line: LedgerLine }) {
  const format = useFormat()
  const { entry } = line
  const form = useForm<{ reason: string }, Statement, Statement>({
    initial: { reason: '' },
    check: ({ reason }) => ({ reason: reason.trim() ? undefined : m.stayReasonMissing() }),
    send: ({ values, key }) =>
      dataOf(
        api.POST('/api/v1/pms/folios/{id}/void', {
          params: { path: { id: folio.id } },
          body: { entryId: entry.id, reason: values.reason.trim() },
          headers: writeHeaders(key),
        }),
      ),
    onSaved: onPosted,
  })
  const words = lineWords(entry, undefined)
  return (
    <FormDialog
      title={m.folioVoid()}
      form={form}
      onClose={onClose}
      submitLabel={m.folioVoid()}
      width="narrow"
    >
      <p className="text-pretty">
        {m.folioVoidText({ line: words, amount: format.money(entry.amountCents, folio.currency) })}
      </p>
      <TextField label={m.stayReason()} {...form.field('reason')} isRequired autoFocus />
    </FormDialog>
  )
}
