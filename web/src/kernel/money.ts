/** Money is an integer of minor units beside its currency, as in the API. It never passes through a fraction. */

/**
 * ISO 4217's digits after the point where they are not two. Intl cannot be asked: it knows how many digits are usual on a price tag
 * (none for HUF), not how many the minor unit has.
 */
const otherDigits: Record<string, number> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
])

export const minorDigits = (currency: string): number => otherDigits[currency] ?? 2

/** `12345` of EUR as `123.45`, exactly. */
export function toDecimal(minor: number, currency: string): `${number}` {
  const digits = minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const decimal = digits === 0 ? whole : `${whole}.${text.slice(text.length - digits)}`
  return `${minor < 0 ? '-' : ''}${decimal}` as `${number}`
}

const formats = new Map<string, Intl.NumberFormat>()

function format(locale: string, currency: string, whole: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency} ${whole}`
  let found = formats.get(key)
  if (!found) {
    const digits = whole ? 0 : minorDigits(currency)
    const both = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    found = new Intl.NumberFormat(locale, { style: 'currency', currency, ...both })
    formats.set(key, found)
  }
  return found
}

export const formatMoney = (minor: number, currency: string, locale: string): string =>
  format(locale, currency, false).format(toDecimal(minor, currency))

/** Without the minor units when they are zero, for where room is short. */
export const formatMoneyShort = (minor: number, currency: string, locale: string): string =>
  format(locale, currency, minor % 10 ** minorDigits(currency) === 0).format(toDecimal(minor, currency))

/** As a person of the locale types it: without the currency, and what `parseMoney` reads. */
export function moneyText(minor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  const both = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const plain = new Intl.NumberFormat(locale, { useGrouping: false, ...both })
  return plain.format(toDecimal(minor, currency)).replace(/[\u200e\u200f\u061c]/g, '')
}

/**
 * What a person typed as minor units, or undefined. Reads the digits and signs of the locale, and a plain point. `1.234` is refused for
 * EUR wherever it is typed: it may be meant as either.
 */
export function parseMoney(text: string, currency: string, locale: string): number | undefined {
  const digits = minorDigits(currency)
  const typed = westernDigits(text, locale).replace(/[\s\u00a0\u202f\u200e\u200f\u061c'’]/g, '')
  const [group, sign] = [signOf(locale, 'group'), signOf(locale, 'decimal')]
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{2,3})*\\${group}\\d{3}(\\${sign}|$)`)
  const isGrouped = grouped.test(typed) && (group !== '.' || typed.includes(sign))
  const plain = (isGrouped ? typed.replaceAll(group, '') : typed).replace(sign, '.')
  const match = /^(-?\d+)(?:\.(\d*))?$/.exec(plain)
  const [, whole = '', fraction = ''] = match ?? []
  if (!match || fraction.length > digits) return undefined
  const minor = Number(whole + fraction.padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? minor : undefined
}

function signOf(locale: string, type: 'decimal' | 'group'): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.8)
  return parts.find((part) => part.type === type)?.value ?? (type === 'group' ? ',' : '.')
}

/** The digits of the locale as `0` to `9`. */
export function westernDigits(text: string, locale: string): string {
  const own = new Intl.NumberFormat(locale, { useGrouping: false }).format(9876543210)
  return [...text].map((sign) => (own.includes(sign) ? String(9 - own.indexOf(sign)) : sign)).join('')
}
