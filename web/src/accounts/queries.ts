import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, type Schemas } from '../api/client'
import { whole } from '../api/whole'
import type { Folio } from '../folios/queries'

export type AccountKind = Exclude<Schemas['FolioKind'], 'GUEST'>
export const accountKinds: readonly AccountKind[] = ['CITY_LEDGER', 'HOUSE']

export type Shown = 'OPEN' | 'CLOSED'

const ofKind = (
  propertyId: string,
  kind: AccountKind,
  status: Shown,
  signal: AbortSignal,
): Promise<Folio[]> =>
  whole((page) =>
    bodyOf(
      api.GET('/api/v1/pms/folios', { params: { query: { propertyId, kind, status, ...page } }, signal }),
    ),
  )

/** The accounts of companies and of the house: those who owe the most first. Their key is that of folios, so that a posting reads them anew. */
export const accountsQuery = (propertyId: string, status: Shown = 'OPEN') =>
  queryOptions<Folio[]>({
    queryKey: ['folios', propertyId, 'accounts', status],
    queryFn: async ({ signal }) => {
      const kinds = await Promise.all(accountKinds.map((kind) => ofKind(propertyId, kind, status, signal)))
      return kinds.flat().sort((a, b) => b.balanceCents - a.balanceCents || (a.id < b.id ? 1 : -1))
    },
  })
