import type { Chart, ChartBar } from '../core/chart'
import { UnreadBars } from './UnreadBars'

const BARS = '"bars":['
// Between two bars, and after the last. Within a text a quotation mark has a backslash before it, so they stand nowhere else.
const OPEN = '{"'
const NEXT = '},{"'
const OVER = '],"'

/**
 * Takes an answer with a chart apart while it comes. Of megabytes of bars only those are read that somebody looks at: a screen has rows of
 * thirty rooms, and must not wait for the other thousand. `onHead` is told what the server sends before it has the bars: types, rooms,
 * blocks, stays that wait.
 */
export async function readChart(
  body: ReadableStream<Uint8Array>,
  onHead: (head: Chart) => void = () => {},
): Promise<Chart> {
  const bars = new UnreadBars()
  const decoder = new TextDecoder()
  let head: Chart | null = null
  let text = ''
  const reader = body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true })
    if (!head) {
      const start = text.indexOf(BARS) + BARS.length
      if (start < BARS.length) continue
      head = { ...(JSON.parse(`${text.slice(0, start)}]}}`) as { data: Chart }).data, dates: [] }
      text = text.slice(start)
      onHead(head)
    }
    text = cut(text, bars)
  }
  const { data } = JSON.parse(head ? `{"data":{${BARS}${text}` : text) as {
    data: Chart & { bars: ChartBar[] }
  }
  for (const bar of data.bars) bars.put(bar)
  return { ...head, ...data, bars }
}

/** Puts all bars aside but the last, of which the end may not be here. Answers what is left. */
function cut(text: string, bars: UnreadBars): string {
  const over = text.indexOf(OVER)
  const [whole, after] = over < 0 ? [text, ''] : [text.slice(0, over), text.slice(over)]
  const inner = whole.slice(OPEN.length).split(NEXT)
  if (inner.length < 2) return text
  const last = inner.pop()
  for (const one of inner) bars.add(one)
  return OPEN + last + after
}
