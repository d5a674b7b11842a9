import { useCallback, useEffect, useState } from 'react'
import type { StayFields } from './fields'
import { type BookingSeed, seedText } from './openStay'

/** What was typed into a form, kept while the tab lives: a reload, a lost connection or a closed drawer takes nothing away. */
export interface Draft<T> {
  value: T
  change: (part: Partial<T>) => void
  /** Replaces it all. */
  set: (value: T) => void
  /** Forgets it: it was sent, or thrown away. */
  drop: (value: T) => void
  /** Whether it was found, and not typed just now. */
  isFound: boolean
}

const prefix = 'pms.draft.'

export function readDraft<T extends object>(key: string, initial: T): T | undefined {
  try {
    const found: unknown = JSON.parse(globalThis.sessionStorage?.getItem(prefix + key) ?? 'null')
    // A form of an older version of the page has other fields: what is missing is as it was at first.
    return found && typeof found === 'object' ? { ...initial, ...found } : undefined
  } catch {
    return undefined
  }
}

export function writeDraft(key: string, value: object | undefined) {
  try {
    if (value) sessionStorage.setItem(prefix + key, JSON.stringify(value))
    else sessionStorage.removeItem(prefix + key)
  } catch {
    // Storage is full or forbidden: then the form is kept by the page alone.
  }
}

/** What one types just now, and goes on with in another form: that is nothing of before. */
let handed: string | undefined

/** What was typed elsewhere, for the form of the booking that is opened next. */
export function keepTyped(propertyId: string, seed: BookingSeed, typed: Partial<StayFields>) {
  handed = bookingDraft(propertyId, seedText(seed))
  writeDraft(handed, typed)
}

export const bookingDraft = (propertyId: string, seed: string) => `book.${propertyId}.${seed}`

export function useDraft<T extends object>(key: string, initial: T): Draft<T> {
  const [state, setState] = useState(() => {
    const found = readDraft(key, initial)
    const isFound = found !== undefined && key !== handed
    return { value: found ?? initial, isFound, isTyped: found !== undefined }
  })
  useEffect(() => {
    handed = undefined
  }, [])
  useEffect(() => {
    if (state.isTyped) writeDraft(key, state.value)
  }, [key, state])
  const change = useCallback(
    (part: Partial<T>) => setState((old) => ({ ...old, value: { ...old.value, ...part }, isTyped: true })),
    [],
  )
  const set = useCallback((value: T) => setState((old) => ({ ...old, value, isTyped: true })), [])
  const drop = useCallback(
    (value: T) => {
      writeDraft(key, undefined)
      setState({ value, isFound: false, isTyped: false })
    },
    [key],
  )
  return { value: state.value, change, set, drop, isFound: state.isFound }
}
