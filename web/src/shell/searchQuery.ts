import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, type Schemas } from '../api/client'
import type { Status } from '../ui/Badge'
import type { AppState } from './useApp'

/** One letter finds half of the house. */
export const smallestQuery = 2
const limit = 6

export interface FoundReservation {
  id: string
  name: string
  confirmationNumber: string
  checkInDate: string
  checkOutDate: string
  status: Status
}

export interface FoundGuest {
  id: string
  name: string
  contact: string | undefined
}

const nameOf = (first: string | null | undefined, last: string) => (first ? `${first} ${last}` : last)

const asFound = (one: Schemas['Page_Reservation']['data'][number]): FoundReservation => ({
  id: one.id,
  name: nameOf(one.primaryGuestJson.firstName, one.primaryGuestJson.lastName),
  confirmationNumber: one.confirmationNumber,
  checkInDate: one.checkInDate,
  checkOutDate: one.checkOutDate,
  status: one.status,
})

const firstOf = <T extends { id: string }>(rows: readonly T[]): T[] =>
  [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, limit)

/** Guests and reservations at once, each only for who may see them. */
export function searchQuery({ property, may }: AppState, q: string) {
  const propertyId = property.id
  return queryOptions({
    queryKey: ['search', propertyId, q],
    enabled: q.length >= smallestQuery,
    queryFn: async ({ signal }) => {
      const query = { propertyId, q, limit }
      const none = Promise.resolve({ data: [] })
      const stays = (more: { departureFrom?: string }) =>
        may('pms.reservations.view')
          ? bodyOf(api.GET('/api/v1/pms/reservations', { params: { query: { ...query, ...more } }, signal }))
          : none
      const [present, all, guests] = await Promise.all([
        stays({ departureFrom: property.businessDate }),
        stays({}),
        may('pms.guests.view') ? bodyOf(api.GET('/api/v1/pms/guests', { params: { query }, signal })) : none,
      ])
      return {
        // Who is here or comes is asked for more often than who was.
        reservations: firstOf([...present.data, ...all.data]).map(asFound),
        guests: guests.data.map((one): FoundGuest => {
          const contact = [one.email, one.phone].filter(Boolean).join(' · ')
          return { id: one.id, name: nameOf(one.firstName, one.lastName), contact: contact || undefined }
        }),
      }
    },
  })
}
