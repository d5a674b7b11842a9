import type { Chart, ChartBar, ChartBlock } from './chart'
import { barOfChart, barOfWaiting, blockOfChart, byStart, type Item, lanesOf } from './items'
import { laneRowId, type RowId } from './rows'

type Raw = ChartBar | ChartBlock
type Rows<T> = (row: RowId) => readonly T[]

/**
 * A chart being read. A thousand rooms have eight thousand bars and a screen two hundred, which must not wait for the others: rows can be
 * asked for one by one before all is read. A bar is made once, whoever asks first.
 */
export class Reading {
  readonly chart: Chart
  /** When it was asked for. */
  readonly asked: number
  private readonly waiting: readonly Item[]
  private readonly made = new Map<Raw, Item>()
  /** Each bar of an answer names its room in letters of its own: one copy for all takes a tenth less memory. */
  private readonly names: ReadonlyMap<string, string>
  private rows: { bars: Rows<ChartBar>; blocks: Rows<ChartBlock> } | undefined

  constructor(chart: Chart, asked: number) {
    this.chart = chart
    this.asked = asked
    this.names = new Map(chart.rooms.map(({ id }) => [id, id]))
    this.waiting = chart.unassigned.map(barOfWaiting)
  }

  bySubject(): Map<string, Item[]> {
    const drawn = new Map<string, Item[]>()
    const add = (item: Item) => {
      const items = drawn.get(item.id)
      if (items) items.push(item)
      else drawn.set(item.id, [item])
    }
    for (const bar of this.chart.bars) add(this.itemOf(bar))
    for (const bar of this.waiting) add(bar)
    for (const block of this.chart.blocks) add(this.itemOf(block))
    return drawn
  }

  /** Of a room. */
  itemsOf(row: RowId): readonly Item[] {
    const { bars, blocks } = this.chart
    this.rows ??= { bars: bars.of?.bind(bars) ?? byRoom(bars), blocks: byRoom(blocks) }
    const drawn: readonly Raw[] = [...this.rows.bars(row), ...this.rows.blocks(row)]
    return drawn.map((one) => this.itemOf(one)).sort(byStart)
  }

  /** Rows of stays that wait for a room of the type. */
  lanesOf(typeId: string): (readonly [RowId, readonly Item[]])[] {
    const own = this.waiting.filter((item) => item.kind === 'stay' && item.typeId === typeId)
    return lanesOf(own.sort(byStart)).map((lane, n) => [laneRowId(typeId, n), lane])
  }

  private itemOf(one: Raw): Item {
    const known = this.made.get(one)
    if (known) return known
    const room = this.names.get(one.roomId) ?? one.roomId
    const item = 'reservationId' in one ? barOfChart(one, room) : blockOfChart(one, room)
    this.made.set(one, item)
    return item
  }
}

function byRoom<T extends Raw>(list: Iterable<T>): Rows<T> {
  const rows = new Map<RowId, T[]>()
  for (const one of list) {
    const row = rows.get(one.roomId)
    if (row) row.push(one)
    else rows.set(one.roomId, [one])
  }
  return (row) => rows.get(row) ?? []
}
