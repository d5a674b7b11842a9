import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, type Schemas } from '../api/client'
import type { Folio } from '../folios/queries'

export type AccountKind = Exclude<Schemas['FolioKind'], 'GUEST'>
export const accountKinds: readonly AccountKind[] = ['CITY_LEDGER', 'HOUSE']

export type Shown = 'OPEN' | 'CLOSED'

const perPage = 100

async function every(
  propertyId: string,
  kind: AccountKind,
  status: Shown,
  signal: AbortSignal,
): Promise<Folio[]> {
  const rows: Folio[] = []
  let cursor: string | undefined
  do {
    const query = { propertyId, kind, status, limit: perPage, ...(cursor ? { cursor } : {}) }
    const { data, meta } = await bodyOf(api.GET('/api/v1/pms/folios', { params: { query }, signal }))
    rows.push(...data)
    cursor = meta.hasMore ? (meta.cursor ?? undefined) : undefined
  } while (cursor)
  return rows
}

/** The accounts of companies and of the house: those who owe the most first. Their key is that of folios, so that a posting reads them anew. */
export const accountsQuery = (propertyId: string, status: Shown = 'OPEN') =>
  queryOptions<Folio[]>({
    queryKey: ['folios', propertyId, 'accounts', status],
    queryFn: async ({ signal }) => {
      const kinds = await Promise.all(accountKinds.map((kind) => every(propertyId, kind, status, signal)))
      return kinds.flat().sort((a, b) => b.balanceCents - a.balanceCents || (a.id < b.id ? 1 : -1))
    },
  })
