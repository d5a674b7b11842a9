import { api, dataOf, writeHeaders } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { FormDialog } from '../ui/FormDialog'
import { type Choice, Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { useForm } from '../ui/useForm'
import { AmountField, useAmounts } from './AmountField'
import type { PostDialogProps } from './ChargeDialog'
import type { Method, Statement } from './queries'
import { methodChoices } from './words'

interface MoneyValues {
  folioId: string
  method: Method
  amountCents: string
  description: string
  sourceRef: string
}

export interface MoneyDialogProps extends PostDialogProps {
  /** A payment comes, a refund goes back. */
  kind: 'payment' | 'refund'
  /** What the field begins with. */
  amount?: number
  /** At most so much: of a refund, what was paid and not given back. */
  most?: number
  /** Where the payment may go, when there is a choice. */
  choices?: readonly Choice[]
  submitLabel?: string
}

/** Money that comes or goes back. */
export function MoneyDialog(props: MoneyDialogProps) {
  const { folio, kind, amount, most, choices = [], onPosted, onClose, submitLabel } = props
  const format = useFormat()
  const { textOf, amountOf } = useAmounts(folio.currency)
  const atMost = folio.creditNoteNumber ? m.folioAtMostCredit : m.folioAtMost
  const limit = most === undefined ? undefined : atMost({ amount: format.money(most, folio.currency) })
  const faultOf = (text: string) => {
    const typed = amountOf(text) ?? 0
    if (typed <= 0) return m.folioAmountMissing()
    return most !== undefined && typed > most ? limit : undefined
  }
  const form = useForm<MoneyValues, Statement, Statement>({
    initial: {
      folioId: folio.id,
      method: 'CARD',
      amountCents: amount && amount > 0 ? textOf(amount) : '',
      description: '',
      sourceRef: '',
    },
    check: ({ amountCents }) => ({ amountCents: faultOf(amountCents) }),
    send: ({ values, key }) => send(kind, values, amountOf(values.amountCents) ?? 0, key),
    onSaved: onPosted,
  })
  const title = kind === 'payment' ? m.folioTakePayment() : m.folioRefund()
  return (
    <FormDialog
      title={title}
      form={form}
      onClose={onClose}
      submitLabel={submitLabel ?? (kind === 'payment' ? m.folioTakePayment() : m.folioGiveBack())}
    >
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
        {choices.length > 1 && (
          <Select
            label={m.folioOne()}
            choices={choices}
            {...form.field('folioId')}
            className="sm:col-span-2"
          />
        )}
        <AmountField currency={folio.currency} description={limit} {...form.field('amountCents')} />
        <Select label={m.folioMethod()} choices={methodChoices()} {...form.field('method')} />
        <TextField
          label={m.folioReference()}
          description={m.folioReferenceHelp()}
          {...form.field('sourceRef')}
        />
        <TextField label={m.folioNote()} {...form.field('description')} />
      </div>
    </FormDialog>
  )
}

function send(kind: MoneyDialogProps['kind'], values: MoneyValues, amountCents: number, key: string) {
  const body = {
    method: values.method,
    amountCents,
    description: values.description.trim() || null,
    sourceRef: values.sourceRef.trim() || null,
  }
  const to = { params: { path: { id: values.folioId } }, body, headers: writeHeaders(key) }
  return dataOf(
    kind === 'payment'
      ? api.POST('/api/v1/pms/folios/{id}/payments', to)
      : api.POST('/api/v1/pms/folios/{id}/refunds', to),
  )
}
