import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, bodyOf, dataOf, type Schemas } from '../api/client'
import { whole } from '../api/whole'
import { addDays, type Day, day } from '../kernel/dates'
import { useApp } from '../shell/useApp'

export type Booking = Schemas['Booking']
export type Reservation = Schemas['Reservation']
export type Quote = Schemas['Quote']
export type RoomOn = Schemas['RoomAvailability']
export type RoomType = Schemas['RoomType']
export type RatePlan = Schemas['RatePlan']

/** Lists that a form shows whole are short; this bounds one that is not. */
const mostPages = 20

const seldomMs = 300_000

export const stayQuery = (id: string) =>
  queryOptions<Booking>({
    queryKey: ['stay', id],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/pms/reservations/{id}', { params: { path: { id } }, signal })),
  })

const typesQuery = (propertyId: string, enabled: boolean) =>
  queryOptions<RoomType[]>({
    queryKey: ['roomTypes', propertyId, 'whole'],
    staleTime: seldomMs,
    enabled,
    queryFn: ({ signal }) =>
      whole(
        (page) =>
          bodyOf(api.GET('/api/v1/pms/room-types', { params: { query: { propertyId, ...page } }, signal })),
        mostPages,
      ),
  })

const plansQuery = (propertyId: string, enabled: boolean) =>
  queryOptions<RatePlan[]>({
    queryKey: ['ratePlans', propertyId, 'whole'],
    staleTime: seldomMs,
    enabled,
    queryFn: ({ signal }) =>
      whole(
        (page) =>
          bodyOf(api.GET('/api/v1/pms/rate-plans', { params: { query: { propertyId, ...page } }, signal })),
        mostPages,
      ),
  })

/** What the room must have: what a stay wishes, or what is about to be wished. */
export interface Wished {
  reservationId?: string
  /** Apart by commas. */
  features?: string
  floor?: string
}

/** Every room for these nights: the free ones first, the others with what holds them. One request for the whole house. */
export const roomsOnQuery = (propertyId: string, from: Day, to: Day, wished: Wished = {}) =>
  queryOptions<RoomOn[]>({
    queryKey: ['roomsOn', propertyId, from, to, wished],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/pms/availability/rooms', {
          params: { query: { propertyId, checkInDate: from, checkOutDate: to, ...wished } },
          signal,
        }),
      ),
  })

/** What the ids of a stay are called. */
export interface Names {
  room(id: string | null | undefined): string
  type(id: string | null | undefined): string
  plan(id: string | null | undefined): string
}

export interface House extends Names {
  types: readonly RoomType[]
  plans: readonly RatePlan[]
  today: Day
}

const nameless = '…'

/** The types, plans and room numbers of the property. Until they are there, an ellipsis stands for a name. */
export function useHouse(): House {
  const { property, may } = useApp()
  const today = day(property.businessDate)
  const types = useQuery(typesQuery(property.id, may('pms.rooms.view'))).data
  const plans = useQuery(plansQuery(property.id, may('pms.rates.view'))).data
  const rooms = useQuery({
    ...roomsOnQuery(property.id, today, addDays(today, 1)),
    staleTime: seldomMs,
    enabled: may('pms.rooms.view'),
  }).data
  return useMemo(() => {
    const names = <T>(rows: readonly T[] | undefined, id: (row: T) => string, name: (row: T) => string) => {
      const found = new Map(rows?.map((row) => [id(row), name(row)]))
      return (one: string | null | undefined) => (one ? (found.get(one) ?? nameless) : '')
    }
    return {
      today,
      types: types ?? [],
      plans: plans ?? [],
      room: names(
        rooms,
        (room) => room.roomId,
        (room) => room.roomNumber,
      ),
      type: names(
        types,
        (type) => type.id,
        (type) => type.name,
      ),
      plan: names(
        plans,
        (plan) => plan.id,
        (plan) => plan.name,
      ),
    }
  }, [types, plans, rooms, today])
}

/** After a write: the stay is the one that was answered, and every list, count and chart is asked for anew. */
export function settle(client: QueryClient, booking: Booking): Promise<void> {
  client.setQueryData(stayQuery(booking.id).queryKey, booking)
  return client.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] !== 'me' && !(queryKey[0] === 'stay' && queryKey[1] === booking.id),
  })
}
