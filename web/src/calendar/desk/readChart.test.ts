import { expect, test, vi } from 'vitest'
import { readChart } from './readChart'

const bar = (n: number) => ({
  reservationId: `R${n}`,
  roomId: `${n % 2}`,
  lastName: `Ω },{" ]," "bars":[ ${n}`,
})
const sent = {
  start: '2026-03-01',
  rooms: [{ id: '1', name: '"bars":[' }],
  bars: [1, 2, 3, 4, 5].map(bar),
  unassigned: [{ reservationId: 'R8' }, { reservationId: 'R9' }],
}
const read = {
  ...sent,
  barsOf: new Map([
    ['1', [1, 3, 5].map(bar)],
    ['0', [2, 4].map(bar)],
  ]),
}

function inParts(data: unknown, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(JSON.stringify({ data }))
  return new ReadableStream({
    start(stream) {
      for (let at = 0; at < bytes.length; at += size) stream.enqueue(bytes.slice(at, at + size))
      stream.close()
    },
  })
}

test('a chart is the same wherever its bytes are parted', async () => {
  for (let size = 1; size < 800; size += 1) expect(await readChart(inParts(sent, size))).toEqual(read)
})

test('a chart without a stay is read', async () => {
  const empty = { ...sent, bars: [] }
  expect(await readChart(inParts(empty, 10))).toEqual({ ...empty, barsOf: new Map() })
})

test('at the last byte the bars before it are read already', async () => {
  const parse = vi.spyOn(JSON, 'parse')
  await readChart(inParts(sent, 60))
  expect(parse.mock.calls.length).toBe(sent.bars.length)
  expect(parse.mock.lastCall?.[0]).not.toContain('"R4"')
})

test('half an answer is none', async () => {
  const bytes = new TextEncoder().encode(JSON.stringify({ data: sent })).slice(0, 200)
  const half = new ReadableStream<Uint8Array>({
    start(stream) {
      stream.enqueue(bytes)
      stream.close()
    },
  })
  await expect(readChart(half)).rejects.toThrow()
})
