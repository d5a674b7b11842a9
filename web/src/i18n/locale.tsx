import {
  createContext,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useMemo,
  useSyncExternalStore,
} from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { store } from '../kernel/store'
import { baseLocale, isLocale, type Locale, locales, overwriteGetLocale } from '../paraglide/runtime'
import { countIn } from './counted'
import { writeDaysIn } from './days'
import { type Format, formatIn } from './format'

const key = 'pms.language'

/** The languages in their own words: whoever cannot read the page finds theirs. */
export const languages: Record<Locale, string> = { en: 'English', de: 'Deutsch', ar: 'العربية' }

/** Where a browser does not say of which country its language is: days before months. */
const regions: Record<Locale, string> = { en: 'en-GB', de: 'de-DE', ar: 'ar-EG' }

const languageOf = (tag: string | null | undefined): Locale | undefined => {
  const language = tag?.toLowerCase().split('-')[0]
  return isLocale(language) ? language : undefined
}

const remembered = () => languageOf(globalThis.localStorage?.getItem(key))
const ofBrowser = () => (globalThis.navigator?.languages ?? []).map(languageOf).find(Boolean)

const current = store<Locale>(remembered() ?? ofBrowser() ?? baseLocale)
overwriteGetLocale(() => current.get())

export function chooseLanguage(language: Locale) {
  localStorage.setItem(key, language)
  current.set(language)
}

/** The language of a user's profile, unless another was chosen on this device. */
export function suggestLanguage(tag: string | null | undefined) {
  const language = languageOf(tag)
  if (language && !remembered()) current.set(language)
}

export const allLanguages: readonly Locale[] = locales

/** `en-US` when the browser says so and the page is in English: the country decides how days and numbers are written. */
function tagOf(language: Locale): string {
  const own = (globalThis.navigator?.languages ?? []).find(
    (tag) => tag.includes('-') && languageOf(tag) === language,
  )
  return own ?? regions[language]
}

interface Spoken {
  language: Locale
  /** The BCP 47 tag for days, numbers and money. */
  tag: string
  direction: 'ltr' | 'rtl'
  format: Format
}

const Context = createContext<Spoken | undefined>(undefined)

const spokenIn = (language: Locale): Spoken => {
  const tag = tagOf(language)
  countIn(tag)
  writeDaysIn(tag)
  return { language, tag, direction: language === 'ar' ? 'rtl' : 'ltr', format: formatIn(tag) }
}

/** Gives the language to everything below, and begins anew when it changes: messages are plain function calls. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const language = useSyncExternalStore(current.subscribe, current.get)
  const spoken = useMemo(() => spokenIn(language), [language])
  useLayoutEffect(() => {
    document.documentElement.lang = spoken.language
    document.documentElement.dir = spoken.direction
  }, [spoken])
  return (
    <Context value={spoken}>
      <I18nProvider key={language} locale={spoken.tag}>
        {children}
      </I18nProvider>
    </Context>
  )
}

export function useSpoken(): Spoken {
  const spoken = useContext(Context)
  if (!spoken) throw new Error('useSpoken needs a LocaleProvider')
  return spoken
}

export const useFormat = (): Format => useSpoken().format
