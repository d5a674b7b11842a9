/** The letters of a name that a narrow bar has room for. Cutting them here is cheaper than a clip for each of a thousand bars. */

const MOST_KEPT = 20_000
const FONT = '550 13px'
/** Where nothing can be measured. */
const LETTER_PX = 7.5

const known = new Map<string, string>()
let measure: ((text: string) => number) | undefined

export function fitted(text: string, px: number): string {
  const name = `${px} ${text}`
  const found = known.get(name)
  if (found !== undefined) return found
  measure ??= measurer()
  let part = text
  while (part !== '' && measure(part) > px) part = part.slice(0, -1)
  if (known.size >= MOST_KEPT) known.clear()
  known.set(name, part)
  return part
}

function measurer(): (text: string) => number {
  const context = globalThis.document?.createElement('canvas').getContext?.('2d')
  if (!context) return (text) => text.length * LETTER_PX
  context.font = `${FONT} ${getComputedStyle(document.body).fontFamily}`
  return (text) => context.measureText(text).width
}
