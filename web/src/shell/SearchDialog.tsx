import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Header } from 'react-aria-components/Header'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { useFormat } from '../i18n/locale'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { StatusBadge } from '../ui/Badge'
import { Icon } from '../ui/Icon'
import { usePaused } from '../ui/usePaused'
import { type FoundGuest, type FoundReservation, searchQuery, smallestQuery } from './searchQuery'
import { useApp } from './useApp'

const pauseMs = 150

/** One field for the whole house. The arrow keys walk through what was found while one goes on typing; Enter opens. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const [text, setText] = useState('')
  const query = useDeferredValue(usePaused(text.trim(), pauseMs))
  const found = useQuery({ ...searchQuery(app, query), placeholderData: keepPreviousData })
  const navigate = useNavigate()
  const open = (key: string) => {
    const [kind, id = ''] = key.split(':')
    onClose()
    if (kind === 'reservation')
      void navigate({ to: '.', search: (search) => ({ ...search, stay: id, book: undefined }) })
    else void navigate({ to: '/guests/$guestId', params: { guestId: id } })
  }
  const { reservations = [], guests = [] } = query.length >= smallestQuery ? (found.data ?? {}) : {}
  const isEmpty = reservations.length + guests.length === 0
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className="appear fixed inset-0 z-40 flex items-start justify-center bg-scrim p-4 pt-[12dvh]"
    >
      <Modal className="popover flex max-h-[70dvh] w-full max-w-xl flex-col overflow-hidden">
        <Dialog aria-label={m.searchTitle()} className="flex min-h-0 flex-col outline-none">
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField
              aria-label={m.searchTitle()}
              autoFocus
              // The field would only empty itself first: one Escape closes, as everywhere.
              onKeyDown={(event) => event.key === 'Escape' && onClose()}
              className="flex items-center gap-2 border-line border-b px-4"
            >
              <Icon name="search" className="text-muted" />
              <Input
                placeholder={m.searchPlaceholder()}
                className="h-12 grow bg-transparent outline-none placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
              />
            </SearchField>
            <div
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
              tabIndex={0}
              className={`min-h-0 overflow-auto overscroll-contain -outline-offset-2 ${isEmpty ? 'hidden' : ''}`}
            >
              <ListBox
                aria-label={m.searchTitle()}
                onAction={(key) => open(String(key))}
                className="p-1 outline-none"
              >
                {reservations.length > 0 && (
                  <Section title={m.searchReservations()}>
                    {reservations.map((one) => (
                      <ReservationItem key={one.id} reservation={one} />
                    ))}
                  </Section>
                )}
                {guests.length > 0 && (
                  <Section title={m.searchGuests()}>
                    {guests.map((one) => (
                      <GuestItem key={one.id} guest={one} />
                    ))}
                  </Section>
                )}
              </ListBox>
            </div>
          </Autocomplete>
          <p role="status" className={isEmpty ? 'px-4 py-3 text-muted' : 'sr-only'}>
            {isEmpty && saying(query, found)}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function saying(query: string, found: { isFetching: boolean; error: unknown }): string {
  if (query.length < smallestQuery) return m.searchHint()
  if (found.isFetching) return m.searchBusy()
  return found.error ? sentenceOf(found.error) : m.searchNone({ query })
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <ListBoxSection>
      <Header className="px-2.5 pt-2 pb-0.5 font-medium text-muted text-xs">{title}</Header>
      {children}
    </ListBoxSection>
  )
}

function ReservationItem({ reservation }: { reservation: FoundReservation }) {
  const format = useFormat()
  const { name, confirmationNumber, checkInDate, checkOutDate, status } = reservation
  return (
    <ListBoxItem id={`reservation:${reservation.id}`} textValue={name} className="choice py-1.5">
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-muted text-xs">
          {confirmationNumber} · {format.days(checkInDate, checkOutDate)}
        </span>
      </span>
      <StatusBadge status={status} />
    </ListBoxItem>
  )
}

function GuestItem({ guest }: { guest: FoundGuest }) {
  return (
    <ListBoxItem id={`guest:${guest.id}`} textValue={guest.name} className="choice py-1.5">
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{guest.name}</span>
        {guest.contact && (
          <span dir="ltr" className="block truncate text-start text-muted text-xs">
            {guest.contact}
          </span>
        )}
      </span>
    </ListBoxItem>
  )
}
