import { useState } from 'react'
import { api, dataOf, writeHeaders } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { FormDialog } from '../ui/FormDialog'
import { type Choice, Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { useForm } from '../ui/useForm'
import { AmountField, useAmounts } from './AmountField'
import { GatewayResult } from './GatewayNote'
import { chargeCard, type PaymentIntent, refundCard } from './gateway'
import { type Entry, type Folio, type Method, type Statement, useFoliosChanged } from './queries'
import { methodChoices } from './words'

interface MoneyValues {
  folioId: string
  /** A method of the ledger, the gateway, or the payment through it that goes back. */
  method: string
  amountCents: string
  description: string
  sourceRef: string
}

export interface MoneyDialogProps {
  folio: Folio
  /** A payment comes, a refund goes back. */
  kind: 'payment' | 'refund'
  /** What the field begins with. */
  amount?: number
  /** How it goes, to begin with. */
  method?: Method | undefined
  /** At most so much: of a refund, what was paid and not given back. */
  most?: number
  /** Where the payment may go, when there is a choice. */
  choices?: readonly Choice[]
  /** Of a refund: what came through the gateway, and can go back the same way. */
  byGateway?: readonly Entry[]
  submitLabel?: string
  onPosted: () => void
  onClose: () => void
}

const gateway = 'GATEWAY'
const backTo = (intentId: string) => `${gateway}:${intentId}`
const isByGateway = (method: string) => method.startsWith(gateway)

/** Money that comes or goes back. */
export function MoneyDialog(props: MoneyDialogProps) {
  const { folio, kind, amount, most, choices = [], onPosted, onClose, submitLabel } = props
  const format = useFormat()
  const changed = useFoliosChanged()
  const methods = useMethods(props)
  const { textOf, amountOf } = useAmounts(folio.currency)
  const [waiting, setWaiting] = useState<PaymentIntent>()
  const atMost = folio.creditNoteNumber ? m.folioAtMostCredit : m.folioAtMost
  const limit = most === undefined ? undefined : atMost({ amount: format.money(most, folio.currency) })
  const faultOf = (text: string) => {
    const typed = amountOf(text) ?? 0
    if (typed <= 0) return m.folioAmountMissing()
    return most !== undefined && typed > most ? limit : undefined
  }
  const told = (intent: PaymentIntent) => {
    if (intent.status === 'SETTLED') return onPosted()
    setWaiting(intent)
    void changed()
  }
  const form = useForm<MoneyValues, Statement, Statement | PaymentIntent>({
    initial: {
      folioId: folio.id,
      // What came through the gateway goes back the same way, unless one says otherwise.
      method: methods.find(({ id }) => id.startsWith(backTo('')))?.id ?? props.method ?? 'CARD',
      amountCents: amount && amount > 0 ? textOf(amount) : '',
      description: '',
      sourceRef: '',
    },
    check: ({ amountCents }) => ({ amountCents: faultOf(amountCents) }),
    send: ({ values, key }) => send(kind, values, amountOf(values.amountCents) ?? 0, key),
    onSaved: (saved) => ('expiresAt' in saved ? told(saved) : onPosted()),
  })
  const title = kind === 'payment' ? m.folioTakePayment() : m.folioRefund()
  if (waiting)
    return (
      <GatewayResult
        title={title}
        intent={waiting}
        onNews={told}
        onOther={() => setWaiting(undefined)}
        onClose={onClose}
      />
    )
  const byGateway = isByGateway(form.values.method)
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
        <Select
          label={m.folioMethod()}
          choices={methods}
          {...(byGateway && kind === 'payment' ? { description: m.folioGatewayHelp() } : {})}
          {...form.field('method')}
        />
        {!byGateway && (
          <TextField
            label={m.folioReference()}
            description={m.folioReferenceHelp()}
            {...form.field('sourceRef')}
          />
        )}
        <TextField label={m.folioNote()} {...form.field('description')} />
      </div>
    </FormDialog>
  )
}

/** Those of the ledger, and the gateway where there is one. */
function useMethods({ kind, byGateway = [], folio }: MoneyDialogProps): Choice[] {
  const format = useFormat()
  const { property } = useApp()
  if (!property.takesGatewayPayments) return methodChoices()
  if (kind === 'payment') return [...methodChoices(), { id: gateway, label: m.folioGateway() }]
  const back = byGateway.map((entry) => ({
    id: backTo(entry.paymentIntentId ?? ''),
    label: m.folioGatewayBack({ amount: format.money(0 - entry.amountCents, folio.currency) }),
    note: entry.sourceRef ?? undefined,
  }))
  return [...methodChoices(), ...back]
}

function send(
  kind: MoneyDialogProps['kind'],
  values: MoneyValues,
  amountCents: number,
  key: string,
): Promise<Statement | PaymentIntent> {
  const description = values.description.trim() || null
  if (values.method === gateway) return chargeCard(values.folioId, amountCents, description, key)
  if (isByGateway(values.method)) {
    const back = { folioId: values.folioId, amountCents, description }
    return refundCard(values.method.slice(gateway.length + 1), back, key)
  }
  const method = values.method as Method
  const body = { method, amountCents, description, sourceRef: values.sourceRef.trim() || null }
  const to = { params: { path: { id: values.folioId } }, body, headers: writeHeaders(key) }
  return dataOf(
    kind === 'payment'
      ? api.POST('/api/v1/pms/folios/{id}/payments', to)
      : api.POST('/api/v1/pms/folios/{id}/refunds', to),
  )
}
