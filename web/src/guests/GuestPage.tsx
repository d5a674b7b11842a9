import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api, dataOf, writeHeaders } from '../api/client'
import { useSpoken } from '../i18n/locale'
import { countryName, languageName } from '../i18n/places'
import { m } from '../paraglide/messages'
import { useShortcuts } from '../shell/shortcuts'
import { useApp } from '../shell/useApp'
import { Badge } from '../ui/Badge'
import { Button, IconButton } from '../ui/Button'
import { Confirm } from '../ui/Confirm'
import { Icon } from '../ui/Icon'
import { Menu, MenuItem, MenuTrigger } from '../ui/Menu'
import { Note } from '../ui/Note'
import { NotFound } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { notify } from '../ui/Toast'
import { EditGuestDialog } from './GuestDialogs'
import { GuestStays } from './GuestStays'
import { preferencesOf } from './guestValues'
import { MergeDialog } from './MergeDialog'
import { duplicatesKey, type Guest, guestQuery, nameOf } from './queries'

/** The profile of one guest, and the stays. */
export function GuestPage() {
  const { guestId } = useParams({ from: '/app/guests/$guestId' })
  const { property } = useApp()
  const query = useQuery(guestQuery(guestId))
  return (
    <QueryState query={query} lines={8}>
      {(guest) =>
        // A link into another house: the guest is of that one, and so are the stays.
        guest.propertyId === property.id ? <Profile key={guest.id} guest={guest} /> : <NotFound />
      }
    </QueryState>
  )
}

type Task = 'edit' | 'merge' | 'deactivate' | undefined

function Profile({ guest }: { guest: Guest }) {
  const { may } = useApp()
  const [task, setTask] = useState<Task>()
  const [other, setOther] = useState<string>()
  const close = () => setTask(undefined)
  const mayManage = may('pms.guests.manage')
  const isOpen = mayManage && !guest.mergedIntoGuestId
  useShortcuts(
    m.navGuests(),
    isOpen ? [{ keys: 'e', label: m.guestsEdit(), run: () => setTask('edit') }] : [],
  )
  const merge = (id?: string) => {
    setOther(id)
    setTask('merge')
  }
  return (
    <>
      <Head guest={guest}>
        {isOpen && <Actions guest={guest} onTask={setTask} onMerge={() => merge()} />}
      </Head>
      <div className="flex flex-col gap-3 px-4 empty:hidden">
        <MergedBanner guest={guest} />
        {isOpen && guest.isActive && <DuplicatesBanner guest={guest} onMerge={merge} />}
      </div>
      <div className="grid items-start gap-4 p-4 lg:grid-cols-[minmax(18rem,22rem)_1fr]">
        <Facts guest={guest} />
        {may('pms.reservations.view') && <GuestStays guestId={guest.id} />}
      </div>
      {task === 'edit' && <EditGuestDialog guest={guest} onClose={close} />}
      {task === 'merge' && <MergeDialog guest={guest} otherId={other} onClose={close} />}
      {task === 'deactivate' && <Deactivate guest={guest} onClose={close} />}
    </>
  )
}

function Head({ guest, children }: { guest: Guest; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3">
      <Link
        to="/guests"
        className="flex min-h-control items-center gap-1 rounded-md pe-2 text-muted hover:text-text"
      >
        <Icon name="previous" />
        {m.navGuests()}
      </Link>
      <h1 className="w-full grow basis-60 truncate sm:w-auto">
        {nameOf(guest)}
        {!guest.isActive && (
          <span className="ms-2 inline-block align-middle font-normal">
            <Badge>{guest.mergedIntoGuestId ? m.guestsMergedBadge() : m.guestsInactiveBadge()}</Badge>
          </span>
        )}
      </h1>
      {children}
    </div>
  )
}

interface ActionsProps {
  guest: Guest
  onTask: (task: Task) => void
  onMerge: () => void
}

function Actions({ guest, onTask, onMerge }: ActionsProps) {
  const change = guest.isActive ? m.guestsDeactivate() : m.guestsReactivate()
  return (
    <>
      <Button onPress={() => onTask('edit')}>{m.guestsEdit()}</Button>
      {guest.isActive && <Button onPress={onMerge}>{m.guestsMerge()}</Button>}
      <MenuTrigger>
        <IconButton look="plain" icon="more" label={m.uiMore()} />
        <Menu label={m.uiMore()}>
          <MenuItem
            id="active"
            label={change}
            isDanger={guest.isActive}
            onAction={() => onTask('deactivate')}
          />
        </Menu>
      </MenuTrigger>
    </>
  )
}

function MergedBanner({ guest }: { guest: Guest }) {
  const into = guest.mergedIntoGuestId
  const kept = useQuery({ ...guestQuery(into ?? ''), enabled: !!into })
  if (!into) return null
  return (
    <Note
      actions={
        <Link
          to="/guests/$guestId"
          params={{ guestId: into }}
          className="rounded-md font-semibold text-accent-text underline underline-offset-2"
        >
          {kept.data ? nameOf(kept.data) : m.guestsSimilarOpen()}
        </Link>
      }
    >
      {m.guestsMergedInto()}
    </Note>
  )
}

/** The hint that came with the making of the profile. */
function DuplicatesBanner({ guest, onMerge }: { guest: Guest; onMerge: (id: string) => void }) {
  const cache = useQueryClient()
  type Found = { id: string; firstName: string; lastName: string; reason: string }[]
  const { data = [] } = useQuery<Found>({ queryKey: duplicatesKey(guest.id), queryFn: skipToken })
  if (data.length === 0) return null
  const reasons: Record<string, () => string> = {
    SAME_EMAIL: m.guestsSameEmail,
    SAME_PHONE: m.guestsSamePhone,
    SAME_NAME: m.guestsSameName,
  }
  return (
    <Note
      tone="warning"
      actions={
        <Button look="quiet" onPress={() => cache.setQueryData(duplicatesKey(guest.id), [])}>
          {m.guestsDuplicatesDismiss()}
        </Button>
      }
    >
      <p className="font-medium">{m.guestsDuplicates()}</p>
      <ul className="mt-1">
        {data.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-2">
            <Link to="/guests/$guestId" params={{ guestId: one.id }} className="rounded-sm underline">
              {nameOf(one)}
            </Link>
            <span>· {reasons[one.reason]?.()}</span>
            <Button look="quiet" onPress={() => onMerge(one.id)}>
              {m.guestsMerge()}
            </Button>
          </li>
        ))}
      </ul>
    </Note>
  )
}

const card = 'rounded-md border border-line bg-surface p-4'

function Facts({ guest }: { guest: Guest }) {
  const { tag, format } = useSpoken()
  const { property } = useApp()
  const preferences = preferencesOf(guest.preferencesJson)
  const ltr = (text: string | null | undefined) => text && <bdi dir="ltr">{text}</bdi>
  return (
    <div className="flex flex-col gap-4">
      <section className={card} aria-label={m.guestsContact()}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
          <Fact name={m.guestsEmail()}>{ltr(guest.email)}</Fact>
          <Fact name={m.guestsPhone()}>{ltr(guest.phone)}</Fact>
          <Fact name={m.guestsCountry()}>{guest.country && countryName(guest.country, tag)}</Fact>
          <Fact name={m.guestsLanguage()}>{guest.language && languageName(guest.language, tag)}</Fact>
          <Fact name={m.guestsSince()}>{format.instant(guest.createdAt, property.timezone)}</Fact>
        </dl>
      </section>
      <section className={card}>
        <h2>{m.guestsPreferences()}</h2>
        {preferences.length > 0 ? (
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
            {preferences.map(({ name, value }) => (
              <Fact key={name} name={name}>
                {value}
              </Fact>
            ))}
          </dl>
        ) : (
          <p className="mt-1 text-muted">{m.guestsPreferencesNone()}</p>
        )}
      </section>
      <section className={card}>
        <h2>{m.guestsNotes()}</h2>
        <p className={`mt-1 whitespace-pre-wrap break-words ${guest.notes ? '' : 'text-muted'}`}>
          {guest.notes ?? m.guestsNotesNone()}
        </p>
      </section>
    </div>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 break-words">{children || <span className="text-muted">–</span>}</dd>
  </>
)

/** Or the other way round. */
function Deactivate({ guest, onClose }: { guest: Guest; onClose: () => void }) {
  const cache = useQueryClient()
  const navigate = useNavigate()
  const { isActive } = guest
  return (
    <Confirm
      title={isActive ? m.guestsDeactivateTitle({ name: nameOf(guest) }) : m.guestsReactivateTitle()}
      label={isActive ? m.guestsDeactivate() : m.guestsReactivate()}
      isDanger={isActive}
      run={(key) =>
        dataOf(
          api.PATCH('/api/v1/pms/guests/{id}', {
            params: { path: { id: guest.id } },
            body: { isActive: !isActive },
            headers: writeHeaders(key, guest.version),
          }),
        )
      }
      onDone={(saved) => {
        cache.setQueryData(guestQuery(saved.id).queryKey, saved)
        void cache.invalidateQueries({ queryKey: ['guests'] })
        notify({ text: m.uiFormSaved() })
        onClose()
        if (!saved.isActive) void navigate({ to: '/guests' })
      }}
      onClose={onClose}
    >
      {isActive ? m.guestsDeactivateText() : m.guestsReactivateText()}
    </Confirm>
  )
}
