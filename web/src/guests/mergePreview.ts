import type { Guest } from './queries'

export type MergedField =
  | 'lastName'
  | 'firstName'
  | 'email'
  | 'phone'
  | 'country'
  | 'language'
  | 'notes'
  | 'preferencesJson'

export const mergedFields: readonly MergedField[] = [
  'lastName',
  'firstName',
  'email',
  'phone',
  'country',
  'language',
  'notes',
  'preferencesJson',
]

export interface MergeLine {
  field: MergedField
  /** Which of the two the kept profile will show: its own, or that of the one that goes, where its own is empty. */
  from: 'kept' | 'gone' | 'none'
  /** The one that goes knew something else, and it will be found in the history alone. */
  isLost: boolean
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

/** The rule of the API, before it is asked: the kept profile stays as it is, its empty fields are filled from the other. */
export function mergePreview(kept: Guest, gone: Guest): MergeLine[] {
  return mergedFields.map((field) => {
    const [own, other] = [kept[field], gone[field]]
    const from = !isEmpty(own) ? 'kept' : !isEmpty(other) ? 'gone' : 'none'
    const isLost = from === 'kept' && !isEmpty(other) && JSON.stringify(own) !== JSON.stringify(other)
    return { field, from, isLost }
  })
}
