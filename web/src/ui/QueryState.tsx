import type { ReactNode } from 'react'
import { ErrorState } from './PageState'
import { Skeleton } from './Skeleton'

/** As much of a query as is needed to show it. */
export interface Asked<T> {
  data: T | undefined
  error: unknown
  refetch: () => unknown
}

export interface QueryStateProps<T> {
  query: Asked<T>
  /** So many lines while it loads. */
  lines?: number
  /** In place of a list that has no row. */
  empty?: ReactNode
  isEmpty?: (data: T) => boolean
  children: (data: T) => ReactNode
}

const hasNoRow = (data: unknown): boolean => Array.isArray(data) && data.length === 0

/** Why it failed, lines while it loads, or what came. What came once stays on the page when asking for it anew fails. */
export function QueryState<T>({ query, lines, empty, isEmpty = hasNoRow, children }: QueryStateProps<T>) {
  const { data, error, refetch } = query
  if (data === undefined)
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton {...(lines ? { lines } : {})} />
    )
  return <>{empty !== undefined && isEmpty(data) ? empty : children(data)}</>
}

/** Two queries as one: there when both are. */
export function bothOf<A, B>(a: Asked<A>, b: Asked<B>): Asked<[A, B]> {
  return {
    data: a.data === undefined || b.data === undefined ? undefined : [a.data, b.data],
    error: a.error ?? b.error,
    refetch: () => Promise.all([a.refetch(), b.refetch()]),
  }
}
