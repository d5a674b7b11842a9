import { useSpoken } from '../i18n/locale'
import { moneyText, parseMoney } from '../kernel/money'
import { m } from '../paraglide/messages'
import { TextField } from '../ui/TextField'

export interface AmountFieldProps {
  currency: string
  value: string
  onChange: (text: string) => void
  error: string | undefined
  description?: string | undefined
}

/** Money as it is typed: in the digits of the reader, with the currency in the label. */
export function AmountField({ currency, ...rest }: AmountFieldProps) {
  return (
    <TextField
      label={m.folioAmountIn({ currency })}
      {...rest}
      isRequired
      inputMode="decimal"
      autoComplete="off"
    />
  )
}

/** What was typed as minor units, and back. */
export function useAmounts(currency: string) {
  const { tag } = useSpoken()
  return {
    textOf: (minor: number) => moneyText(minor, currency, tag),
    amountOf: (text: string) => parseMoney(text, currency, tag),
  }
}
