/** `101–120, 201, A1-A9`: the numbers of many doors, as a person writes them. */

export type NumbersFault = 'unreadable' | 'backwards' | 'too-many'

export interface NumberSeries {
  numbers: string[]
  /** The part that cannot be read. */
  fault?: { part: string; why: NumbersFault }
}

const mostAtOnce = 200
const longestNumber = 20

const series = /^(.*?)(\d+)\s*(?:-|–|—|…|\.{2,3}|to)\s*(.*?)(\d+)$/i

function readPart(part: string): string[] | NumbersFault {
  const match = series.exec(part)
  if (!match) return part.length <= longestNumber && !/[–—…]/.test(part) ? [part] : 'unreadable'
  const [, before = '', first = '', again = '', last = ''] = match
  // `A1–A9` and `A1–9` are the same; `A1–B9` is none.
  if (again.trim() && again.trim() !== before.trim()) return 'unreadable'
  const [from, to] = [Number(first), Number(last)]
  if (to < from) return 'backwards'
  if (to - from >= mostAtOnce) return 'too-many'
  return Array.from(
    { length: to - from + 1 },
    (_, n) => before + String(from + n).padStart(first.length, '0'),
  )
}

export function readNumbers(text: string): NumberSeries {
  const numbers: string[] = []
  for (const part of text.split(/[,;،؛\n]/).map((one) => one.trim())) {
    if (!part) continue
    const read = readPart(part)
    if (typeof read === 'string') return { numbers: [], fault: { part, why: read } }
    numbers.push(...read)
    if (numbers.length > mostAtOnce) return { numbers: [], fault: { part, why: 'too-many' } }
  }
  return { numbers: [...new Set(numbers)] }
}

/** On which floor a room of this number usually is: `1203` on the 12th. Undefined where the number does not say. */
export function floorOf(number: string): string | undefined {
  const match = /^(\d{1,2})\d\d$/.exec(number)
  return match?.[1]
}
