import { store } from '../kernel/store'

export type Theme = 'system' | 'light' | 'dark'

const key = 'pms.theme'
const asTheme = (text: string | null | undefined): Theme =>
  text === 'light' || text === 'dark' ? text : 'system'

export const theme = store<Theme>(asTheme(globalThis.localStorage?.getItem(key)))

/** Without an attribute the style sheet follows the device. */
export function applyTheme() {
  const chosen = theme.get()
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
}

export function chooseTheme(chosen: Theme) {
  localStorage.setItem(key, chosen)
  theme.set(chosen)
  applyTheme()
}
