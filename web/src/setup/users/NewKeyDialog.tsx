import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, type Schemas, writeHeaders } from '../../api/client'
import { addDays, type Day, day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { DatePicker } from '../../ui/DatePicker'
import { Dialog } from '../../ui/Dialog'
import { FormDialog } from '../../ui/FormDialog'
import { Note } from '../../ui/Note'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { useForm } from '../../ui/useForm'
import { apiKeysQuery, type Role } from '../queries'
import { roleChoices } from './roles'

interface KeyValues {
  name: string
  role: Role
  propertyId: string
  expiresAt: Day | null
}

type Created = Schemas['Data_CreatedApiKey']['data']

const everywhere = 'all'

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { me, property } = useApp()
  const cache = useQueryClient()
  const [created, setCreated] = useState<Created>()
  const form = useForm<KeyValues, never, Created>({
    initial: { name: '', role: 'READ_ONLY', propertyId: everywhere, expiresAt: null },
    check: (values) => ({ name: values.name.trim() ? undefined : m.setupNameMissing() }),
    send: ({ values, key }) => {
      const body = {
        name: values.name.trim(),
        role: values.role,
        propertyId: values.propertyId === everywhere ? null : values.propertyId,
        // Through the whole of the last day, by the clock of the world.
        expiresAt: values.expiresAt ? `${addDays(values.expiresAt, 1)}T00:00:00Z` : null,
      }
      return dataOf(api.POST('/api/v1/pms/api-keys', { body, headers: writeHeaders(key) }))
    },
    onSaved: (key) => {
      void cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey })
      setCreated(key)
    },
  })
  if (created) return <ShownOnce created={created} onClose={onClose} />
  const houses = me.properties.map((one) => ({ id: one.id, label: one.name }))
  return (
    <FormDialog title={m.setupKeyNew()} form={form} onClose={onClose} submitLabel={m.setupKeyCreate()}>
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
        <TextField
          label={m.setupName()}
          description={m.setupKeyNameHelp()}
          {...form.field('name')}
          isRequired
          autoFocus
          className="sm:col-span-2"
        />
        <Select label={m.setupRole()} choices={roleChoices()} {...form.field('role')} />
        <Select
          label={m.setupUserWhere()}
          choices={[{ id: everywhere, label: m.setupUserAllProperties() }, ...houses]}
          {...form.field('propertyId')}
        />
        <DatePicker
          label={m.setupKeyUntil()}
          description={m.setupKeyUntilHelp()}
          min={day(property.businessDate)}
          {...form.field('expiresAt')}
        />
      </div>
    </FormDialog>
  )
}

/** The one time that the key can be seen. A click beside the box does not take it away. */
function ShownOnce({ created, onClose }: { created: Created; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false)
  const { secret } = created
  const copy = () =>
    void navigator.clipboard.writeText(secret ?? '').then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Dialog
      isOpen
      role="alertdialog"
      onClose={onClose}
      title={m.setupKeyShownTitle({ name: created.name })}
      actions={<Button onPress={onClose}>{m.setupKeyShownDone()}</Button>}
    >
      {secret ? (
        <div className="flex flex-col gap-3">
          <p className="text-pretty">{m.setupKeyShownText()}</p>
          <code
            dir="ltr"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse selects it with the keyboard
            tabIndex={0}
            className="select-all break-all rounded-md border border-line bg-sunken p-3 text-sm"
          >
            {secret}
          </code>
          <Button look="primary" className="self-start" onPress={copy}>
            {isCopied ? m.setupKeyCopied() : m.setupKeyCopy()}
          </Button>
        </div>
      ) : (
        <Note tone="warning">{m.setupKeyShownTwice()}</Note>
      )}
    </Dialog>
  )
}
