/**
 * How an answer about some nights becomes part of what is known of others. Every night remembers the revision that it was told at;
 * an answer is the truth for its nights that were not told anything newer.
 */
import type { Chart } from './chart'
import { nightOf, overlaps, type Span } from './days'
import { type Bar, barOf, type Item, sameItem, sameItems } from './items'

export interface Segment extends Span {
  readonly revision: number
}

/** A stay or a block, with all that is known of its pieces. */
export interface Subject {
  readonly items: readonly Item[]
  readonly version: number
  /** When its own answer came; a chart that was asked for before that cannot know better. 0: known from charts alone. */
  readonly acceptedAt: number
}

export function spanOf(chart: Chart): Span {
  const from = nightOf(chart.start)
  return { from, to: from + chart.days }
}

/** The nights of `span` that this revision may speak of. */
export function openTo(segments: readonly Segment[], span: Span, revision: number): Span[] {
  let open: Span[] = [span]
  for (const segment of segments) {
    if (segment.revision > revision) open = open.flatMap((part) => without(part, segment))
  }
  return open
}

/** The nights of `span` of which nothing is known. */
export function gaps(segments: readonly Segment[], span: Span): Span[] {
  return segments.reduce<Span[]>((open, segment) => open.flatMap((part) => without(part, segment)), [span])
}

function without(span: Span, cut: Span): Span[] {
  if (!overlaps(span, cut)) return [span]
  const rest = [
    { from: span.from, to: cut.from },
    { from: cut.to, to: span.to },
  ]
  return rest.filter((part) => part.from < part.to)
}

/** The segments after `spans` were told at `revision`; sorted, and equal neighbours are one. */
export function told(segments: readonly Segment[], spans: readonly Span[], revision: number): Segment[] {
  const kept = segments.flatMap((segment) =>
    spans
      .reduce<Span[]>((parts, span) => parts.flatMap((part) => without(part, span)), [segment])
      .map((part) => ({ ...part, revision: segment.revision })),
  )
  const all = [...kept, ...spans.map((span) => ({ from: span.from, to: span.to, revision }))].sort(
    (a, b) => a.from - b.from,
  )
  const out: Segment[] = []
  for (const segment of all) {
    const last = out[out.length - 1]
    if (last && last.to === segment.from && last.revision === segment.revision)
      out[out.length - 1] = { ...last, to: segment.to }
    else out.push(segment)
  }
  return out
}

export interface News {
  readonly span: Span
  readonly revision: number
  readonly asked: number
  readonly drawn: ReadonlyMap<string, readonly Item[]>
}

/** The subjects that are not as they were; `null` for those of which nothing is left. */
export function mergeSubjects(
  subjects: ReadonlyMap<string, Subject>,
  segments: readonly Segment[],
  news: News,
): Map<string, Subject | null> {
  const newer = segments.filter((segment) => segment.revision > news.revision)
  const isNewer = (item: Item) => newer.some((segment) => overlaps(segment, item))
  const changes = new Map<string, Subject | null>()
  for (const [id, known] of subjects) {
    const next = mergeSubject(known, news, news.drawn.get(id) ?? [], isNewer)
    if (next !== known) changes.set(id, next)
  }
  for (const [id, drawn] of news.drawn) {
    if (subjects.has(id)) continue
    const next = mergeSubject(undefined, news, drawn, isNewer)
    if (next) changes.set(id, next)
  }
  return changes
}

function mergeSubject(
  known: Subject | undefined,
  news: News,
  drawn: readonly Item[],
  isNewer: (item: Item) => boolean,
): Subject | null {
  if (known && known.acceptedAt > news.asked && !(drawn[0] && drawn[0].version >= known.version)) return known
  const fresh = drawn.filter((item) => !isNewer(item))
  const kept = known ? known.items.filter((item) => !overlaps(item, news.span) || isNewer(item)) : []
  if (known && kept.length > 0 && kept.length === known.items.length && fresh.length === 0) return known
  const together = kept.length === 0 ? fresh : combined([...kept, ...fresh])
  if (together.length === 0) return null
  const items = together.map((item) => known?.items.find((old) => sameItem(old, item)) ?? item)
  const version = Math.max(...items.map((item) => item.version))
  if (known && known.version === version && known.acceptedAt === 0 && sameItems(known.items, items))
    return known
  return { items, version, acceptedAt: 0 }
}

/** Pieces of several answers: the newest says how the stay is, and an older piece stays only where it can still be true. */
function combined(items: readonly Item[]): Item[] {
  const version = Math.max(...items.map((item) => item.version))
  const newest = items.filter((item) => item.version === version)
  const facts = newest[0]
  if (!facts || facts.kind === 'block') return facts ? [facts] : []
  const bars = items.filter((item): item is Bar => item.kind === 'stay')
  const older = bars.filter(
    (bar) =>
      bar.version < version &&
      facts.checkIn <= bar.from &&
      bar.to <= facts.checkOut &&
      !newest.some((item) => overlaps(item, bar)),
  )
  const brought = older.map((bar) => barOf({ ...factsAlone(facts) }, bar, bar.typeId))
  return [...newest, ...brought].sort((a, b) => a.from - b.from)
}

function factsAlone(bar: Bar) {
  const { kind: _kind, key: _key, roomId: _room, typeId: _type, from: _from, to: _to, ...facts } = bar
  return facts
}
