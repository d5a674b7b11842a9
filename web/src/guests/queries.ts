import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas } from '../api/client'

export type Guest = Schemas['Guest']
export type GuestStay = Schemas['GuestStay']

export const nameOf = (guest: Pick<Guest, 'firstName' | 'lastName'>): string =>
  guest.firstName ? `${guest.firstName} ${guest.lastName}` : guest.lastName

export interface GuestFilter {
  q: string
  /** Those that were deactivated or merged, instead of the others. */
  isInactive: boolean
}

const pageSize = 50

/** By name, page by page; a search answers its best matches at once. */
export const guestsQuery = (propertyId: string, { q, isInactive }: GuestFilter) =>
  infiniteQueryOptions({
    queryKey: ['guests', propertyId, q, isInactive],
    queryFn: ({ signal, pageParam }) =>
      bodyOf(
        api.GET('/api/v1/pms/guests', {
          params: {
            query: {
              propertyId,
              limit: pageSize,
              ...(q ? { q } : {}),
              ...(isInactive ? { isActive: false } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.meta.cursor || undefined,
  })

const fewGuests = 6

/** A few that fit what is being typed. */
export const similarQuery = (propertyId: string, q: string) =>
  queryOptions({
    queryKey: ['guests', propertyId, 'similar', q],
    queryFn: async ({ signal }) => {
      const query = { propertyId, q, limit: fewGuests }
      return (await bodyOf(api.GET('/api/v1/pms/guests', { params: { query }, signal }))).data
    },
  })

export const guestQuery = (id: string) =>
  queryOptions({
    queryKey: ['guest', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/pms/guests/{id}', { params: { path: { id } }, signal })),
  })

const staysPage = 20

export const staysQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['guest', id, 'stays'],
    queryFn: ({ signal, pageParam }) =>
      bodyOf(
        api.GET('/api/v1/pms/guests/{id}/stays', {
          params: {
            path: { id },
            query: { limit: staysPage, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.meta.cursor || undefined,
  })

/** Who the API took for the same person when a profile was made: kept for its page until one decides. */
export const duplicatesKey = (id: string) => ['guest', id, 'duplicates']
