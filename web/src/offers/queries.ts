import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, dataOf, type Schemas } from '../api/client'
import { usePaused } from '../ui/usePaused'
import type { Question } from './asked'

export type Offers = Schemas['Offers']
export type Offer = Schemas['Offer']
export type OfferChange = Schemas['OfferChange']
export type OfferRefusal = Schemas['OfferRefusal']

/** What can be sold. While the next answer is on its way, the last one is `isOld`. */
export function useOffers(question: Question | undefined) {
  const now = JSON.stringify(question ?? null)
  const text = usePaused(now)
  const query = useQuery<Offers>({
    queryKey: ['offers', text],
    enabled: text !== 'null',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/pms/offers', { params: { query: JSON.parse(text) as Question }, signal })),
  })
  return { ...query, isOld: query.isPlaceholderData || text !== now }
}
