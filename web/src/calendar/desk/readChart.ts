import type { Chart, ChartBar } from '../core/chart'
import { byRoom } from '../core/reading'

const BARS = '"bars":['
// Between two bars, and after the last. Within a text a quotation mark has a backslash before it, so they stand nowhere else.
const NEXT = '},{"'
const OVER = '],"'

/** Reads an answer with a chart while it comes: of megabytes of bars the last ones are left to be read when the last byte is here. */
export async function readChart(body: ReadableStream<Uint8Array>): Promise<Chart> {
  const bars: ChartBar[] = []
  const barsOf = new Map<string, ChartBar[]>()
  const add = (read: readonly ChartBar[]) => {
    for (const bar of read) bars.push(bar)
    byRoom(read, barsOf)
  }
  const decoder = new TextDecoder()
  let [head, text] = ['', '']
  const reader = body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true })
    if (!head) {
      const start = text.indexOf(BARS) + BARS.length
      if (start < BARS.length) continue
      head = text.slice(0, start)
      text = text.slice(start)
    }
    const end = text.includes(OVER) ? -1 : text.lastIndexOf(NEXT)
    if (end < 0) continue
    add(JSON.parse(`[${text.slice(0, end + 1)}]`))
    text = text.slice(end + 2)
  }
  const { data } = JSON.parse(head + text)
  add(data.bars)
  return { ...data, bars, barsOf }
}
