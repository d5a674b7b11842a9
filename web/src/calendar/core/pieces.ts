/**
 * What the server makes of the pieces of a stay, so that the screen can show it before the answer comes. The server's
 * `src/reservations/rules.rs` and `move_stay.rs` are the truth; the tests here draw the same calendars.
 */
import type { Night, Span } from './days'
import type { Piece } from './items'

/** Neighbours in one room become one piece. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = []
  for (const piece of pieces) {
    const last = out[out.length - 1]
    if (last && last.roomId === piece.roomId && last.to === piece.from)
      out[out.length - 1] = { ...last, to: piece.to }
    else out.push(piece)
  }
  return out
}

/** Cut at the ends, and the first and the last stretched. */
export function stretched(pieces: readonly Piece[], stay: Span): Piece[] {
  const kept = pieces
    .map((p) => ({ ...p, from: Math.max(p.from, stay.from), to: Math.min(p.to, stay.to) }))
    .filter((p) => p.from < p.to)
  const last = pieces[pieces.length - 1]
  if (kept.length === 0 && last) kept.push({ ...last, from: stay.from, to: stay.to })
  return kept.map((p, n) => ({
    ...p,
    from: n === 0 ? stay.from : p.from,
    to: n === kept.length - 1 ? stay.to : p.to,
  }))
}

/** From `night` on the stay is in `roomId`. */
export function movedFrom(pieces: readonly Piece[], stay: Span, night: Night, roomId: string): Piece[] {
  const before = pieces.filter((p) => p.from < night).map((p) => ({ ...p, to: Math.min(p.to, night) }))
  const last = before[before.length - 1]
  if (last && last.roomId === roomId) return [...before.slice(0, -1), { ...last, to: stay.to }]
  return [...before, { roomId, from: Math.max(night, stay.from), to: stay.to }]
}

/** One piece of a split stay goes to another room; of a guest in the house only the nights that are still to come. */
export function pieceMoved(pieces: readonly Piece[], piece: Piece, roomId: string, first: Night): Piece[] {
  const moved = pieces.flatMap((p) => {
    if (p.from !== piece.from || p.to !== piece.to || p.roomId !== piece.roomId) return [p]
    const from = Math.max(p.from, first)
    const slept = from > p.from ? [{ ...p, to: from }] : []
    return [...slept, { roomId, from, to: p.to }]
  })
  return joined(moved.sort((a, b) => a.from - b.from))
}

export function samePieces(a: readonly Piece[], b: readonly Piece[]): boolean {
  return (
    a.length === b.length &&
    a.every((p, n) => p.roomId === b[n]?.roomId && p.from === b[n]?.from && p.to === b[n]?.to)
  )
}

/** The room of a night; `undefined` outside of the stay. */
export function roomOn(pieces: readonly Piece[], night: Night): string | null | undefined {
  return pieces.find((p) => p.from <= night && night < p.to)?.roomId
}
