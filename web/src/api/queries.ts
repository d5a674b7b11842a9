import { QueryClient, queryOptions } from '@tanstack/react-query'
import { api, dataOf, type Schemas } from './client'
import { ApiError } from './errors'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError
  }
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // The connection has its own watch, which also knows of a server that is down behind a network that is up.
        networkMode: 'always',
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiError && error.isPassing && error.code !== 'OFFLINE',
        retryDelay: (failures) => 300 * 2 ** failures,
      },
      // A write is never kept for later behind a person's back: it fails, says so, and the form keeps what was typed.
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

export type Me = Schemas['Me']
export type MyProperty = Schemas['MyProperty']

export const meQuery = queryOptions<Me>({
  queryKey: ['me'],
  queryFn: ({ signal }) => dataOf(api.GET('/api/v1/pms/me', { signal })),
  staleTime: 60_000,
})
