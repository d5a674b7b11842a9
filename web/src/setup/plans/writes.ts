/** What the grids write. Prices and restrictions are answered with what was before: sent as it is, it undoes the change. */
import { api, dataOf, type Schemas, writeHeaders } from '../../api/client'
import { idempotencyKey } from '../../kernel/ids'

type PriceChange = Schemas['PricesRangeChange']
type Price = Schemas['PricedRange']
type Restriction = Schemas['RestrictionRange']
/** Fields that are absent stay as they are, which the generated type cannot say. */
export type Restraints = Partial<Schemas['RestraintsChange']>
type RestrictionChange = Omit<Schemas['RestrictionChange'], 'set'> & { set: Restraints }

/** As many as one request may have. */
const mostChanges = 500

export function inParts<T>(all: readonly T[]): T[][] {
  const parts = Math.ceil(all.length / mostChanges)
  return Array.from({ length: parts }, (_, n) => all.slice(n * mostChanges, (n + 1) * mostChanges))
}

export const putPrices = (propertyId: string, changes: PriceChange[], key: string, isPreview = false) =>
  dataOf(
    api.PUT('/api/v1/pms/prices', {
      body: { propertyId, changes, isPreview },
      headers: writeHeaders(key),
    }),
  )

export async function takePricesBack(propertyId: string, before: readonly Price[]): Promise<void> {
  const changes = before.map((range) => ({ ...range, nightlyBaseCents: range.nightlyBaseCents ?? null }))
  for (const part of inParts(changes)) await putPrices(propertyId, part, idempotencyKey())
}

export const putRestrictions = (propertyId: string, changes: RestrictionChange[], key: string) =>
  dataOf(
    api.PUT('/api/v1/pms/restrictions', {
      body: { propertyId, changes: changes as never },
      headers: writeHeaders(key),
    }),
  )

export async function takeRestrictionsBack(
  propertyId: string,
  before: readonly Restriction[],
): Promise<void> {
  for (const part of inParts(before))
    await putRestrictions(propertyId, part as RestrictionChange[], idempotencyKey())
}

/** A limit of one night or a run of them; without a type the house's. */
export const putLimit = (body: Schemas['OverbookingRange'], key: string) =>
  dataOf(api.PUT('/api/v1/pms/overbooking-limits', { body, headers: writeHeaders(key) }))
