import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas, writeHeaders } from '../api/client'
import type { Day } from '../kernel/dates'

export type RoomBlock = Schemas['RoomBlock']
export type HouseDay = Schemas['HousekeepingDay']
export type Attendant = Schemas['Attendant']
export type Assignment = Schemas['Assignment']
export type Sighting = Schemas['Sighting']
export type Work = Schemas['Work']
export type HouseSettings = Schemas['HousekeepingSettings']

/** The whole day of housekeeping, in one request. */
export const houseDayQuery = (propertyId: string) =>
  queryOptions<HouseDay>({
    queryKey: ['housekeeping', propertyId],
    queryFn: ({ signal }) => {
      const params = { path: { id: propertyId } }
      return dataOf(api.GET('/api/v1/pms/properties/{id}/housekeeping', { params, signal }))
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

export const spreadRooms = (id: string, body: Schemas['Spread'], key: string) =>
  dataOf(
    api.POST('/api/v1/pms/properties/{id}/housekeeping/spread', {
      params: { path: { id } },
      body,
      headers: writeHeaders(key),
    }),
  )

export const giveRoom = (body: Schemas['NewAssignment'], key: string): Promise<Assignment> =>
  dataOf(api.POST('/api/v1/pms/housekeeping-assignments', { body, headers: writeHeaders(key) }))

export const changeAssignment = (
  id: string,
  body: Partial<Schemas['AssignmentChange']>,
  key: string,
): Promise<Assignment> =>
  dataOf(
    api.PATCH('/api/v1/pms/housekeeping-assignments/{id}', {
      params: { path: { id } },
      // What is not named stays as it is.
      body: body as Required<typeof body>,
      headers: writeHeaders(key),
    }),
  )

export const removeAssignment = ({ id, version }: Assignment): Promise<Assignment> =>
  dataOf(
    api.DELETE('/api/v1/pms/housekeeping-assignments/{id}', {
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
    }),
  )

export const reportSighting = (id: string, body: Schemas['NewSighting'], key: string): Promise<Sighting> =>
  dataOf(
    api.POST('/api/v1/pms/rooms/{id}/sightings', {
      params: { path: { id } },
      body,
      headers: writeHeaders(key),
    }),
  )

export const resolveSighting = (
  { id, version }: Sighting,
  resolution: string,
  key: string,
): Promise<Sighting> =>
  dataOf(
    api.POST('/api/v1/pms/room-sightings/{id}/resolve', {
      params: { path: { id } },
      body: { resolution },
      headers: writeHeaders(key, version),
    }),
  )

export const changeSettings = (
  id: string,
  body: Partial<Schemas['HousekeepingSettingsChange']>,
  key: string,
): Promise<HouseSettings> =>
  dataOf(
    api.PATCH('/api/v1/pms/properties/{id}/housekeeping/settings', {
      params: { path: { id } },
      body: body as Required<typeof body>,
      headers: writeHeaders(key),
    }),
  )
