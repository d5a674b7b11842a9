import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { presentRow } from '../api/client'
import { type ApiError, asApiError } from '../api/errors'
import { useWriteKey } from '../api/useWriteKey'
import { withDays } from '../i18n/days'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { changesOf, isChanged, mergeDraft } from './draft'

type Faults<V> = Partial<Record<keyof V, string | undefined>>

export interface Sent<V> {
  values: V
  changes: Partial<V>
  key: string
  version: number | undefined
}

export interface FormOptions<V extends object, Row, Saved> {
  initial: V
  /** Of the row that is edited; none when one is made. */
  version?: number | undefined
  /** A row as the form shows it, so that one that was changed meanwhile can be put under what was typed. */
  valuesOf?: (row: Row) => V
  check?: (values: V) => Faults<V>
  send: (sent: Sent<V>) => Promise<Saved>
  onSaved: (saved: Saved) => void
}

interface Field<T> {
  value: T
  onChange: (value: T) => void
  error: string | undefined
}

export interface Form<V extends object> {
  values: V
  set: (patch: Partial<V>) => void
  /** For the control of a field: its value, and what is wrong with it. */
  field: <K extends keyof V & string>(name: K) => Field<V[K]>
  isDirty: boolean
  isPending: boolean
  /** What is wrong with the whole. */
  problem: string | undefined
  submit: () => void
}

const sentence = (rule: string) =>
  `${rule.charAt(0).toUpperCase()}${rule.slice(1)}${/[.!?]$/.test(rule) ? '' : '.'}`

/** A fault of `bedsJson[1].count` belongs to the field `bedsJson`. */
const faultIn = (error: ApiError | undefined, name: string) => {
  const rule = error?.details.find(({ field }) => field === name || field.startsWith(`${name}[`))?.message
  return rule ? sentence(withDays(rule)) : undefined
}

function problemIn(error: ApiError | undefined, names: readonly string[]): string | undefined {
  if (!error) return undefined
  if (error.code === 'CONCURRENCY_CONFLICT') return m.uiFormChanged()
  if (error.code === 'IDEMPOTENCY_KEY_REUSED') return m.uiFormCameThrough()
  if (error.code !== 'VALIDATION_ERROR' || error.details.length === 0) return sentenceOf(error)
  const strange = error.details.filter(({ field }) => !names.some((name) => field.split(/[[.]/)[0] === name))
  return strange.length > 0
    ? strange.map(({ field, message }) => `${field}: ${withDays(message)}`).join(' · ')
    : m.uiFormCheck()
}

/**
 * A form: what was typed stays until it is saved, also over a lost connection. Each try carries the same idempotency key; a row that
 * someone else changed comes in beneath what was typed, and is saved by the next try.
 */
export function useForm<V extends object, Row extends { version: number }, Saved>(
  options: FormOptions<V, Row, Saved>,
): Form<V> {
  const [base, setBase] = useState(options.initial)
  const [values, setValues] = useState(options.initial)
  const [faults, setFaults] = useState<Faults<V>>({})
  const version = useRef(options.version)
  const writeKey = useWriteKey()
  const write = useMutation({
    mutationFn: options.send,
    onSuccess: (saved) => {
      writeKey.done()
      options.onSaved(saved)
    },
    onError: (error) => {
      if (!asApiError(error).isPassing) writeKey.done()
      const row = presentRow<Row>(error)
      if (!row || !options.valuesOf) return
      const theirs = options.valuesOf(row)
      const merged = mergeDraft(base, values, theirs)
      version.current = row.version
      setBase(theirs)
      setValues(merged.values)
      setFaults(clashTexts(merged.clashes, theirs))
    },
  })
  const error = write.error ? asApiError(write.error) : undefined
  const set = (patch: Partial<V>) => {
    setValues((before) => ({ ...before, ...patch }))
    setFaults((before) => ({
      ...before,
      ...Object.fromEntries(Object.keys(patch).map((key) => [key, undefined])),
    }))
  }
  const submit = () => {
    if (write.isPending) return
    const found = options.check?.(values) ?? {}
    setFaults(found)
    if (Object.values(found).some(Boolean)) return
    const changes = changesOf(base, values)
    write.mutate({ values, changes, key: writeKey.key(), version: version.current })
  }
  return {
    values,
    set,
    field: (name) => ({
      value: values[name],
      onChange: (value) => set({ [name]: value } as unknown as Partial<V>),
      error: faults[name] ?? (write.isPending ? undefined : faultIn(error, name)),
    }),
    isDirty: isChanged(base, values),
    isPending: write.isPending,
    problem: write.isPending ? undefined : problemIn(error, Object.keys(values)),
    submit,
  }
}

const shown = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : value ? '✓' : '–'

function clashTexts<V extends object>(clashes: readonly (keyof V)[], theirs: V): Faults<V> {
  const texts: Faults<V> = {}
  for (const key of clashes) texts[key] = m.uiFormTheirs({ value: shown(theirs[key]) || '–' })
  return texts
}
