import { type Hotel, plus, type Stay } from './hotel'

/** The guests of a drawing: a letter is the initial of the last name. */
export const names = {
  A: 'Archer',
  B: 'Baker',
  C: 'Carter',
  D: 'Dixon',
  E: 'Evans',
  F: 'Foster',
  G: 'Gray',
} as const
export type Letter = keyof typeof names

const types: Record<string, string> = { Standard: 'STD', Suite: 'STE' }
const blocks: Record<string, string> = {
  '#': 'OUT_OF_ORDER',
  '%': 'MAINTENANCE',
  '+': 'HOUSE_USE',
  '~': 'HOLD',
}

/**
 * Puts a drawing into a hotel, the first column being the business date:
 *
 *     101 |AAA.BB.     a letter is a stay, in small letters when its guest is in the house
 *     102 |..CC##.     # out of order, % maintenance, + house use, ~ hold
 *     STD |.DD....     waits for a room of the type
 */
export async function furnish(hotel: Hotel, drawing: string): Promise<Record<Letter, Stay>> {
  const stays: Partial<Record<Letter, Stay>> = {}
  for (const [row, nights] of linesOf(drawing)) {
    for (const run of nights.matchAll(/([^.])\1*/g)) {
      const sign = run[1] ?? ''
      const [from, to] = [run.index, run.index + run[0].length]
      const blockType = blocks[sign]
      if (blockType) {
        await hotel.post('/room-blocks', {
          propertyId: hotel.id,
          roomId: hotel.room(row),
          startDate: plus(hotel.today, from),
          endDate: plus(hotel.today, to),
          blockType,
        })
        continue
      }
      const letter = sign.toUpperCase() as Letter
      const isLane = !/^\d/.test(row)
      const more = isLane ? { roomTypeId: hotel.types.get(row) } : {}
      const stay = await hotel.book(isLane ? null : row, from, to, names[letter], more)
      stays[letter] = sign === letter ? stay : await hotel.act(stay, 'check-in')
    }
  }
  return stays as Record<Letter, Stay>
}

/** Stays and blocks of every kind, so that each look and each name is there. */
export async function furnishAll(hotel: Hotel): Promise<void> {
  await furnish(
    hotel,
    `
    101 |aaa.BB..
    102 |CC##....
    103 |.%%.++~~
    201 |...EE...
    STD |.DD.....`,
  )
  await hotel.book('104', 4, 6, 'Foster', { status: 'HOLD', sourceType: 'OTA', children: 1 })
  await hotel.book('202', 2, 6, 'Gray', { internalNotes: 'Late', isPinned: true, sourceType: 'PHONE' })
}

export function linesOf(drawing: string): [string, string][] {
  return drawing
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [row = '', nights = ''] = line.split('|')
      return [row.trim(), nights.trim()]
    })
}

/** What is said of a cell of the tree grid, and how it looks. */
export interface ToldCell {
  name: string
  column: number
  span: number
  look: string
}

export interface ToldRow {
  name: string
  index: number
  cells: ToldCell[]
}

export const written = (lines: [string, string][]) =>
  lines.map(([row, nights]) => `${row.padEnd(3)} |${nights}`).join('\n')

/** A room by its number, a lane by its type: those are data, alike in every language. */
export function nameOf(row: string): RegExp {
  const type = Object.entries(types).find(([, code]) => code === row)?.[0]
  return type ? new RegExp(`^(?!.*\\b\\d{3}\\b).*\\S.*, ${type}, `) : new RegExp(`\\b${row}\\b`)
}

export function codeOf({ name }: ToldRow): string {
  const type = Object.entries(types).find(([one]) => name.includes(one))?.[1] ?? ''
  return /\b\d{3}\b/.exec(name)?.[0] ?? type
}

export function signOf({ name, look }: ToldCell): string {
  const kinds = look.split(' ')
  if (!kinds.includes('bar')) return '.'
  if (kinds.includes('is-block'))
    return Object.entries(blocks).find(([, kind]) => kinds.includes(`is-${kind.toLowerCase()}`))?.[0] ?? '?'
  const initial = name.split(',')[0]?.split(' ').at(-1)?.charAt(0) ?? '?'
  return kinds.includes('is-checked_in') ? initial.toLowerCase() : initial
}
