import type { Format } from '../i18n/format'
import { useFormat } from '../i18n/locale'
import { useApp } from '../shell/useApp'

const nothing = '–'

/** Figures as this reader sees them; a dash where there is none, such as an average of nothing. */
export interface Say {
  count(value: number | null | undefined): string
  money(cents: number | null | undefined): string
  /** Of percent as the API has them: 66.67. */
  percent(value: number | null | undefined): string
  format: Format
}

export function useSay(): Say {
  const format = useFormat()
  const { property } = useApp()
  const or = (tell: (value: number) => string) => (value: number | null | undefined) =>
    value === null || value === undefined ? nothing : tell(value)
  return {
    count: or((value) => format.number(value)),
    money: or((value) => format.money(value, property.currency)),
    percent: or((value) => format.percent(value / 100)),
    format,
  }
}
