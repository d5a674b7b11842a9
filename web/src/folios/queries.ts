import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas } from '../api/client'

export type Folio = Schemas['Folio']
export type Entry = Schemas['Entry']
/** What a posting answers; one that was read also tells the deposit of its stay. */
export type Statement = Schemas['Statement'] & Partial<Pick<Schemas['Bill'], 'deposit'>>
export type EntryType = Schemas['EntryType']
export type Method = Schemas['Method']

/** A stay has a few; this is the most that one page of the list holds. */
const most = 100

/** The folios of a stay, the first one first. */
export const foliosQuery = (propertyId: string, reservationId: string) =>
  queryOptions<Folio[]>({
    queryKey: ['folios', propertyId, reservationId],
    queryFn: async ({ signal }) => {
      const query = { propertyId, reservationId, limit: most }
      const { data } = await bodyOf(api.GET('/api/v1/pms/folios', { params: { query }, signal }))
      return data.reverse()
    },
  })

export const statementQuery = (id: string) =>
  queryOptions<Statement>({
    queryKey: ['folio', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/pms/folios/{id}', { params: { path: { id } }, signal })),
  })

/** What shows money that was posted: the folios, and the balance that the chart shows. The stay itself is as it was. */
const showsMoney = ['folios', 'folio', 'payment-intents', 'calendar', 'day-close', 'audit']

/** Asks anew for all that a posting changes. */
export function useFoliosChanged(): () => Promise<void> {
  const cache = useQueryClient()
  return () =>
    cache.invalidateQueries({ predicate: ({ queryKey }) => showsMoney.includes(String(queryKey[0])) })
}
