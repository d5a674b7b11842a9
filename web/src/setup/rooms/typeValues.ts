import type { RoomType } from '../queries'

export interface BedValue {
  type: string
  count: number
}

export interface TypeValues {
  code: string
  name: string
  description: string
  maxAdults: number
  maxChildren: number
  maxOccupancy: number
  overbookingLimit: number
  /** Its place among the types that stand in for each other; empty: it stands in for none. */
  upgradeRank: string
  bedsJson: BedValue[]
  /** One a line. */
  amenitiesJson: string
}

export const emptyType: TypeValues = {
  code: '',
  name: '',
  description: '',
  maxAdults: 2,
  maxChildren: 0,
  maxOccupancy: 2,
  overbookingLimit: 0,
  upgradeRank: '',
  bedsJson: [],
  amenitiesJson: '',
}

export const valuesOf = (type: RoomType): TypeValues => ({
  code: type.code,
  name: type.name,
  description: type.description ?? '',
  maxAdults: type.maxAdults,
  maxChildren: type.maxChildren,
  maxOccupancy: type.maxOccupancy,
  overbookingLimit: type.overbookingLimit,
  upgradeRank: type.upgradeRank?.toString() ?? '',
  bedsJson: (type.bedsJson ?? []).map(({ type: kind, count }) => ({ type: kind, count })),
  amenitiesJson: (type.amenitiesJson ?? []).join(', '),
})

export function bodyOfType(changes: Partial<TypeValues>) {
  const { code, name, description, bedsJson, amenitiesJson, upgradeRank, ...numbers } = changes
  return {
    ...numbers,
    ...(code !== undefined ? { code: code.trim() } : {}),
    ...(name !== undefined ? { name: name.trim() } : {}),
    ...(description !== undefined ? { description: description.trim() || null } : {}),
    ...(upgradeRank !== undefined ? { upgradeRank: upgradeRank.trim() ? Number(upgradeRank) : null } : {}),
    ...(bedsJson ? { bedsJson: bedsJson.filter((bed) => bed.type.trim()) } : {}),
    ...(amenitiesJson !== undefined
      ? { amenitiesJson: amenitiesJson.split(/[,،\n]/).flatMap((one) => one.trim() || []) }
      : {}),
  }
}

export interface Reordered {
  id: string
  version: number
  sortOrder: number
}

/**
 * The types in a new order, as few of them written as possible: those whose place in the order is no longer where they stand. Types
 * that share a number are told apart.
 */
export function reorder(types: readonly RoomType[], id: string, step: -1 | 1): Reordered[] {
  const from = types.findIndex((type) => type.id === id)
  const to = from + step
  if (from < 0 || to < 0 || to >= types.length) return []
  const order = [...types]
  const [moved] = order.splice(from, 1)
  if (moved) order.splice(to, 0, moved)
  return order.flatMap(({ id: one, version, sortOrder }, n) =>
    sortOrder === n ? [] : [{ id: one, version, sortOrder: n }],
  )
}
