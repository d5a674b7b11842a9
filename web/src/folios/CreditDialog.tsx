import { api, dataOf, writeHeaders } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { FormDialog } from '../ui/FormDialog'
import { TextField } from '../ui/TextField'
import { useForm } from '../ui/useForm'
import { isStanding, linesOf } from './ledger'
import { LineChoice } from './MoveDialog'
import type { Statement } from './queries'

export interface CreditDialogProps {
  /** Closed, with its invoice. */
  statement: Statement
  onPosted: (note: Statement) => void
  onClose: () => void
}

/** Takes charges of an invoice back, by a document with a number of its own. */
export function CreditDialog({ statement, onPosted, onClose }: CreditDialogProps) {
  const format = useFormat()
  const lines = linesOf(statement.entries).filter(
    (line) => isStanding(line) && !line.isBelow && !line.entry.method,
  )
  const form = useForm<{ reason: string; entryIds: readonly string[] }, Statement, Statement>({
    initial: { reason: '', entryIds: [] },
    check: ({ reason, entryIds }) => ({
      reason: reason.trim() ? undefined : m.stayReasonMissing(),
      entryIds: entryIds.length > 0 ? undefined : m.folioLinesMissing(),
    }),
    send: ({ values, key }) =>
      dataOf(
        api.POST('/api/v1/pms/folios/{id}/credit-note', {
          params: { path: { id: statement.id } },
          body: { reason: values.reason.trim(), entryIds: [...values.entryIds] },
          headers: writeHeaders(key),
        }),
      ),
    onSaved: onPosted,
  })
  const number = format.number(statement.invoiceNumber ?? 0)
  return (
    <FormDialog title={m.folioCredit()} form={form} onClose={onClose} submitLabel={m.folioCreditDo()}>
      <p className="text-pretty">{m.folioCreditText({ number })}</p>
      <LineChoice lines={lines} currency={statement.currency} {...form.field('entryIds')} />
      <TextField label={m.stayReason()} {...form.field('reason')} isRequired />
    </FormDialog>
  )
}
