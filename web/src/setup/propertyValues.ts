import type { Property } from './queries'

export interface PropertyValues {
  name: string
  street: string
  postalCode: string
  city: string
  country: string | null
  timezone: string | null
  locale: string | null
  checkInTime: string
  checkOutTime: string
  holdMinutes: number
  paymentAccount: string
}

type Address = Record<string, unknown>

const addressOf = (json: unknown): Address => (json && typeof json === 'object' ? (json as Address) : {})
const textIn = (address: Address, key: string) => (typeof address[key] === 'string' ? address[key] : '')

/** `15:00:00` of the API as the clock shows it. */
const minutes = (time: string) => time.slice(0, 5)

export function valuesOf(property: Property): PropertyValues {
  const address = addressOf(property.addressJson)
  return {
    name: property.name,
    street: textIn(address, 'street'),
    postalCode: textIn(address, 'postalCode'),
    city: textIn(address, 'city'),
    country: textIn(address, 'country') || null,
    timezone: property.timezone,
    locale: property.locale,
    checkInTime: minutes(property.checkInTime),
    checkOutTime: minutes(property.checkOutTime),
    holdMinutes: property.holdMinutes,
    paymentAccount: property.paymentAccount ?? '',
  }
}

const addressKeys = ['street', 'postalCode', 'city', 'country'] as const

/** What else programs wrote into the address stays. Null when nothing is left of it. */
export function addressJson(values: PropertyValues, before: unknown): Address | null {
  const address = { ...addressOf(before) }
  for (const key of addressKeys) {
    const text = values[key]?.trim()
    if (text) address[key] = text
    else delete address[key]
  }
  return Object.keys(address).length > 0 ? address : null
}

export function bodyOfProperty(values: PropertyValues, changes: Partial<PropertyValues>, before: unknown) {
  const { name, timezone, locale, checkInTime, checkOutTime, holdMinutes, paymentAccount } = changes
  return {
    ...(name !== undefined ? { name: name.trim() } : {}),
    ...(timezone ? { timezone } : {}),
    ...(locale ? { locale } : {}),
    ...(checkInTime ? { checkInTime: `${checkInTime}:00` } : {}),
    ...(checkOutTime ? { checkOutTime: `${checkOutTime}:00` } : {}),
    ...(holdMinutes !== undefined ? { holdMinutes } : {}),
    ...(paymentAccount !== undefined ? { paymentAccount: paymentAccount.trim() || null } : {}),
    ...(addressKeys.some((key) => key in changes) ? { addressJson: addressJson(values, before) } : {}),
  }
}
