import { api, dataOf, writeHeaders } from '../../api/client'
import type { bodyOfType } from './typeValues'

export type TypeChange = ReturnType<typeof bodyOfType> & { isActive?: boolean; sortOrder?: number }

/** What is absent stays as it is: the API takes it for its default, which the generated type calls required. */
export const changeType = (id: string, change: TypeChange, key: string, version: number | undefined) =>
  dataOf(
    api.PATCH('/api/v1/pms/room-types/{id}', {
      params: { path: { id } },
      body: change as never,
      headers: writeHeaders(key, version),
    }),
  )
