import { allLanguages, languages } from '../i18n/locale'
import { m } from '../paraglide/messages'
import type { Theme } from './theme'

export const languageChoices = allLanguages.map((id) => ({ id, label: languages[id] }))

export const themeChoices = (): { id: Theme; label: string }[] => [
  { id: 'system', label: m.menuThemeSystem() },
  { id: 'light', label: m.menuThemeLight() },
  { id: 'dark', label: m.menuThemeDark() },
]
