import { useSpoken } from '../../i18n/locale'
import { moneyText, parseMoney, westernDigits } from '../../kernel/money'
import { useApp } from '../../shell/useApp'
import type { Reading } from './policyValues'

/** Numbers in the currency of the property and the digits of who types. */
export function useReading(): Reading {
  const { tag } = useSpoken()
  const { currency } = useApp().property
  return {
    amount: (text) => parseMoney(text, currency, tag),
    plain: (text) => westernDigits(text, tag).replace('٫', '.'),
    written: (minor) => moneyText(minor, currency, tag),
  }
}
