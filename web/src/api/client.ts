import createClient, { type Middleware } from 'openapi-fetch'
import { connection } from './connection'
import { ApiError, errorOf } from './errors'
import type { components, paths } from './schema'
import { session } from './session'

export type Schemas = components['schemas']

const logIn = '/api/v1/pms/auth/login'

const refusals: Middleware = {
  async onResponse({ response, schemaPath }) {
    connection.answered()
    // 304 says that what one has is still so: an answer to who asked with If-None-Match.
    if (response.ok || response.status === 304) return undefined
    const error = await errorOf(response)
    if (error.code === 'UNAUTHENTICATED' && schemaPath !== logIn) session.ended()
    throw error
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    connection.lost()
    return new ApiError('OFFLINE', 'The server cannot be reached.')
  },
}

/**
 * The API. The session is a cookie that scripts cannot read; the browser sends it to our own origin alone. Each call answers, or throws
 * an ApiError.
 */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? 'http://localhost',
  credentials: 'same-origin',
  // Looked up for each request, so that a test can answer in its place.
  fetch: (request) => globalThis.fetch(request),
})
api.use(refusals)

/** The body of an answer: refusals were thrown already. */
export async function bodyOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T
}

/** The `data` of an answer's envelope. */
export async function dataOf<T>(call: Promise<{ data?: { data: T } }>): Promise<T> {
  return (await bodyOf(call)).data
}

/** The headers of a write: its key, and the version of the row that was seen. */
export function writeHeaders(key: string, version?: number): Record<string, string> {
  return version === undefined
    ? { 'Idempotency-Key': key }
    : { 'Idempotency-Key': key, 'If-Match': `"${version}"` }
}

/** The row as it is now, out of a CONCURRENCY_CONFLICT. */
export function presentRow<T>(error: unknown): T | undefined {
  if (!(error instanceof ApiError) || error.code !== 'CONCURRENCY_CONFLICT') return undefined
  return (error.facts.current ?? error.facts.present) as T | undefined
}
