import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSpoken } from '../i18n/locale'
import { countryChoices, languageChoices } from '../i18n/places'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { ComboBox } from '../ui/ComboBox'
import { LineList } from '../ui/LineList'
import { Note } from '../ui/Note'
import { TextField } from '../ui/TextField'
import type { Form } from '../ui/useForm'
import { usePaused } from '../ui/usePaused'
import type { GuestValues, Preference } from './guestValues'
import { type Guest, nameOf, similarQuery } from './queries'

/** The fields of a profile, for a new one and for one that is edited. */
export function GuestFields({ form }: { form: Form<GuestValues> }) {
  const { tag } = useSpoken()
  const countries = useMemo(() => countryChoices(tag), [tag])
  const own = form.values.language
  const languages = useMemo(() => languageChoices(tag, own), [tag, own])
  return (
    <>
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
        <TextField label={m.guestsFirstName()} {...form.field('firstName')} autoComplete="off" autoFocus />
        <TextField label={m.guestsLastName()} {...form.field('lastName')} autoComplete="off" isRequired />
        <TextField label={m.guestsEmail()} type="email" {...form.field('email')} autoComplete="off" />
        <TextField label={m.guestsPhone()} type="tel" {...form.field('phone')} autoComplete="off" />
        <ComboBox label={m.guestsCountry()} choices={countries} {...form.field('country')} />
        <ComboBox label={m.guestsLanguage()} choices={languages} {...form.field('language')} />
      </div>
      <Preferences
        list={form.values.preferencesJson}
        error={form.field('preferencesJson').error}
        onChange={(preferencesJson) => form.set({ preferencesJson })}
      />
      <TextField label={m.guestsNotes()} rows={3} {...form.field('notes')} />
    </>
  )
}

interface PreferencesProps {
  list: Preference[]
  error: string | undefined
  onChange: (list: Preference[]) => void
}

function Preferences({ list, error, onChange }: PreferencesProps) {
  return (
    <LineList
      label={m.guestsPreferences()}
      lines={list}
      onChange={onChange}
      addLabel={m.guestsPreferenceAdd()}
      fresh={{ name: '', value: '' }}
      removeLabel={({ name }) => m.guestsPreferenceRemove({ name })}
      error={error}
    >
      {({ name, value }, change) => (
        <>
          <TextField
            label={m.guestsPreferenceName()}
            isLabelHidden
            placeholder={m.guestsPreferenceNameHint()}
            value={name}
            onChange={(name) => change({ name })}
            className="w-2/5"
          />
          <TextField
            label={m.guestsPreferenceValue()}
            isLabelHidden
            placeholder={m.guestsPreferenceValueHint()}
            value={value}
            onChange={(value) => change({ value })}
            className="grow"
          />
        </>
      )}
    </LineList>
  )
}

const pauseMs = 350
const fewestLetters = 4

/** While a new profile is typed: who is known already under this name, address or number. */
export function AlreadyKnown({ values, propertyId, onOpen }: AlreadyKnownProps) {
  const { firstName, lastName, email, phone } = values
  const typed = email.includes('@') ? email : phone.length > 6 ? phone : `${firstName} ${lastName}`
  const q = usePaused(typed.trim(), pauseMs)
  const { data = [] } = useQuery({ ...similarQuery(propertyId, q), enabled: q.length >= fewestLetters })
  const found = q.length >= fewestLetters ? data.slice(0, 3) : []
  if (found.length === 0) return null
  return (
    <Note>
      <p className="font-medium">{m.guestsSimilar()}</p>
      <ul className="mt-1">
        {found.map((guest) => (
          <li key={guest.id} className="flex flex-wrap items-center gap-x-2">
            <span>{nameOf(guest)}</span>
            <span className="min-w-0 grow truncate text-muted text-xs">
              {[guest.email, guest.phone].filter(Boolean).join(' · ')}
            </span>
            <Button look="quiet" onPress={() => onOpen(guest)}>
              {m.guestsSimilarOpen()}
            </Button>
          </li>
        ))}
      </ul>
    </Note>
  )
}

interface AlreadyKnownProps {
  values: GuestValues
  propertyId: string
  onOpen: (guest: Guest) => void
}
