/** What a person typed into a form, and what became of the row meanwhile. */

export type Values = Record<string, unknown>

const same = (a: unknown, b: unknown): boolean => Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b)

export const isChanged = <V extends object>(base: V, mine: V): boolean =>
  Object.keys(mine).some((key) => !same(base[key as keyof V], mine[key as keyof V]))

/** The fields that a person changed: a PATCH sends these alone. */
export function changesOf<V extends object>(base: V, mine: V): Partial<V> {
  const entries = Object.entries(mine).filter(([key, value]) => !same(base[key as keyof V], value))
  return Object.fromEntries(entries) as Partial<V>
}

export interface MergedDraft<V> {
  values: V
  /** Changed here and, to something else, by the other person too. */
  clashes: readonly (keyof V)[]
}

/** Puts the other's changes under one's own: what was typed stays, what was not touched becomes theirs. */
export function mergeDraft<V extends object>(base: V, mine: V, theirs: V): MergedDraft<V> {
  const values = { ...mine }
  const clashes: (keyof V)[] = []
  for (const key of Object.keys(mine) as (keyof V)[]) {
    if (same(base[key], theirs[key]) || same(mine[key], theirs[key])) continue
    if (same(base[key], mine[key])) values[key] = theirs[key]
    else clashes.push(key)
  }
  return { values, clashes }
}
