import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas, writeHeaders } from '../api/client'

export type Letter = Schemas['Message']

/** While one waits, it is asked for again: the mail server answers within seconds. */
const waitingMs = 3_000

/** What a folio was sent by, the newest first. */
export const lettersQuery = (propertyId: string, folioId: string) =>
  queryOptions<Letter[]>({
    queryKey: ['letters', folioId],
    queryFn: async ({ signal }) => {
      const query = { propertyId, folioId, limit: 10 }
      return (await bodyOf(api.GET('/api/v1/pms/messages', { params: { query }, signal }))).data
    },
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'QUEUED') ? waitingMs : false,
  })

/** Sends the paper of a folio. The text null: the house's usual words. */
export const sendFolio = (
  folioId: string,
  recipient: string,
  text: string | null,
  key: string,
): Promise<Letter> =>
  dataOf(
    api.POST('/api/v1/pms/folios/{id}/email', {
      params: { path: { id: folioId } },
      body: { recipient, text },
      headers: writeHeaders(key),
    }),
  )
