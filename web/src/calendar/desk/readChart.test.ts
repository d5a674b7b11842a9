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
  unassigned: [{ reservationId: 'R8' }, { reservationId: 'R9' }],
  bars: [1, 2, 3, 4, 5].map(bar),
  dates: [{ date: '2026-03-01' }],
}

const whole = async (body: ReadableStream<Uint8Array>) => {
  const chart = await readChart(body)
  return { ...chart, bars: [...chart.bars] }
}
const ofRooms = [1, 3, 5, 2, 4].map(bar)

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
  for (let size = 1; size < 800; size += 1) {
    expect(await whole(inParts(sent, size))).toEqual({ ...sent, bars: ofRooms })
    expect((await readChart(inParts(sent, size))).bars.of?.('0')).toEqual([2, 4].map(bar))
  }
})

test('a chart without a stay is read', async () => {
  const empty = { ...sent, bars: [] }
  expect(await whole(inParts(empty, 10))).toEqual(empty)
})

test('what stands before the bars is told before they come', async () => {
  const text = JSON.stringify({ data: sent })
  const bytes = new TextEncoder().encode(text)
  const first = text.indexOf('"bars":[') + 20
  const head = { ...sent, bars: [], dates: [] }
  const body = new TransformStream<Uint8Array, Uint8Array>()
  const writer = body.writable.getWriter()
  const told = vi.fn()
  const read = readChart(body.readable, told)
  await writer.write(bytes.slice(0, first))
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith(head))
  await writer.write(bytes.slice(first))
  await writer.close()
  expect([...(await read).bars]).toHaveLength(5)
  expect(told).toHaveBeenCalledOnce()
})

test('a bar is read when its room is asked for, and once', async () => {
  const { bars } = await readChart(inParts(sent, 60))
  const parse = vi.spyOn(JSON, 'parse')
  expect(bars.of?.('0')).toHaveLength(2)
  expect(bars.of?.('0')).toBe(bars.of?.('0'))
  expect(bars.of?.('7')).toEqual([])
  expect(parse.mock.calls.map(([text]) => text)).toEqual([bar(2), bar(4)].map((one) => JSON.stringify(one)))
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
