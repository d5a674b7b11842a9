import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, bodyOf, type Schemas } from '../api/client'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { Icon } from '../ui/Icon'
import { TextField } from '../ui/TextField'
import { usePaused } from '../ui/usePaused'
import type { FormPart } from './StayFieldSet'

type Guest = Schemas['Guest']

const fewest = 2
const shown = 4

function useKnownGuests(q: string, isAsked: boolean): readonly Guest[] {
  const { property, may } = useApp()
  const asked = usePaused(q.trim())
  const { data } = useQuery({
    queryKey: ['guests', property.id, 'known', asked],
    enabled: isAsked && asked.length >= fewest && may('pms.guests.view'),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/api/v1/pms/guests', {
          params: { query: { propertyId: property.id, q: asked, isActive: true, limit: shown } },
          signal,
        }),
      ),
  })
  return isAsked && asked.length >= fewest ? (data?.data ?? []) : []
}

const guestName = (guest: Pick<Guest, 'firstName' | 'lastName'>) =>
  `${guest.firstName} ${guest.lastName}`.trim()

/**
 * One set of fields finds a guest and adds one: whoever is known already appears while one types, and is taken with one press. Nobody must
 * be searched for first, and nobody is added twice unseen.
 */
export function GuestFields({ draft, errorOf, mayKeep = false }: FormPart & { mayKeep?: boolean }) {
  const { value, change } = draft
  const { may } = useApp()
  const [asked, setAsked] = useState('')
  const known = useKnownGuests(asked, !value.guestId)
  const type = (part: Partial<typeof value>, q: string) => {
    change(part)
    setAsked(q)
  }
  const take = (guest: Guest) => {
    const { id, firstName, lastName } = guest
    change({ guestId: id, firstName, lastName, email: guest.email ?? '', phone: guest.phone ?? '' })
    setAsked('')
  }
  if (value.guestId) return <ChosenGuest draft={draft} errorOf={errorOf} />
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={m.stayLastName()}
        isRequired
        value={value.lastName}
        onChange={(lastName) => type({ lastName }, `${value.firstName} ${lastName}`)}
        error={errorOf('lastName')}
        autoComplete="off"
      />
      <TextField
        label={m.stayFirstName()}
        value={value.firstName}
        onChange={(firstName) => type({ firstName }, `${firstName} ${value.lastName}`)}
        error={errorOf('firstName')}
        autoComplete="off"
      />
      <TextField
        label={m.stayEmail()}
        type="email"
        value={value.email}
        onChange={(email) => type({ email }, email)}
        error={errorOf('email')}
        autoComplete="off"
      />
      <TextField
        label={m.stayPhone()}
        type="tel"
        value={value.phone}
        onChange={(phone) => type({ phone }, phone)}
        error={errorOf('phone')}
        autoComplete="off"
      />
      {known.length > 0 && <KnownGuests guests={known} onTake={take} />}
      {mayKeep && may('pms.guests.manage') && (
        <div className="sm:col-span-2">
          <Checkbox isSelected={value.isGuestKept} onChange={(isGuestKept) => change({ isGuestKept })}>
            {m.stayGuestKeep()}
          </Checkbox>
        </div>
      )}
    </div>
  )
}

function KnownGuests({ guests, onTake }: { guests: readonly Guest[]; onTake: (guest: Guest) => void }) {
  return (
    <section aria-live="polite" className="rounded-md border border-line bg-sunken p-1 sm:col-span-2">
      <h3 className="px-2.5 pt-1 text-muted text-xs">{m.stayGuestKnown()}</h3>
      <ul>
        {guests.map((guest) => (
          <li key={guest.id}>
            <Button look="quiet" className="w-full justify-start! text-start!" onPress={() => onTake(guest)}>
              <Icon name="user" className="text-muted" />
              <span className="truncate">{guestName(guest)}</span>
              <span dir="ltr" className="min-w-0 truncate font-normal text-muted text-xs">
                {[guest.email, guest.phone].filter(Boolean).join(' · ')}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ChosenGuest({ draft: { value, change }, errorOf }: FormPart) {
  const error = errorOf('guestId') ?? errorOf('lastName')
  return (
    <div className="flex items-center gap-3 rounded-md border border-line bg-sunken py-1 ps-3 pe-1">
      <Icon name="user" className="text-muted" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium">{guestName(value)}</p>
        <p dir="ltr" className="truncate text-start text-muted text-xs">
          {[value.email, value.phone].filter(Boolean).join(' · ')}
        </p>
        {error && <p className="text-danger-text text-xs">{error}</p>}
      </div>
      <Button
        look="quiet"
        onPress={() => change({ guestId: null, firstName: '', lastName: '', email: '', phone: '' })}
      >
        {m.stayGuestOther()}
      </Button>
    </div>
  )
}
