import { api, dataOf, writeHeaders } from '../api/client'
import { BillToFields, type BillToValues, billToOf, noBillTo } from '../folios/BillToDialog'
import { type Folio, useFoliosChanged } from '../folios/queries'
import { kindName } from '../folios/words'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { FormDialog } from '../ui/FormDialog'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { type AccountKind, accountKinds } from './queries'

interface Values extends BillToValues {
  kind: AccountKind
  name: string
}

export function NewAccountDialog({ onMade, onClose }: { onMade: (id: string) => void; onClose: () => void }) {
  const { property } = useApp()
  const changed = useFoliosChanged()
  const form = useForm<Values, Folio, Folio>({
    initial: { kind: 'CITY_LEDGER', name: '', ...noBillTo },
    check: ({ name }) => ({ name: name.trim() ? undefined : m.setupNameMissing() }),
    send: ({ values, key }) => {
      const body = {
        propertyId: property.id,
        kind: values.kind,
        name: values.name.trim(),
        billTo:
          values.kind === 'HOUSE' ? null : billToOf({ ...values, billName: values.billName || values.name }),
      }
      return dataOf(api.POST('/api/v1/pms/folios', { body, headers: writeHeaders(key) }))
    },
    onSaved: (folio) => {
      notify({ text: m.accountsMade({ name: folio.name ?? '' }) })
      onClose()
      void changed().then(() => onMade(folio.id))
    },
  })
  return (
    <FormDialog title={m.accountsNew()} form={form} onClose={onClose} submitLabel={m.accountsCreate()}>
      <Select
        label={m.accountsKind()}
        choices={accountKinds.map((id) => ({ id, label: kindName(id) }))}
        {...form.field('kind')}
      />
      <TextField label={m.accountsName()} isRequired autoFocus {...form.field('name')} />
      {form.values.kind === 'CITY_LEDGER' && <BillToFields form={form} />}
    </FormDialog>
  )
}
