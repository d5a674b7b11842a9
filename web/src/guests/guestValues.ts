import type { Guest } from './queries'

/** One thing that a guest likes: `pillow`, `two`. */
export interface Preference {
  name: string
  value: string
}

export interface GuestValues {
  firstName: string
  lastName: string
  email: string
  phone: string
  country: string | null
  language: string | null
  notes: string
  preferencesJson: Preference[]
}

export const emptyGuest: GuestValues = {
  firstName: '',
  lastName: '',
  email: '',
  phone: '',
  country: null,
  language: null,
  notes: '',
  preferencesJson: [],
}

/** Programs may write other things than texts: these are shown and given back as JSON. */
export function preferencesOf(json: Guest['preferencesJson']): Preference[] {
  return Object.entries(json ?? {}).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))
}

function jsonOf(text: string, before: unknown): unknown {
  if (before === undefined || typeof before === 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Null when nothing is left. What was no text keeps its kind, unless a person made it one. */
export function preferencesJson(list: readonly Preference[], before: Guest['preferencesJson']) {
  const entries = list
    .filter(({ name, value }) => name.trim() && value.trim())
    .map(({ name, value }) => [name.trim(), jsonOf(value.trim(), before?.[name.trim()])])
  return entries.length > 0 ? (Object.fromEntries(entries) as Record<string, never>) : null
}

export const valuesOf = (guest: Guest): GuestValues => ({
  firstName: guest.firstName,
  lastName: guest.lastName,
  email: guest.email ?? '',
  phone: guest.phone ?? '',
  country: guest.country ?? null,
  language: guest.language ?? null,
  notes: guest.notes ?? '',
  preferencesJson: preferencesOf(guest.preferencesJson),
})

const orNull = (text: string | undefined) => text?.trim() || null

/** The body of a write: an emptied field is null, and an absent one is left alone. */
export function bodyOfChanges(changes: Partial<GuestValues>, before: Guest['preferencesJson']) {
  const { firstName, lastName, email, phone, country, language, notes } = changes
  return {
    ...('firstName' in changes ? { firstName: firstName?.trim() ?? '' } : {}),
    ...('lastName' in changes ? { lastName: lastName?.trim() ?? '' } : {}),
    ...('email' in changes ? { email: orNull(email) } : {}),
    ...('phone' in changes ? { phone: orNull(phone) } : {}),
    ...('country' in changes ? { country } : {}),
    ...('language' in changes ? { language } : {}),
    ...('notes' in changes ? { notes: orNull(notes) } : {}),
    ...(changes.preferencesJson ? { preferencesJson: preferencesJson(changes.preferencesJson, before) } : {}),
  }
}
