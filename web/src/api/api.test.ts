import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { api, bodyOf, dataOf, presentRow, writeHeaders } from './client'
import { connection } from './connection'
import { ApiError } from './errors'
import { makeQueryClient } from './queries'
import { session } from './session'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })

const refusal = (code: string, rest = {}) => ({
  error: { code, message: 'No.', correlationId: 'c1', ...rest },
})

let sent: Request[]
const answers = (...all: (Response | Error)[]) => {
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(request)
    const next = all.shift() ?? new TypeError('nothing more')
    if (next instanceof Error) throw next
    return next
  })
}

beforeEach(() => {
  sent = []
  vi.useFakeTimers()
})
afterEach(async () => {
  answers(answer(200, { status: 'live' }))
  await connection.tryNow()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  session.opened()
})

const me = () => dataOf(api.GET('/api/v1/pms/me'))
const failed = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}

describe('an answer', () => {
  test('is what stands in the envelope', async () => {
    answers(answer(200, { data: { id: 'u1' } }))
    expect(await me()).toEqual({ id: 'u1' })
    expect(new URL(sent[0]?.url ?? '').pathname).toBe('/api/v1/pms/me')
  })

  test('that nothing changed is no refusal', async () => {
    answers(new Response(null, { status: 304 }))
    const query = { propertyId: '1', start: '2026-01-01', days: 7 }
    const { response } = await api.GET('/api/v1/pms/calendar', {
      params: { query },
      headers: { 'If-None-Match': '"1"' },
    })
    expect(response.status).toBe(304)
  })
})

describe('a refusal', () => {
  test('is thrown with its code, its fields and its facts', async () => {
    const details = [{ field: 'email', message: 'is needed' }]
    answers(answer(422, refusal('VALIDATION_ERROR', { details, facts: { a: 1 } })))
    const error = await failed(me())
    expect(error).toMatchObject({
      code: 'VALIDATION_ERROR',
      status: 422,
      facts: { a: 1 },
      correlationId: 'c1',
      message: 'No.',
    })
    expect([error.fault('email'), error.fault('name'), error.isPassing]).toEqual([
      'is needed',
      undefined,
      false,
    ])
  })

  test('for being too often says when', async () => {
    answers(answer(429, refusal('RATE_LIMITED'), { 'retry-after': '900' }))
    expect((await failed(me())).retryAfterSeconds).toBe(900)
  })

  test('of a proxy is no word of the API', async () => {
    answers(answer(502, '<html>Bad Gateway'))
    expect(await failed(me())).toMatchObject({ code: 'UNREADABLE', status: 502, isPassing: true })
  })

  test('of a stale change carries the present row', async () => {
    answers(answer(409, refusal('CONCURRENCY_CONFLICT', { facts: { current: { version: 7 } } })))
    expect(presentRow(await failed(me()))).toEqual({ version: 7 })
    expect(presentRow(new Error('other'))).toBeUndefined()
  })

  test('of a session that ended is told to the page, that of a log-in is not', async () => {
    answers(answer(401, refusal('UNAUTHENTICATED')), answer(401, refusal('UNAUTHENTICATED')))
    await failed(bodyOf(api.POST('/api/v1/pms/auth/login', { body: { email: 'a', password: 'b' } })))
    expect(session.state.get()).toBe('open')
    await failed(me())
    expect(session.state.get()).toBe('ended')
  })
})

describe('a lost connection', () => {
  test('is known from the first request that fails, until the server answers again', async () => {
    const back = vi.fn()
    const leave = connection.onReturn(back)
    answers(
      new TypeError('Failed to fetch'),
      new TypeError('Failed to fetch'),
      answer(200, { status: 'live' }),
    )
    expect(await failed(me())).toMatchObject({ code: 'OFFLINE', isPassing: true })
    expect(connection.isUp.get()).toBe(false)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(connection.isUp.get()).toBe(false)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(connection.isUp.get()).toBe(true)
    expect(back).toHaveBeenCalledOnce()
    leave()
  })

  test('is not ended by the answer to what was asked before', async () => {
    answers(
      answer(200, { data: { id: 'u1' } }),
      new TypeError('Failed to fetch'),
      answer(200, { status: 'live' }),
    )
    const early = me()
    connection.lost()
    await early
    await vi.advanceTimersByTimeAsync(1_000)
    expect(connection.isUp.get()).toBe(false)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(connection.isUp.get()).toBe(true)
  })

  test('is not what an abandoned request means', async () => {
    answers(new DOMException('left', 'AbortError'))
    await expect(me()).rejects.toThrow('left')
    expect(connection.isUp.get()).toBe(true)
  })
})

test('a write carries its key, and the version of what was seen', () => {
  expect(writeHeaders('k1')).toEqual({ 'Idempotency-Key': 'k1' })
  expect(writeHeaders('k1', 3)).toEqual({ 'Idempotency-Key': 'k1', 'If-Match': '"3"' })
})

test('only what may pass is tried again, and no write is', () => {
  const { queries, mutations } = makeQueryClient().getDefaultOptions()
  const retry = queries?.retry as (failures: number, error: ApiError) => boolean
  const busy = new ApiError('SERVICE_UNAVAILABLE', 'busy', { status: 503 })
  expect([
    retry(0, busy),
    retry(2, busy),
    retry(0, new ApiError('NOT_FOUND', 'no', { status: 404 })),
  ]).toEqual([true, false, false])
  expect(mutations?.retry).toBe(false)
})
