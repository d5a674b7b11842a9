/**
 * What the chart knows. Truth comes in as charts of any window and as answers about single stays; what is shown is the truth with the
 * changes that have not been answered yet on top. Each row counts its own changes, so that a view draws again only what differs.
 */
import type { Chart, ChartRoom, ChartType } from './chart'
import { contains, type Night, nightOf, overlaps, type Span } from './days'
import { type Bar, byStart, type Item, lanesOf, sameItems } from './items'
import { gaps, mergeSubjects, openTo, type Segment, type Subject, spanOf, told } from './merge'
import { Pending } from './pending'
import { Reading } from './reading'
import { groupRowId, laneRowId, type Row, type RowId, rowsOf, sameRows } from './rows'
import { Signals } from './signals'
import type { Edit, Told } from './told'
import { Feet, type Totals } from './totals'

const NOTHING: readonly Item[] = []

export class Model {
  propertyId = ''
  currency = ''
  businessDate: Night = 0
  /** Of the newest chart. */
  revision = -1
  types: readonly ChartType[] = []
  rows: readonly Row[] = []
  segments: readonly Segment[] = []

  private subjects = new Map<string, Subject>()
  private truthRooms = new Map<string, ChartRoom>()
  private rooms = new Map<string, ChartRoom>()
  private feet = new Feet()
  private readonly pending = new Pending()
  private held = new Map<string, readonly Item[]>()

  /** The first chart, as long as nobody asked for more than rows of it. */
  private unread: Reading | null = null
  private isTelling = true
  private shown = new Map<string, readonly Item[]>()
  /** By room, or by type for all that waits. */
  private bases = new Map<string, Set<Item>>()
  private byRow = new Map<RowId, readonly Item[]>()
  private rowIndex = new Map<RowId, number>()
  private laneCount = new Map<string, number>()
  private dirty = new Set<string>()
  private signals = new Signals()
  private clock = 0
  private depth = 0

  static of(chart: Chart): Model {
    const model = new Model()
    model.patch(chart)
    return model
  }

  /** A mark to be taken when a chart is asked for, and handed in with it. */
  ask(): number {
    return this.clock
  }

  /** False when all its nights were told at a newer revision: then it says nothing new. */
  patch(chart: Chart, asked: number = this.clock): boolean {
    const span = spanOf(chart)
    const open = openTo(this.segments, span, chart.revision)
    if (open.length === 0) return false
    const isFirst = this.segments.length === 0 && this.subjects.size === 0 && this.pending.isEmpty
    this.batch(() => {
      const reading = new Reading(chart, asked)
      if (isFirst) this.takeRows(reading)
      else this.read(reading)
      this.takeHouse(chart, span)
      if (this.feet.take(chart, open, asked)) this.signals.touch('totals')
      this.segments = told(this.segments, open, chart.revision)
    })
    return true
  }

  /** The rows of the first chart, put in order while its bars are on the way. Nobody is told before these come. */
  lay(head: Chart): void {
    if (this.revision >= 0) return
    this.depth += 1
    this.takeLanes(new Reading(head, this.clock))
    this.takeHouse(head, spanOf(head))
    this.depth -= 1
    this.redraw()
  }

  private takeRows(reading: Reading): void {
    this.unread = reading
    this.takeLanes(reading)
    // Whoever drew a row meanwhile drew it empty.
    for (const { id } of reading.chart.rooms) this.signals.touch(id)
  }

  private takeLanes(reading: Reading): void {
    for (const { id } of reading.chart.roomTypes) {
      const lanes = reading.lanesOf(id)
      for (const [row, items] of lanes) this.setRow(row, items)
      this.laneCount.set(id, lanes.length)
    }
  }

  private read(reading: Reading): void {
    const { chart, asked } = reading
    const news = { span: spanOf(chart), revision: chart.revision, asked, drawn: reading.bySubject() }
    for (const [id, subject] of mergeSubjects(this.subjects, this.segments, news)) {
      if (subject) this.subjects.set(id, subject)
      else this.subjects.delete(id)
      this.show(id)
    }
  }

  /** More than rows is asked: now all of the first chart is read. Nothing looks otherwise for it, so nobody is told. */
  private readAll(): void {
    const { unread } = this
    if (!unread) return
    this.unread = null
    this.isTelling = false
    this.batch(() => this.read(unread))
    this.isTelling = true
  }

  /** The answer to a change, or one stay read by itself. It stands against charts that were asked for before. */
  put(answers: readonly Told[]): void {
    this.batch(() => {
      this.clock += 1
      for (const answer of answers) {
        const known = this.subjects.get(answer.id)
        if (answer.items && !(known && known.version > answer.version)) {
          const items = answer.items.filter((item) =>
            this.segments.some((segment) => overlaps(segment, item)),
          )
          this.feet.doubt([...(known?.items ?? []), ...items], this.clock)
          this.subjects.set(answer.id, { items, version: answer.version, acceptedAt: this.clock })
          this.show(answer.id)
        }
        const room = this.truthRooms.get(answer.id)
        if (answer.room && room) this.truthRooms.set(room.id, { ...room, ...answer.room })
        if (room) this.showRoom(room.id)
      }
    })
  }

  /** Forgets the nights outside of `span`. */
  keepOnly(span: Span): void {
    this.batch(() => {
      this.segments = this.segments
        .map((s) => ({ ...s, from: Math.max(s.from, span.from), to: Math.min(s.to, span.to) }))
        .filter((s) => s.from < s.to)
      for (const [id, subject] of this.subjects) {
        const items = subject.items.filter((item) => this.segments.some((segment) => overlaps(segment, item)))
        if (items.length === subject.items.length) continue
        if (items.length === 0) this.subjects.delete(id)
        else this.subjects.set(id, { ...subject, items })
        this.show(id)
      }
      this.feet.keepOnly(span)
    })
  }

  // Changes that wait for their answer.

  /** A change shows at once. */
  begin(change: string, edits: readonly Edit[]): void {
    this.readAll()
    this.batch(() => this.showAgain(this.pending.begin(change, edits)))
  }

  /** Refused: as it was. Answered: give the truth with it. */
  end(change: string, answers: readonly Told[] = []): void {
    const edits = this.pending.end(change)
    this.batch(() => {
      this.put(answers)
      this.showAgain(edits)
    })
  }

  isPending(id: string): boolean {
    return this.pending.has(id)
  }

  /** Taken in hand: nothing from outside touches it until it is let go. */
  hold(id: string): void {
    this.readAll()
    this.held.set(id, this.shown.get(id) ?? NOTHING)
  }

  letGo(id: string): void {
    if (this.held.delete(id)) this.batch(() => this.show(id))
  }

  // What is shown.

  itemsOf(row: RowId): readonly Item[] {
    const known = this.byRow.get(row)
    if (known || !this.unread) return known ?? NOTHING
    const items = this.unread.itemsOf(row)
    this.byRow.set(row, items)
    return items
  }

  item(key: string): Item | undefined {
    this.readAll()
    const id = key.startsWith('block:') ? key.slice('block:'.length) : (key.split('@')[0] ?? key)
    return this.shown.get(id)?.find((item) => item.key === key)
  }

  /** The shown bars of a stay, in the order of nights. */
  stay(id: string): readonly Bar[] {
    this.readAll()
    return (this.shown.get(id) ?? NOTHING).filter((item): item is Bar => item.kind === 'stay')
  }

  /** Of the truth, also while a change waits. */
  versionOfSubject(id: string): number | undefined {
    this.readAll()
    return this.subjects.get(id)?.version ?? this.truthRooms.get(id)?.version
  }

  onNight(row: RowId, night: Night): Item | undefined {
    return this.itemsOf(row).find((item) => contains(item, night))
  }

  within(row: RowId, span: Span): readonly Item[] {
    return this.itemsOf(row).filter((item) => overlaps(item, span))
  }

  room(id: string): ChartRoom | undefined {
    return this.rooms.get(id)
  }

  row(id: RowId): Row | undefined {
    const index = this.rowIndex.get(id)
    return index === undefined ? undefined : this.rows[index]
  }

  type(id: string): ChartType | undefined {
    return this.types.find((type) => type.id === id)
  }

  /** The row on which an item lies. */
  rowOf(item: Item): RowId | undefined {
    if (item.roomId !== null) return item.roomId
    const typeId = item.kind === 'stay' ? (item.typeId ?? '') : ''
    for (let lane = 0; lane < (this.laneCount.get(typeId) ?? 0); lane += 1) {
      if (this.itemsOf(laneRowId(typeId, lane)).some((other) => other.key === item.key))
        return laneRowId(typeId, lane)
    }
    return undefined
  }

  total(night: Night): Totals | undefined {
    return this.feet.of(night)
  }

  /** False from when a stay or a block on it changed until a chart tells its sums. */
  isSummed(night: Night): boolean {
    return this.feet.isTrue(night)
  }

  /** The nights that are not summed, and what is between them. */
  get unsummed(): Span | null {
    return this.feet.doubted
  }

  isLoaded(span: Span): boolean {
    return gaps(this.segments, span).length === 0
  }

  // Who wants to know.

  /** `row` of a row; `structure` when rows come, go or change places; `totals`; `window` when nights were loaded or forgotten. */
  subscribe(topic: string, listener: () => void): () => void {
    return this.signals.subscribe(topic, listener)
  }

  versionOf(topic: string): number {
    return this.signals.versionOf(topic)
  }

  /** Many changes, told once. */
  batch(changes: () => void): void {
    this.readAll()
    const before = this.segments
    this.depth += 1
    try {
      changes()
    } finally {
      this.depth -= 1
      if (before !== this.segments) this.signals.touch('window')
      if (this.depth === 0) {
        this.redraw()
        this.signals.flush()
      }
    }
  }

  private takeHouse(chart: Chart, span: Span): void {
    if (chart.revision < this.revision) {
      for (const room of chart.rooms) if (!this.truthRooms.has(room.id)) this.truthRooms.set(room.id, room)
    } else {
      this.propertyId = chart.propertyId
      this.currency = chart.currency
      this.businessDate = nightOf(chart.businessDate)
      this.types = chart.roomTypes
      this.revision = chart.revision
      // A chart names the rooms that are still open at its start, so only the earliest can say that one is gone.
      const first = this.segments[0]
      if (!first || span.from <= first.from) this.truthRooms = new Map()
      for (const room of chart.rooms) {
        const known = this.rooms.get(room.id)
        this.truthRooms.set(room.id, known && known.version > room.version ? known : room)
      }
    }
    for (const id of this.rooms.keys()) if (!this.truthRooms.has(id)) this.rooms.delete(id)
    for (const id of this.truthRooms.keys()) this.showRoom(id)
    this.dirty.add('house')
  }

  private showAgain(edits: readonly Edit[]): void {
    for (const edit of edits) {
      if (edit.items) this.show(edit.id)
      if (edit.room) this.showRoom(edit.id)
    }
  }

  private showRoom(id: string): void {
    const truth = this.truthRooms.get(id)
    if (!truth) return
    const room = this.pending.roomOf(truth)
    const known = this.rooms.get(id)
    if (known === room || (known && JSON.stringify(known) === JSON.stringify(room))) return
    this.rooms.set(id, room)
    this.signals.touch(id)
    if (known?.roomNumber !== room.roomNumber || known?.roomTypeId !== room.roomTypeId)
      this.dirty.add('house')
  }

  /** Pending before held before true: a hand that opened has made a change, which waits. */
  private now(id: string): readonly Item[] {
    return this.pending.itemsOf(id, this.held.get(id) ?? this.subjects.get(id)?.items ?? NOTHING)
  }

  private show(id: string): void {
    const before = this.shown.get(id) ?? NOTHING
    const after = this.now(id)
    if (before === after || sameItems(before, after)) return
    for (const item of before) this.base(item)?.delete(item)
    for (const item of after) this.base(item)?.add(item)
    if (after.length > 0) this.shown.set(id, after)
    else this.shown.delete(id)
  }

  private base(item: Item): Set<Item> | undefined {
    const name =
      item.roomId ?? (item.kind === 'stay' && item.typeId !== null ? groupRowId(item.typeId) : null)
    if (name === null) return undefined
    this.dirty.add(name)
    const known = this.bases.get(name)
    if (known) return known
    const made = new Set<Item>()
    this.bases.set(name, made)
    return made
  }

  private redraw(): void {
    const dirty = this.dirty
    this.dirty = new Set()
    for (const name of dirty) {
      const sorted = [...(this.bases.get(name) ?? [])].sort(byStart)
      if (!name.startsWith('type:')) {
        if (name !== 'house') this.setRow(name, sorted)
        continue
      }
      const typeId = name.slice('type:'.length)
      const lanes = lanesOf(sorted)
      const known = this.laneCount.get(typeId) ?? 0
      for (let lane = 0; lane < Math.max(lanes.length, known); lane += 1)
        this.setRow(laneRowId(typeId, lane), lanes[lane] ?? NOTHING)
      this.laneCount.set(typeId, lanes.length)
      if (known !== lanes.length) dirty.add('house')
    }
    if (dirty.has('house'))
      this.setRows(rowsOf(this.types, this.rooms.values(), (typeId) => this.laneCount.get(typeId) ?? 0))
  }

  private setRow(row: RowId, items: readonly Item[]): void {
    const known = this.byRow.get(row) ?? NOTHING
    if (sameItems(known, items)) return
    if (items.length > 0) this.byRow.set(row, items)
    else this.byRow.delete(row)
    if (this.isTelling) this.signals.touch(row)
  }

  private setRows(rows: readonly Row[]): void {
    if (sameRows(this.rows, rows)) return
    this.rows = rows
    this.rowIndex = new Map(rows.map((row, n) => [row.id, n]))
    this.signals.touch('structure')
  }
}
