import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { api } from '../api/client'
import type { Me } from '../api/queries'
import { chooseLanguage, useFormat, useSpoken } from '../i18n/locale'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { Icon } from '../ui/Icon'
import { Menu, MenuChoice, MenuItem, MenuLine, MenuTrigger } from '../ui/Menu'
import { notify } from '../ui/Toast'
import { Brand } from './Brand'
import { languageChoices, themeChoices } from './choices'
import { type Page, pagesOf } from './pages'
import { propertyOf } from './property'
import { chooseTheme, theme } from './theme'
import { useMe, usePropertyInUrl } from './useApp'

export function TopBar({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const me = useMe()
  return (
    <header className="flex h-bar shrink-0 items-center gap-1 border-line border-b bg-surface px-3 print:hidden">
      <Link to="/" className="me-1 rounded-md">
        <Brand />
      </Link>
      <PropertySwitch me={me} />
      <Navigation me={me} />
      <SearchOpener onPress={onSearch} />
      <UserMenu me={me} onKeys={onKeys} />
    </header>
  )
}

const quiet = 'flex min-h-control items-center gap-1.5 rounded-md px-2 hover:bg-sunken pressed:bg-sunken'

/** With one property only its name. */
function PropertySwitch({ me }: { me: Me }) {
  const property = propertyOf(me, usePropertyInUrl())
  const navigate = useNavigate()
  const format = useFormat()
  if (!property) return null
  const name = (
    <span className="min-w-0 text-start leading-tight">
      <bdi className="block max-w-36 truncate font-semibold lg:max-w-48 xl:max-w-56 2xl:max-w-72">
        {property.name}
      </bdi>
      <span className="block truncate text-muted text-xs max-md:hidden">
        {m.propertyBusinessDate({ date: format.day(property.businessDate) })}
      </span>
      <span className="block truncate text-muted text-xs md:hidden">
        {format.day(property.businessDate, 'short')}
      </span>
    </span>
  )
  if (me.properties.length === 1) return <div className="px-2">{name}</div>
  // What stood in the URL belongs to the property that is left.
  const open = (id: string) => void navigate({ to: '.', search: () => ({ property: id }) })
  return (
    <MenuTrigger>
      <AriaButton className={quiet}>
        <span className="sr-only">{m.propertySwitch()}: </span>
        {name}
        <Icon name="down" className="text-muted" />
      </AriaButton>
      <Menu label={m.propertySwitch()}>
        <MenuChoice
          title={m.propertySwitch()}
          choices={me.properties.map((one) => ({ id: one.id, label: one.name }))}
          value={property.id}
          onChange={open}
        />
      </Menu>
    </MenuTrigger>
  )
}

const inBar =
  'flex min-h-control items-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-muted hover:bg-sunken hover:text-text max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:px-1.5 max-sm:py-1 max-sm:text-xs'
const openLook = 'bg-accent-soft font-semibold text-accent-text! hover:bg-accent-soft!'

/** More, and the last ones stand in a menu where the window is narrow. */
const mostInNarrowBar = 5

/** In the bar; on a telephone at the foot of the window, where the thumb is. */
function Navigation({ me }: { me: Me }) {
  const all = pagesOf(me)
  const isLong = all.length > mostInNarrowBar
  return (
    <nav
      aria-label={m.navLabel()}
      className="mx-2 flex grow items-center gap-0.5 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-20 max-sm:mx-0 max-sm:h-16 max-sm:justify-around max-sm:border-line max-sm:border-t max-sm:bg-surface"
    >
      {all.map((page, n) => (
        <Link
          key={page.to}
          to={page.to}
          className={`${inBar} ${isLong && n >= mostInNarrowBar - 1 ? 'max-xl:hidden' : ''}`}
          activeProps={{ className: openLook }}
        >
          <Icon name={page.icon} className={isLong ? 'sm:max-2xl:hidden' : 'sm:max-lg:hidden'} />
          {page.name()}
        </Link>
      ))}
      {isLong && <MorePages pages={all.slice(mostInNarrowBar - 1)} />}
    </nav>
  )
}

/** The pages for which there is no room in the bar, one of which may be open. */
function MorePages({ pages }: { pages: readonly Page[] }) {
  const navigate = useNavigate()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const open = pages.find((page) => path.startsWith(page.to))
  return (
    <MenuTrigger>
      <AriaButton className={`${inBar} xl:hidden ${open ? openLook : ''}`}>
        <Icon name={open?.icon ?? 'more'} className="sm:hidden" />
        {open?.name() ?? m.uiMore()}
        <Icon name="down" className="max-sm:hidden" />
      </AriaButton>
      <Menu label={m.navMore()}>
        {pages.map((page) => (
          <MenuItem
            key={page.to}
            id={page.to}
            icon={page.icon}
            label={page.name()}
            onAction={() => void navigate({ to: page.to })}
          />
        ))}
      </Menu>
    </MenuTrigger>
  )
}

function SearchOpener({ onPress }: { onPress: () => void }) {
  return (
    <AriaButton
      onPress={onPress}
      aria-keyshortcuts="/"
      className="flex min-h-control min-w-control items-center justify-center gap-2 overflow-clip rounded-md border border-line-strong bg-surface px-2.5 text-muted hover:border-text hover:text-text max-sm:ms-auto max-sm:border-transparent xl:w-56"
    >
      <Icon name="search" />
      <span className="min-w-0 grow truncate text-start max-xl:sr-only">{m.searchOpen()}</span>
      <span
        aria-hidden="true"
        className="rounded-sm border border-line px-1.5 font-sans text-xs max-2xl:hidden"
      >
        /
      </span>
    </AriaButton>
  )
}

const roles: Record<Me['role'], () => string> = {
  MANAGER: m.roleManager,
  FRONT_DESK: m.roleFrontDesk,
  HOUSEKEEPING: m.roleHousekeeping,
  REVENUE: m.roleRevenue,
  READ_ONLY: m.roleReadOnly,
}

function UserMenu({ me, onKeys }: { me: Me; onKeys: () => void }) {
  const { language } = useSpoken()
  const chosen = useSyncExternalStore(theme.subscribe, theme.get)
  const logOut = useLogOut()
  return (
    <MenuTrigger>
      <AriaButton aria-label={m.menuUser()} className={`${quiet} min-w-control justify-center`}>
        <Icon name="user" />
      </AriaButton>
      <Menu label={m.menuUser()}>
        <MenuItem id="who" label={`${me.name} · ${roles[me.role]()}`} isDisabled />
        <MenuLine />
        <MenuChoice
          title={m.menuLanguage()}
          choices={languageChoices}
          value={language}
          onChange={chooseLanguage}
        />
        <MenuChoice title={m.menuTheme()} choices={themeChoices()} value={chosen} onChange={chooseTheme} />
        <MenuLine />
        <MenuItem id="keys" icon="keyboard" keys="?" label={m.menuKeys()} onAction={onKeys} />
        <MenuItem id="log-out" icon="logOut" label={m.menuLogOut()} onAction={logOut} />
      </Menu>
    </MenuTrigger>
  )
}

function useLogOut(): () => void {
  const queryClient = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: () => api.POST('/api/v1/pms/auth/logout', {}),
    onError: (error) => notify({ text: sentenceOf(error), tone: 'error' }),
    onSuccess: () => {
      queryClient.clear()
      // Everything of this user leaves the memory with the page.
      location.assign('/log-in')
    },
  })
  return () => mutate()
}
