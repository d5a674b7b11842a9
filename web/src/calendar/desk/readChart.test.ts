import { expect, test, vi } from 'vitest'
import { readChart } from './readChart'

const bar = (n: number) => ({ reservationId: `R${n}`, lastName: `Ω },{" ]," "bars":[ ${n}` })
const chart = {
  start: '2026-03-01',
  rooms: [{ id: '1', name: '"bars":[' }],
  bars: [1, 2, 3, 4, 5].map(bar),
  unassigned: [{ reservationId: 'R8' }, { reservationId: 'R9' }],
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
  for (let size = 1; size < 700; size += 1) expect(await readChart(inParts(chart, size))).toEqual(chart)
})

test('a chart without a stay is read', async () => {
  const empty = { ...chart, bars: [] }
  expect(await readChart(inParts(empty, 10))).toEqual(empty)
})

test('at the last byte the bars before it are read already', async () => {
  const parse = vi.spyOn(JSON, 'parse')
  await readChart(inParts(chart, 40))
  expect(parse.mock.calls.length).toBe(chart.bars.length)
  expect(parse.mock.lastCall?.[0]).not.toContain('"R4"')
})

test('half an answer is none', async () => {
  const bytes = new TextEncoder().encode(JSON.stringify({ data: chart })).slice(0, 200)
  const half = new ReadableStream<Uint8Array>({
    start(stream) {
      stream.enqueue(bytes)
      stream.close()
    },
  })
  await expect(readChart(half)).rejects.toThrow()
})
