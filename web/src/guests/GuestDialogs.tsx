import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, type Schemas, writeHeaders } from '../api/client'
import { ulid } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { FormDialog } from '../ui/FormDialog'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { AlreadyKnown, GuestFields } from './GuestForm'
import { bodyOfChanges, emptyGuest, type GuestValues, preferencesJson, valuesOf } from './guestValues'
import { duplicatesKey, type Guest, guestQuery, nameOf } from './queries'

const check = (values: GuestValues) => ({
  lastName: values.lastName.trim() ? undefined : m.guestsLastNameMissing(),
})

export interface NewGuestProps {
  propertyId: string
  onOpen: (id: string) => void
  onClose: () => void
}

export function NewGuestDialog({ propertyId, onOpen, onClose }: NewGuestProps) {
  const cache = useQueryClient()
  const [id] = useState(ulid)
  const form = useForm<GuestValues, Guest, Schemas['CreatedGuest']>({
    initial: emptyGuest,
    check,
    send: ({ values, key }) => {
      const { lastName, preferencesJson: preferences, ...rest } = values
      const body = {
        ...bodyOfChanges(rest, null),
        id,
        propertyId,
        lastName: lastName.trim(),
        preferencesJson: preferencesJson(preferences, null),
      }
      return dataOf(api.POST('/api/v1/pms/guests', { body, headers: writeHeaders(key) }))
    },
    onSaved: ({ possibleDuplicates, ...guest }) => {
      cache.setQueryData(guestQuery(guest.id).queryKey, guest)
      cache.setQueryData(duplicatesKey(guest.id), possibleDuplicates)
      void cache.invalidateQueries({ queryKey: ['guests'] })
      notify({ text: m.guestsCreated({ name: nameOf(guest) }) })
      onOpen(guest.id)
    },
  })
  return (
    <FormDialog title={m.guestsNew()} form={form} onClose={onClose} submitLabel={m.guestsCreate()}>
      <AlreadyKnown values={form.values} propertyId={propertyId} onOpen={(guest) => onOpen(guest.id)} />
      <GuestFields form={form} />
    </FormDialog>
  )
}

export function EditGuestDialog({ guest, onClose }: { guest: Guest; onClose: () => void }) {
  const cache = useQueryClient()
  const form = useForm<GuestValues, Guest, Guest>({
    initial: valuesOf(guest),
    version: guest.version,
    valuesOf,
    check,
    send: ({ changes, key, version }) =>
      dataOf(
        api.PATCH('/api/v1/pms/guests/{id}', {
          params: { path: { id: guest.id } },
          body: bodyOfChanges(changes, guest.preferencesJson),
          headers: writeHeaders(key, version),
        }),
      ),
    onSaved: (saved) => {
      cache.setQueryData(guestQuery(saved.id).queryKey, saved)
      void cache.invalidateQueries({ queryKey: ['guests'] })
      notify({ text: m.uiFormSaved() })
      onClose()
    },
  })
  return (
    <FormDialog title={m.guestsEditTitle()} form={form} onClose={onClose} submitLabel={m.uiFormSave()}>
      <GuestFields form={form} />
    </FormDialog>
  )
}
