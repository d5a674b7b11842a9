/** The letters that a bar has room for. Cutting them here is cheaper than a clip for each of a thousand bars. */

const MOST_KEPT = 20_000
/** Where nothing can be measured. */
const SHARE_OF_SIZE = 0.58

export interface Letters {
  readonly px: number
  readonly weight: number
}

/** Of each letter once: of a thousand names, each as a whole, it would take longer than to draw them. */
const widths = new Map<Letters, Map<string, number>>()
const cuts = new Map<string, string>()
let context: CanvasRenderingContext2D | null | undefined
let family = ''
let font = ''

/** In pixels, of a line of text. */
export function widthOf(text: string, letters: Letters): number {
  // Letters that join are narrower than alone.
  if (TURNS.test(text)) return measured(text, letters)
  const known = widthsOf(letters)
  let sum = 0
  for (const letter of text) sum += known.get(letter) ?? kept(known, letter, measured(letter, letters))
  return sum
}

const LATIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 …'

/** What most names are made of, while the names themselves are still on their way. */
export function measureAhead(...all: readonly Letters[]): void {
  for (const letters of all) widthOf(LATIN, letters)
}

function widthsOf(letters: Letters): Map<string, number> {
  const known = widths.get(letters)
  if (known) return known
  const fresh = new Map<string, number>()
  widths.set(letters, fresh)
  return fresh
}

/** `text`, or as many of its letters as have room, with `end` behind them if that has room as well. */
export function fitted(text: string, px: number, letters: Letters, end = ''): string {
  const name = `${px} ${letters.px} ${end} ${text}`
  const known = cuts.get(name)
  if (known !== undefined) return known
  return kept(cuts, name, cut(text, px, letters, end))
}

/** Where there is little room: an ellipsis costs a letter, so two letters stand alone; and one says nothing. */
export function abbreviated(text: string, px: number, letters: Letters): string {
  const bare = fitted(text, px, letters)
  if (bare.includes(text)) return bare
  const count = [...bare].length - ISOLATES
  return count < 2 ? '' : count < 3 ? bare : fitted(text, px, letters, '…')
}

function cut(text: string, px: number, letters: Letters, end: string): string {
  if (widthOf(text, letters) <= px) return TURNS.test(text) ? isolated(text) : text
  const all = [...text]
  while (all.length > 1) {
    all.pop()
    const part = all.join('').trimEnd() + end
    if (widthOf(part, letters) <= px) return isolated(part)
  }
  return ''
}

/** Letters that are read the other way leave what stands beside them where it is. */
const TURNS = /[\u0590-\u08ff]/
const ISOLATES = 2
const isolated = (text: string) => `\u2068${text}\u2069`

function kept<T>(all: Map<string, T>, name: string, value: T): T {
  if (all.size >= MOST_KEPT) all.clear()
  all.set(name, value)
  return value
}

function measured(text: string, { px, weight }: Letters): number {
  context ??= globalThis.document?.createElement('canvas').getContext?.('2d') ?? null
  if (!context) return text.length * px * SHARE_OF_SIZE
  family ||= getComputedStyle(document.body).fontFamily
  const asked = `${weight} ${px}px ${family}`
  // What the context answers is written in its own way.
  if (font !== asked) context.font = font = asked
  return context.measureText(text).width
}
