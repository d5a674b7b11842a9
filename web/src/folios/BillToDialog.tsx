import { api, dataOf, type Schemas, writeHeaders } from '../api/client'
import { m } from '../paraglide/messages'
import { FormDialog } from '../ui/FormDialog'
import { TextField } from '../ui/TextField'
import { type Form, useForm } from '../ui/useForm'
import type { Folio } from './queries'

export interface BillToValues {
  billName: string
  /** Line by line, as it stands on an envelope. */
  billAddress: string
  billTaxNumber: string
}

export const noBillTo: BillToValues = { billName: '', billAddress: '', billTaxNumber: '' }

const valuesOf = ({ billTo }: Pick<Folio, 'billTo'>): BillToValues => ({
  billName: billTo?.name ?? '',
  billAddress: billTo?.address?.join('\n') ?? '',
  billTaxNumber: billTo?.taxNumber ?? '',
})

/** Null: to the guest, or to the name of the account. */
export function billToOf({
  billName,
  billAddress,
  billTaxNumber,
}: BillToValues): NonNullable<Folio['billTo']> | null {
  const name = billName.trim()
  const address = billAddress
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return name ? { name, address, taxNumber: billTaxNumber.trim() || null } : null
}

export interface BillToDialogProps {
  folio: Folio
  onSaved: () => void
  onClose: () => void
}

/** To whom the invoice of an open folio is made out. */
export function BillToDialog({ folio, onSaved, onClose }: BillToDialogProps) {
  const form = useForm<BillToValues, Folio, Folio>({
    initial: valuesOf(folio),
    version: folio.version,
    valuesOf,
    check: ({ billName, billAddress, billTaxNumber }) => ({
      billName:
        billName.trim() || !(billAddress.trim() || billTaxNumber.trim()) ? undefined : m.setupNameMissing(),
    }),
    send: ({ values, key, version }) =>
      dataOf(
        api.PATCH('/api/v1/pms/folios/{id}', {
          params: { path: { id: folio.id } },
          // What is absent stays.
          body: { billTo: billToOf(values) } as Required<Schemas['FolioChange']>,
          headers: writeHeaders(key, version),
        }),
      ),
    onSaved,
  })
  return (
    <FormDialog title={m.billToTitle()} form={form} onClose={onClose} submitLabel={m.uiFormSave()}>
      <BillToFields form={form} />
    </FormDialog>
  )
}

export function BillToFields<V extends BillToValues>({ form }: { form: Form<V> }) {
  const { field } = form as unknown as Form<BillToValues>
  return (
    <>
      <TextField label={m.billToName()} description={m.billToNameHelp()} {...field('billName')} />
      <TextField label={m.billToAddress()} rows={3} {...field('billAddress')} />
      <TextField label={m.setupTaxNumber()} {...field('billTaxNumber')} />
    </>
  )
}
