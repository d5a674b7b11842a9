import type { components } from './schema'

export type Code = components['schemas']['Code']
export type Fault = components['schemas']['Fault']

/** The codes of the API, and two for when no answer of its own came. */
export type ErrorCode = Code | 'OFFLINE' | 'UNREADABLE'

/** A refusal of the API, or the absence of an answer. `message` is a sentence for people, in English; see `sentenceOf`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  readonly status: number
  /** The fields that were refused, with VALIDATION_ERROR. */
  readonly details: readonly Fault[]
  /** Facts for programs: conflicting stays, the present row of a CONCURRENCY_CONFLICT, … */
  readonly facts: Readonly<Record<string, unknown>>
  readonly correlationId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    rest: Partial<Omit<ApiError, 'code' | 'message' | 'name'>> = {},
  ) {
    super(message)
    this.code = code
    this.status = rest.status ?? 0
    this.details = rest.details ?? []
    this.facts = rest.facts ?? {}
    this.correlationId = rest.correlationId
    this.retryAfterSeconds = rest.retryAfterSeconds
  }

  /** What is wrong with one field, to be shown beside it. */
  fault(field: string): string | undefined {
    return this.details.find((fault) => fault.field === field)?.message
  }

  /** Whether the same request may succeed later without a change. */
  get isPassing(): boolean {
    return (
      this.code === 'OFFLINE' ||
      this.code === 'SERVICE_UNAVAILABLE' ||
      this.code === 'UNREADABLE' ||
      this.status >= 500
    )
  }
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError
    ? error
    : new ApiError('UNREADABLE', error instanceof Error ? error.message : String(error))
}

/** Reads the one envelope of errors. Anything else comes from a proxy, or from no server of ours. */
export async function errorOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after'))
  const rest = { status: response.status, retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined }
  const body: unknown = await response.json().catch(() => undefined)
  const error = (body as { error?: components['schemas']['ErrorInner'] } | undefined)?.error
  if (!error?.code) return new ApiError('UNREADABLE', `HTTP ${response.status}`, rest)
  const { code, message, details, correlationId } = error
  const facts = (error.facts ?? {}) as Record<string, unknown>
  return new ApiError(code, message, { ...rest, details: details ?? [], facts, correlationId })
}
