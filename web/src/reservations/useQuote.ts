import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, dataOf, type Schemas } from '../api/client'
import type { Day } from '../kernel/dates'
import { usePaused } from '../ui/usePaused'
import type { Quote } from './queries'

/** What a new stay would cost, and whether it can be had. */
export function useQuote(request: Partial<Schemas['QuoteRequest']> & { propertyId: string }) {
  const text = usePaused(JSON.stringify(request))
  const asked = JSON.parse(text) as Schemas['QuoteRequest']
  return useQuery<Quote>({
    queryKey: ['quote', text],
    enabled: Boolean(asked.roomTypeId && asked.checkInDate && asked.checkOutDate > asked.checkInDate),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => dataOf(api.POST('/api/v1/pms/reservations/quote', { body: asked, signal })),
  })
}

/** What other dates, or packages, would make of a stay: the nights that stay keep their price. */
export function useChangeQuote(
  id: string,
  from: Day | null,
  to: Day | null,
  isAsked: boolean,
  packageIds?: readonly string[],
) {
  const body = { checkInDate: from ?? '', checkOutDate: to ?? '', ...(packageIds ? { packageIds } : {}) }
  const text = usePaused(JSON.stringify(body))
  return useQuery<Quote>({
    queryKey: ['quote', id, text],
    enabled: isAsked && Boolean(from && to && from < to),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      dataOf(
        api.POST('/api/v1/pms/reservations/{id}/quote', {
          params: { path: { id } },
          body: JSON.parse(text) as Schemas['ChangeQuoteRequest'],
          signal,
        }),
      ),
  })
}
