/** Which nights to ask the server for: those on screen in one request, then the neighbours before anybody scrolls to them. */
import type { Span } from './days'
import { gaps, type Segment } from './merge'

const LEAST_NIGHTS = 31
const MOST_NIGHTS = 45
/** Beside a view that is wider than that: it is turned by its buttons, and every night of a large house takes memory. */
const LEAST_BESIDE = 7

export interface Load extends Span {
  readonly why: 'shown' | 'ahead'
}

/** The next request for a chart that shows `shown`, `null` when all is there. */
export function nextLoad(segments: readonly Segment[], shown: Span): Load | null {
  const missing = gaps(segments, shown)
  const first = missing[0]
  const last = missing[missing.length - 1]
  if (first && last) {
    // No more than is seen, which waits for it; what is beside follows.
    const spare = Math.max(0, Math.ceil((LEAST_NIGHTS - (last.to - first.from)) / 2))
    return { from: first.from - spare, to: last.to + spare, why: 'shown' }
  }
  const beside = shown.to - shown.from > MOST_NIGHTS ? LEAST_BESIDE : LEAST_NIGHTS
  const neighbours = [
    { from: shown.to, to: shown.to + beside },
    { from: shown.from - beside, to: shown.from },
  ]
  for (const neighbour of neighbours) {
    const gap = gaps(segments, neighbour)[0]
    if (!gap) continue
    // A whole load that begins at the gap: a night more on screen does not ask for one night more.
    return neighbour.from >= shown.to
      ? { from: gap.from, to: gap.from + beside, why: 'ahead' }
      : { from: gap.to - beside, to: gap.to, why: 'ahead' }
  }
  return null
}

/** The time axis: what is loaded without a gap around `shown`. */
export function axisOf(segments: readonly Segment[], shown: Span): Span {
  let { from, to } = shown
  for (const segment of segments) if (segment.from <= to && segment.to > to) to = segment.to
  for (const segment of [...segments].reverse())
    if (segment.to >= from && segment.from < from) from = segment.from
  return { from, to }
}

/** What to ask for again after a change in the house: all that is loaded around `shown`, in requests of a size, what is seen first. */
export function reloads(segments: readonly Segment[], shown: Span): Load[] {
  const axis = axisOf(segments, shown)
  const first: Load = { from: shown.from, to: shown.to, why: 'shown' }
  const rest: Load[] = []
  for (let from = shown.to; from < axis.to; from += MOST_NIGHTS)
    rest.push({ from, to: Math.min(axis.to, from + MOST_NIGHTS), why: 'ahead' })
  for (let to = shown.from; to > axis.from; to -= MOST_NIGHTS)
    rest.push({ from: Math.max(axis.from, to - MOST_NIGHTS), to, why: 'ahead' })
  return [first, ...rest]
}
