/** What restrictions say of each date, for the heads of the chart. Pure. */
import type { Schemas } from '../../api/client'
import { type Night, nightOf, type Span } from '../core/days'

export type Field = keyof Schemas['Restraints']
type Row = Pick<Schemas['RestrictionRow'], 'ratePlanId' | 'roomTypeId' | 'merged'>

/** One thing that counts on a date; of the house when no type is named. */
export interface Said {
  readonly field: Field
  /** Yes is 1. */
  readonly value: number
  readonly typeIds: readonly string[]
}

/** By night; a night of which nothing is said is not there. */
export type ByNight = ReadonlyMap<Night, readonly Said[]>

/** Of the fields that are yes or no, a no takes nothing away; nor does a stay of one night at least. */
const isHarmless = (field: Field, value: number): boolean =>
  value === 0 || (value === 1 && (field === 'minStayArrival' || field === 'minStayThrough'))

type Fields = Map<Night, Map<Field, number>>

function fieldsOf({ merged }: Pick<Row, 'merged'>): Fields {
  const all: Fields = new Map()
  for (const { startDate, endDate, set } of merged) {
    for (let night = nightOf(startDate); night < nightOf(endDate); night += 1) {
      const fields = Object.entries(set).filter(([, value]) => value !== null && value !== undefined)
      all.set(night, new Map(fields.map(([field, value]) => [field as Field, Number(value)])))
    }
  }
  return all
}

/** What the house says, then what types say beyond it: those that say the same stand together. */
export function toldOf(rows: readonly Row[]): ByNight {
  const forAll = rows.filter((row) => !row.ratePlanId)
  const house = fieldsOf(forAll.find((row) => !row.roomTypeId) ?? { merged: [] })
  const told = new Map<Night, Said[]>()
  const say = (night: Night, field: Field, value: number, typeId: string | null) => {
    if (isHarmless(field, value)) return
    const said = told.get(night) ?? []
    const same = said.find((one) => one.field === field && one.value === value && one.typeIds.length > 0)
    if (typeId !== null && same) said[said.indexOf(same)] = { ...same, typeIds: [...same.typeIds, typeId] }
    else said.push({ field, value, typeIds: typeId === null ? [] : [typeId] })
    told.set(night, said)
  }
  for (const [night, fields] of house) for (const [field, value] of fields) say(night, field, value, null)
  for (const row of forAll) {
    if (!row.roomTypeId) continue
    for (const [night, fields] of fieldsOf(row))
      for (const [field, value] of fields)
        if (house.get(night)?.get(field) !== value) say(night, field, value, row.roomTypeId)
  }
  return told
}

/** The shape of a mark: a line under the date for what counts all of the night, half of it for comings or goings alone. */
export type Shape = 'closed' | 'arrival' | 'departure' | 'both' | 'length'

export function shapeOf(said: readonly Said[]): { shape: Shape; isPart: boolean } {
  const has = (field: Field) => said.some((one) => one.field === field)
  const [arrival, departure] = [has('closedToArrival'), has('closedToDeparture')]
  const shape = has('isClosed')
    ? 'closed'
    : arrival && departure
      ? 'both'
      : arrival
        ? 'arrival'
        : departure
          ? 'departure'
          : 'length'
  return { shape, isPart: said.every((one) => one.typeIds.length > 0) }
}

/** Of whom one wants to know more: the house when it says something itself, else the first of the types that do. */
export const leadOf = (said: readonly Said[]): string | null =>
  said.every((one) => one.typeIds.length > 0) ? (said[0]?.typeIds[0] ?? null) : null

/** The nights of `spans` that were not asked for yet, in requests of at most so many. */
export function unasked(asked: ReadonlySet<Night>, spans: readonly Span[], most: number): Span[] {
  const runs: Span[] = []
  for (const { from, to } of spans) {
    for (let night = from; night < to; night += 1) {
      if (asked.has(night)) continue
      const last = runs.at(-1)
      if (last && last.to === night && night - last.from < most)
        runs[runs.length - 1] = { from: last.from, to: night + 1 }
      else runs.push({ from: night, to: night + 1 })
    }
  }
  return runs
}
