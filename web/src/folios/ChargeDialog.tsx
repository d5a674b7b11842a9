import { api, dataOf, writeHeaders } from '../api/client'
import { m } from '../paraglide/messages'
import { FormDialog } from '../ui/FormDialog'
import { type Choice, Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { useForm } from '../ui/useForm'
import { AmountField, useAmounts } from './AmountField'
import type { EntryType, Folio, Statement } from './queries'

type Kind = 'ADJUSTMENT' | 'DISCOUNT' | 'ROOM_CHARGE' | 'FEE' | 'TAX'

interface ChargeValues {
  kind: Kind
  description: string
  amountCents: string
  sourceRef: string
}

const kinds = (): Choice<Kind>[] => [
  { id: 'ADJUSTMENT', label: m.folioKindOther() },
  { id: 'DISCOUNT', label: m.folioKindDiscount() },
  { id: 'ROOM_CHARGE', label: m.folioKindRoom() },
  { id: 'FEE', label: m.folioKindFee() },
  { id: 'TAX', label: m.folioKindTax() },
]

export interface PostDialogProps {
  folio: Folio
  onPosted: (statement: Statement) => void
  onClose: () => void
}

/** A charge, or a discount, which the ledger keeps as a charge below zero. */
export function ChargeDialog({ folio, onPosted, onClose }: PostDialogProps) {
  const { amountOf } = useAmounts(folio.currency)
  const form = useForm<ChargeValues, Statement, Statement>({
    initial: { kind: 'ADJUSTMENT', description: '', amountCents: '', sourceRef: '' },
    check: ({ description, amountCents }) => ({
      description: description.trim() ? undefined : m.folioDescriptionMissing(),
      amountCents: (amountOf(amountCents) ?? 0) > 0 ? undefined : m.folioAmountMissing(),
    }),
    send: ({ values, key }) => {
      const amount = amountOf(values.amountCents) ?? 0
      const isDiscount = values.kind === 'DISCOUNT'
      const body = {
        entryType: (isDiscount ? 'ADJUSTMENT' : values.kind) as EntryType,
        description: values.description.trim(),
        amountCents: isDiscount ? 0 - amount : amount,
        sourceRef: values.sourceRef.trim() || null,
      }
      const params = { path: { id: folio.id } }
      return dataOf(api.POST('/api/v1/pms/folios/{id}/charges', { params, body, headers: writeHeaders(key) }))
    },
    onSaved: onPosted,
  })
  return (
    <FormDialog title={m.folioCharge()} form={form} onClose={onClose} submitLabel={m.folioPost()}>
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
        <TextField
          label={m.folioDescription()}
          {...form.field('description')}
          isRequired
          autoFocus
          className="sm:col-span-2"
        />
        <Select label={m.folioKind()} choices={kinds()} {...form.field('kind')} />
        <AmountField currency={folio.currency} {...form.field('amountCents')} />
        <TextField label={m.folioReference()} {...form.field('sourceRef')} className="sm:col-span-2" />
      </div>
    </FormDialog>
  )
}
