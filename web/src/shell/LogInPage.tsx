import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { type Me, meQuery } from '../api/queries'
import { session } from '../api/session'
import { chooseLanguage, languages, useSpoken } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { Menu, MenuChoice, MenuTrigger } from '../ui/Menu'
import { Brand } from './Brand'
import { languageChoices, themeChoices } from './choices'
import { LogInForm } from './LogInForm'
import { OfflineBanner } from './OfflineBanner'
import { ownPath } from './search'
import { chooseTheme, theme } from './theme'

export function LogInPage() {
  const router = useRouter()
  const queryClient = useQueryClient()
  const next = useSearch({ from: '/log-in', select: (search) => search.next })
  const enter = (me: Me) => {
    // Nothing of who was here before stays.
    queryClient.clear()
    queryClient.setQueryData(meQuery.queryKey, me)
    session.opened()
    router.history.push(ownPath(next))
  }
  return (
    <div className="flex min-h-dvh flex-col">
      <OfflineBanner />
      <main className="mx-auto flex w-full max-w-sm grow flex-col justify-center px-4 py-10">
        <div className="mb-6 flex justify-center">
          <Brand isLarge />
        </div>
        <div className="rounded-lg border border-line bg-surface p-6">
          <h1 className="mb-5">{m.loginTitle()}</h1>
          <LogInForm onLoggedIn={enter} />
        </div>
      </main>
      <footer className="flex justify-center gap-1 pb-6">
        <LanguageMenu />
        <ThemeMenu />
      </footer>
    </div>
  )
}

function LanguageMenu() {
  const { language } = useSpoken()
  return (
    <MenuTrigger>
      <Button look="quiet" className="text-muted">
        <span className="sr-only">{m.menuLanguage()}: </span>
        {languages[language]}
      </Button>
      <Menu label={m.menuLanguage()}>
        <MenuChoice
          title={m.menuLanguage()}
          choices={languageChoices}
          value={language}
          onChange={chooseLanguage}
        />
      </Menu>
    </MenuTrigger>
  )
}

function ThemeMenu() {
  const chosen = useSyncExternalStore(theme.subscribe, theme.get)
  return (
    <MenuTrigger>
      <Button look="quiet" className="text-muted">
        {m.menuTheme()}
      </Button>
      <Menu label={m.menuTheme()}>
        <MenuChoice title={m.menuTheme()} choices={themeChoices()} value={chosen} onChange={chooseTheme} />
      </Menu>
    </MenuTrigger>
  )
}
