/**
 * Calendars in text, for tests: the notation of the server's `tests/calendar`.
 *
 *     101 |AAA.BB.     a room; each letter is a stay, in capitals until its guest is in the house
 *     102 |..cc##.     # out of order, % maintenance, + house use, ~ hold
 *     STD |.DD....     stays that wait for a room of the type; rooms from 200 on are of the type SUITE
 *
 * The first night is 2027-02-01 unless said otherwise. A letter in two rooms is a split stay.
 */
import type { Chart, ChartBar, ChartBlock, ChartWaiting } from '../chart'
import { dateOf, type Night, nightOf } from '../days'
import type { Item } from '../items'
import { Model } from '../model'

export const FIRST: Night = nightOf('2027-02-01')
const BLOCKS: Readonly<Record<string, string>> = {
  '#': 'OUT_OF_ORDER',
  '%': 'MAINTENANCE',
  '+': 'HOUSE_USE',
  '~': 'HOLD',
}

export interface Drawn {
  readonly first?: Night
  /** The business date, counted from the first night. */
  readonly today?: number
  readonly revision?: number
  /** By letter; 1 if not said. */
  readonly versions?: Readonly<Record<string, number>>
  readonly pinned?: string
  readonly over?: string
}

interface Run {
  readonly sign: string
  readonly row: string
  readonly from: Night
  readonly to: Night
}

const typeOf = (row: string) => (/^\d/.test(row) ? (Number(row) < 200 ? 'STD' : 'SUITE') : row)

export function chartOf(text: string, drawn: Drawn = {}): Chart {
  const first = drawn.first ?? FIRST
  const rows = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const cells = rows.map((line): [string, string] => {
    const [row = '', nights = ''] = line.split('|')
    return [row.trim(), nights]
  })
  const days = Math.max(...cells.map(([, nights]) => nights.length))
  const runs = cells.flatMap(([row, nights]) => runsOf(row, nights, first))
  const rooms = cells.map(([row]) => row).filter((row) => /^\d/.test(row))
  const types = [...new Set(['STD', ...cells.map(([row]) => typeOf(row))])]
  return {
    propertyId: 'P',
    start: dateOf(first),
    days,
    businessDate: dateOf(first + (drawn.today ?? 0)),
    currency: 'EUR',
    revision: drawn.revision ?? 1,
    roomTypes: types.map((id) => ({ id, code: id, name: id })),
    rooms: rooms.map((id) => ({
      id,
      roomNumber: id,
      roomTypeId: typeOf(id),
      status: 'VACANT_CLEAN',
      isInspected: false,
      version: 1,
    })),
    ...itemsOf(runs, drawn),
    dates: Array.from({ length: days }, (_, n) => totals(first + n, types, rooms, runs)),
  }
}

export function modelOf(text: string, drawn: Drawn = {}): Model {
  return Model.of(chartOf(text, drawn))
}

function runsOf(row: string, nights: string, first: Night): Run[] {
  const runs: Run[] = []
  for (const match of nights.matchAll(/([^.])\1*/g)) {
    const from = first + match.index
    runs.push({ sign: match[1] ?? '', row, from, to: from + match[0].length })
  }
  return runs
}

function itemsOf(runs: readonly Run[], drawn: Drawn): Pick<Chart, 'bars' | 'blocks' | 'unassigned'> {
  const bars: ChartBar[] = []
  const blocks: ChartBlock[] = []
  const unassigned: ChartWaiting[] = []
  for (const run of runs) {
    const type = BLOCKS[run.sign]
    const span = { startDate: dateOf(run.from), endDate: dateOf(run.to) }
    if (type) {
      blocks.push({
        id: `${run.sign}${run.row}${run.from}`,
        roomId: run.row,
        ...span,
        blockType: type,
        reason: null,
        version: 1,
      })
      continue
    }
    const id = run.sign.toUpperCase()
    const own = runs.filter((other) => other.sign === run.sign)
    const stay = {
      reservationId: id,
      checkInDate: dateOf(Math.min(...own.map((one) => one.from))),
      checkOutDate: dateOf(Math.max(...own.map((one) => one.to))),
      status: drawn.over?.includes(id) ? 'CHECKED_OUT' : run.sign === id ? 'CONFIRMED' : 'CHECKED_IN',
      lastName: id,
      adults: 2,
      children: 0,
      sourceType: 'DIRECT',
      version: drawn.versions?.[id] ?? 1,
    }
    if (/^\d/.test(run.row)) {
      const { checkInDate, checkOutDate, ...facts } = stay
      // Of a stay in one piece the server does not say its dates twice.
      const ends = {
        ...(checkInDate !== span.startDate && { checkInDate }),
        ...(checkOutDate !== span.endDate && { checkOutDate }),
      }
      bars.push({
        ...facts,
        ...ends,
        roomId: run.row,
        ...span,
        isPinned: drawn.pinned?.includes(id) ?? false,
      })
    } else unassigned.push({ ...stay, roomTypeId: run.row })
  }
  // The server sends the bars last, and then the dates.
  return { blocks, unassigned, bars }
}

function totals(night: Night, types: readonly string[], rooms: readonly string[], runs: readonly Run[]) {
  const there = runs.filter((run) => run.from <= night && night < run.to)
  const sold = there.filter((run) => !BLOCKS[run.sign]).length
  const left = (type: string) =>
    rooms.filter((row) => typeOf(row) === type).length -
    there.filter((run) => typeOf(run.row) === type).length
  return {
    date: dateOf(night),
    sold,
    available: rooms.length - there.length,
    availableByType: types.map(left),
    offMarket: there.length - sold,
    arrivals: 0,
    departures: 0,
    occupancyPercent: rooms.length > 0 ? Math.round((100 * sold) / rooms.length) : 0,
  }
}

/** As the model shows it: rooms, then lanes that hold something. */
export function drawnBy(model: Model, days: number, first: Night = FIRST): string {
  const signs = Object.entries(BLOCKS)
  const lines = model.rows.flatMap((row) => {
    const items = model.itemsOf(row.id)
    if (row.kind === 'group' || (row.kind === 'lane' && items.length === 0)) return []
    const cells = Array.from({ length: days }, (_, n) => {
      const item = items.find((one) => one.from <= first + n && first + n < one.to)
      if (!item) return '.'
      if (item.kind === 'block') return signs.find(([, type]) => type === item.blockType)?.[0] ?? '?'
      return item.status === 'CHECKED_IN'
        ? item.id.toLowerCase()
        : item.status === 'CHECKED_OUT'
          ? '='
          : item.id
    })
    return [
      {
        isLane: row.kind === 'lane',
        text: `${row.kind === 'lane' ? row.typeId : row.id} |${cells.join('')}`,
      },
    ]
  })
  return [...lines.filter((line) => !line.isLane), ...lines.filter((line) => line.isLane)]
    .map((line) => line.text)
    .join('\n')
}

/** Without the blanks of the margin. */
export function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** For a test's message: where everything is. */
export function whereAll(model: Model): Record<string, readonly string[]> {
  const text = (item: Item) => `${item.key} ${dateOf(item.from)}/${dateOf(item.to)} v${item.version}`
  return Object.fromEntries(model.rows.map((row) => [row.id, model.itemsOf(row.id).map(text)]))
}
