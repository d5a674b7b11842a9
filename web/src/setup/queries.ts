import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas } from '../api/client'
import { whole } from '../api/whole'

export type Property = Schemas['Data_Property']['data']
export type RoomType = Schemas['Data_RoomType']['data']
export type Room = Schemas['Data_Room']['data']
export type RatePlan = Schemas['Data_RatePlan']['data']
export type Policy = Schemas['Data_Policy']['data']
export type User = Schemas['Data_User']['data']
export type ApiKey = Schemas['Data_ApiKey']['data']
export type Role = Schemas['Role']

export const propertyQuery = (id: string) =>
  queryOptions({
    queryKey: ['property', id],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/pms/properties/{id}', { params: { path: { id } }, signal })),
  })

export const roomTypesQuery = (propertyId: string) =>
  queryOptions({
    queryKey: ['room-types', propertyId],
    queryFn: ({ signal }) =>
      whole<RoomType>((page) =>
        bodyOf(api.GET('/api/v1/pms/room-types', { params: { query: { propertyId, ...page } }, signal })),
      ),
  })

export const roomsQuery = (propertyId: string) =>
  queryOptions({
    queryKey: ['rooms', propertyId],
    queryFn: ({ signal }) =>
      whole<Room>((page) =>
        bodyOf(api.GET('/api/v1/pms/rooms', { params: { query: { propertyId, ...page } }, signal })),
      ),
  })

export const ratePlansQuery = (propertyId: string) =>
  queryOptions({
    queryKey: ['rate-plans', propertyId],
    queryFn: ({ signal }) =>
      whole<RatePlan>((page) =>
        bodyOf(api.GET('/api/v1/pms/rate-plans', { params: { query: { propertyId, ...page } }, signal })),
      ),
  })

export const policiesQuery = (propertyId: string) =>
  queryOptions<Policy[]>({
    queryKey: ['policies', propertyId],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/pms/policies', { params: { query: { propertyId } }, signal })),
  })

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) =>
    whole<User>((page) => bodyOf(api.GET('/api/v1/pms/users', { params: { query: page }, signal }))),
})

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) =>
    whole<ApiKey>((page) => bodyOf(api.GET('/api/v1/pms/api-keys', { params: { query: page }, signal }))),
})
