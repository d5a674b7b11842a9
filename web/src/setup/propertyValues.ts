import type { Property } from './queries'

export interface PropertyValues {
  name: string
  street: string
  postalCode: string
  city: string
  region: string
  country: string | null
  phone: string
  email: string
  taxNumber: string
  timezone: string | null
  locale: string | null
  checkInTime: string
  checkOutTime: string
  holdMinutes: number
  paymentAccount: string
  closesByItself: boolean
  autoCloseAt: string
  countsOutOfOrder: boolean
  countsFreeNights: boolean
  /** Of the whole house; empty: none. */
  overbookingLimit: string
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
    region: textIn(address, 'region'),
    country: textIn(address, 'country') || null,
    phone: textIn(address, 'phone'),
    email: textIn(address, 'email'),
    taxNumber: property.taxNumber ?? '',
    timezone: property.timezone,
    locale: property.locale,
    checkInTime: minutes(property.checkInTime),
    checkOutTime: minutes(property.checkOutTime),
    holdMinutes: property.holdMinutes,
    paymentAccount: property.paymentAccount ?? '',
    closesByItself: Boolean(property.autoCloseAt),
    autoCloseAt: minutes(property.autoCloseAt ?? '03:00:00'),
    countsOutOfOrder: property.countsOutOfOrder,
    countsFreeNights: property.countsFreeNights,
    overbookingLimit: property.overbookingLimit?.toString() ?? '',
  }
}

const addressKeys = ['street', 'postalCode', 'city', 'region', 'country', 'phone', 'email'] as const

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
  const { name, timezone, locale, checkInTime, checkOutTime, holdMinutes, paymentAccount, taxNumber } =
    changes
  const { countsOutOfOrder, countsFreeNights, overbookingLimit } = changes
  const isOtherClose = 'closesByItself' in changes || (values.closesByItself && 'autoCloseAt' in changes)
  return {
    ...(name !== undefined ? { name: name.trim() } : {}),
    ...(timezone ? { timezone } : {}),
    ...(locale ? { locale } : {}),
    ...(checkInTime ? { checkInTime: `${checkInTime}:00` } : {}),
    ...(checkOutTime ? { checkOutTime: `${checkOutTime}:00` } : {}),
    ...(holdMinutes !== undefined ? { holdMinutes } : {}),
    ...(paymentAccount !== undefined ? { paymentAccount: paymentAccount.trim() || null } : {}),
    ...(taxNumber !== undefined ? { taxNumber: taxNumber.trim() || null } : {}),
    ...(isOtherClose ? { autoCloseAt: values.closesByItself ? `${values.autoCloseAt}:00` : null } : {}),
    ...(countsOutOfOrder !== undefined ? { countsOutOfOrder } : {}),
    ...(countsFreeNights !== undefined ? { countsFreeNights } : {}),
    ...(overbookingLimit !== undefined
      ? { overbookingLimit: overbookingLimit.trim() ? Number(overbookingLimit) : null }
      : {}),
    ...(addressKeys.some((key) => key in changes) ? { addressJson: addressJson(values, before) } : {}),
  }
}
