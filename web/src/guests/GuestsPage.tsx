import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Input } from 'react-aria-components/Input'
import { SearchField } from 'react-aria-components/SearchField'
import { useSpoken } from '../i18n/locale'
import { countryName, languageName } from '../i18n/places'
import { m } from '../paraglide/messages'
import { useShortcuts } from '../shell/shortcuts'
import { useApp } from '../shell/useApp'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { Segments } from '../ui/Segments'
import { staleRows, Table, type TableColumn } from '../ui/Table'
import { NewGuestDialog } from './GuestDialogs'
import { type Guest, guestsQuery, nameOf } from './queries'

const pauseMs = 200

/** The guests of the property: found by any part of a name, an address or a number. */
export function GuestsPage() {
  const { may } = useApp()
  const navigate = useNavigate()
  const { q = '', inactive = false } = useSearch({ from: '/app/guests' })
  const [isAdding, setAdding] = useState(false)
  const { property } = useApp()
  const show = (search: { q?: string | undefined; inactive?: boolean | undefined }) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...search }), replace: true })
  const open = (id: string) => void navigate({ to: '/guests/$guestId', params: { guestId: id } })
  const mayAdd = may('pms.guests.manage')
  useShortcuts(m.navGuests(), mayAdd ? [{ keys: 'n', label: m.guestsNew(), run: () => setAdding(true) }] : [])
  const add = mayAdd && (
    <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
      {m.guestsNew()}
    </Button>
  )
  return (
    <>
      <PageHeader title={m.navGuests()}>
        <Segments
          label={m.guestsWhich()}
          choices={[
            { id: 'active', label: m.guestsActive() },
            { id: 'inactive', label: m.guestsInactive() },
          ]}
          value={inactive ? 'inactive' : 'active'}
          onChange={(id) => show({ inactive: id === 'inactive' || undefined })}
        />
        <GuestSearch value={q} onChange={(text) => show({ q: text || undefined })} />
        {add}
      </PageHeader>
      <GuestList filter={{ q, isInactive: inactive }} onOpen={open} add={add} />
      {isAdding && <NewGuestDialog propertyId={property.id} onOpen={open} onClose={() => setAdding(false)} />}
    </>
  )
}

/** What was typed goes to the URL once nobody typed for a moment. */
function GuestSearch({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value)
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onChange(text.trim()), pauseMs)
    return () => clearTimeout(timer)
  })
  return (
    <SearchField
      aria-label={m.guestsSearch()}
      value={text}
      onChange={setText}
      className="relative w-72 max-sm:order-last max-sm:w-full"
    >
      <Icon name="search" className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-muted" />
      <Input placeholder={m.guestsSearch()} className="field ps-8!" />
    </SearchField>
  )
}

interface ListProps {
  filter: { q: string; isInactive: boolean }
  onOpen: (id: string) => void
  add: React.ReactNode
}

function GuestList({ filter, onOpen, add }: ListProps) {
  const { property } = useApp()
  const columns = useColumns()
  const list = useInfiniteQuery({
    ...guestsQuery(property.id, filter),
    placeholderData: keepPreviousData,
  })
  const empty =
    filter.q || filter.isInactive ? (
      <EmptyState icon="search" title={m.guestsNoneFound()}>
        {filter.q ? m.guestsNoneFoundText() : m.guestsNoneInactive()}
      </EmptyState>
    ) : (
      <EmptyState icon="guests" title={m.guestsNone()} actions={add}>
        {m.guestsNoneText()}
      </EmptyState>
    )
  return (
    <div className={`px-4 pb-6 ${list.isPlaceholderData ? staleRows : ''}`}>
      <QueryState
        query={list}
        lines={10}
        empty={empty}
        isEmpty={({ pages }) => pages.every((page) => page.data.length === 0)}
      >
        {({ pages }) => (
          <div className="overflow-x-auto rounded-md border border-line bg-surface">
            <Table
              label={m.navGuests()}
              rowHeader="name"
              columns={columns}
              rows={pages.flatMap((page) => page.data)}
              onOpen={(row) => onOpen(row.id)}
            />
          </div>
        )}
      </QueryState>
      {list.hasNextPage && (
        <div className="flex justify-center pt-3">
          <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {m.guestsMore()}
          </Button>
        </div>
      )}
    </div>
  )
}

function useColumns(): TableColumn<Guest>[] {
  const { tag } = useSpoken()
  return [
    {
      id: 'name',
      title: m.guestsName(),
      cell: (guest) => (
        <span className="inline-flex items-center gap-2">
          <bdi className="whitespace-nowrap font-medium">{nameOf(guest)}</bdi>
          {guest.mergedIntoGuestId && <Badge>{m.guestsMergedBadge()}</Badge>}
          {guest.notes && (
            <span className="text-muted" title={guest.notes}>
              <Icon name="note" />
              <span className="sr-only">{m.guestsHasNotes()}</span>
            </span>
          )}
        </span>
      ),
    },
    { id: 'email', title: m.guestsEmail(), cell: (guest) => <Quiet text={guest.email} /> },
    { id: 'phone', title: m.guestsPhone(), cell: (guest) => <Quiet text={guest.phone} isNumber /> },
    {
      id: 'country',
      isMinor: true,
      title: m.guestsCountry(),
      cell: (guest) => guest.country && countryName(guest.country, tag),
    },
    {
      id: 'language',
      isMinor: true,
      title: m.guestsLanguage(),
      cell: (guest) => guest.language && languageName(guest.language, tag),
    },
  ]
}

/** Addresses and telephone numbers run from left to right in every language. */
const Quiet = ({ text, isNumber }: { text: string | null | undefined; isNumber?: boolean }) =>
  text ? (
    <bdi dir="ltr" className={isNumber ? 'whitespace-nowrap' : ''}>
      {text}
    </bdi>
  ) : null
