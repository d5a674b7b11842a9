import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas } from '../api/client'
import { addDays, type Day } from '../kernel/dates'
import { roomsOnQuery } from '../reservations/queries'
import { type Room, roomsQuery } from '../setup/queries'
import { isInDoubt, type Use, useOf } from './rooms'

export type RoomBlock = Schemas['RoomBlock']

/** Whether the guest in the room came today: the newest word of its log. Asked once for each version of the room. */
const hasNewGuestQuery = ({ id, version }: Room, today: Day) =>
  queryOptions<boolean>({
    queryKey: ['room-log', id, version, today],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { limit: 20 } }
      const { data } = await bodyOf(api.GET('/api/v1/pms/rooms/{id}/status-log', { params, signal }))
      const came = data.find((entry) => entry.toStatus === 'OCCUPIED' && entry.fromStatus !== 'OCCUPIED')
      return came?.businessDate === today
    },
  })

/** What happens in each room today, by its id. */
export const usesQuery = (client: QueryClient, propertyId: string, today: Day) =>
  queryOptions<Record<string, Use>>({
    queryKey: ['housekeeping', propertyId, today],
    queryFn: async () => {
      const on = (from: Day, to: Day) =>
        client.fetchQuery({ ...roomsOnQuery(propertyId, from, to), staleTime: 0 })
      const [rooms, lastNight, tonight] = await Promise.all([
        client.fetchQuery({ ...roomsQuery(propertyId), staleTime: 0 }),
        on(addDays(today, -1), today),
        on(today, addDays(today, 1)),
      ])
      const [before, after] = [lastNight, tonight].map(
        (list) => new Map(list.map((one) => [one.roomId, one])),
      )
      const uses = rooms.map(async (room): Promise<[string, Use]> => {
        const [was, is] = [before?.get(room.id), after?.get(room.id)]
        const isNew = isInDoubt(room, was, is) && (await client.fetchQuery(hasNewGuestQuery(room, today)))
        return [room.id, useOf(room, was, is, isNew)]
      })
      return Object.fromEntries(await Promise.all(uses))
    },
  })

/** The periods of a room off the market that are not over, the first one first. */
export const blocksQuery = (propertyId: string, roomId: string, today: Day) =>
  queryOptions<RoomBlock[]>({
    queryKey: ['room-blocks', propertyId, roomId, today],
    queryFn: async ({ signal }) => {
      const query = { propertyId, roomId, from: today, limit: 100 }
      const { data } = await bodyOf(api.GET('/api/v1/pms/room-blocks', { params: { query }, signal }))
      return data.filter((block) => block.blockType !== 'RESERVATION')
    },
  })

export const removeBlock = (block: RoomBlock) =>
  api.DELETE('/api/v1/pms/room-blocks/{id}', {
    params: { path: { id: block.id }, header: { 'If-Match': `"${block.version}"` } },
  })

export const addBlock = (body: Schemas['NewRoomBlock'], key: string): Promise<RoomBlock> =>
  dataOf(api.POST('/api/v1/pms/room-blocks', { body, headers: { 'Idempotency-Key': key } }))
