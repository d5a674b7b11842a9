import { afterEach, expect, test, vi } from 'vitest'
import { nightOf } from '../core/days'
import { Model } from '../core/model'
import { chartOf, drawnBy, FIRST } from '../core/testing/drawing'
import { Loader } from './Loader'

interface Asked {
  readonly from: number
  readonly days: number
  readonly signal: AbortSignal
  answer(line: string, revision: number): void
  refuse(): void
}

/** Each request waits until the test answers it. */
function open() {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', (request: Request | string) => {
    // What asks whether the server lives.
    if (typeof request === 'string') return Promise.reject(new TypeError('lost'))
    const query = new URL(request.url).searchParams
    const [from, days] = [nightOf(query.get('start') ?? ''), Number(query.get('days'))]
    return new Promise<Response>((resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      const answer = (line: string, revision: number) => {
        const shift = FIRST - from
        const nights = '.'.repeat(Math.max(0, shift)) + line.slice(Math.max(0, -shift))
        const text = `101 |${nights.padEnd(days, '.').slice(0, days)}`
        resolve(Response.json({ data: chartOf(text, { first: from, revision }) }))
      }
      asked.push({ from, days, signal: request.signal, answer, refuse: () => reject(new TypeError('lost')) })
    })
  })
  const model = new Model()
  const loader = new Loader(model, 'P')
  const stop = loader.start()
  loader.look({ from: FIRST, to: FIRST + 7 })
  return { asked, model, loader, stop }
}

const next = (asked: Asked[], n: number) => vi.waitFor(() => asked[n] ?? Promise.reject(new Error(`no ${n}`)))

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('what is on screen is asked for before its neighbours', async () => {
  const { asked, model, stop } = open()
  expect(asked).toHaveLength(1)
  expect(asked[0]?.from).toBeLessThanOrEqual(FIRST)
  asked[0]?.answer('AA', 1)
  const ahead = await next(asked, 1)
  expect(ahead.from).toBeGreaterThanOrEqual(FIRST + 7)
  expect(drawnBy(model, 7)).toBe('101 |AA.....')
  stop()
})

test('a change is asked for at once, also while the neighbours are on their way', async () => {
  const { asked, model, loader, stop } = open()
  asked[0]?.answer('AA', 1)
  const ahead = await next(asked, 1)
  loader.reload()
  expect(ahead.signal.aborted).toBe(true)
  expect(asked[2]).toMatchObject({ from: FIRST, days: 7 })
  asked[2]?.answer('.AA', 2)
  await vi.waitFor(() => expect(drawnBy(model, 7)).toBe('101 |.AA....'))
  // The neighbours that were given up are asked for again.
  expect((await next(asked, 3)).signal.aborted).toBe(false)
  stop()
})

test('a change while an answer is on its way is asked for after it', async () => {
  const { asked, model, loader, stop } = open()
  loader.reload()
  loader.reload()
  expect(asked).toHaveLength(1)
  asked[0]?.answer('AA', 1)
  const again = await next(asked, 1)
  expect(again).toMatchObject({ from: FIRST, days: 7 })
  again.answer('.AA', 2)
  await vi.waitFor(() => expect(drawnBy(model, 7)).toBe('101 |.AA....'))
  stop()
})

test('a request that is lost is repeated after a while', async () => {
  vi.useFakeTimers()
  const { asked, loader, stop } = open()
  asked[0]?.refuse()
  await vi.advanceTimersByTimeAsync(100)
  expect(loader.error.get()?.code).toBe('OFFLINE')
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(asked.length).toBeGreaterThan(1)
  stop()
})
