/** A server in memory, for tests of what goes over several requests: it keeps stays and blocks, and refuses as the real one does. */
import type { BlockAnswer, BookingAnswer } from '../answers'
import type { Chart } from '../chart'
import { dateOf, type Night, nightOf, overlaps, type Span } from '../days'
import { barOfChart, barOfWaiting, type Piece } from '../items'
import type { Reply } from '../perform'
import { joined, movedFrom, pieceMoved, samePieces, stretched } from '../pieces'
import type { Request } from '../requests'

interface Stay extends Span {
  id: string
  typeId: string
  status: string
  version: number
  isPinned: boolean
  pieces: Piece[]
}

interface Block extends Span {
  id: string
  roomId: string
  blockType: string
  reason: string | null
  version: number
}

type Body = Readonly<Record<string, unknown>>
class Refused extends Error {}

export class House {
  revision: number
  readonly asked: Request[] = []
  private stays = new Map<string, Stay>()
  private blocks = new Map<string, Block>()
  private made = 0
  private readonly today: Night
  private readonly drawn: Chart

  constructor(chart: Chart) {
    this.drawn = chart
    this.revision = chart.revision
    this.today = nightOf(chart.businessDate)
    const typeOfRoom = new Map(chart.rooms.map((room) => [room.id, room.roomTypeId]))
    for (const bar of [...chart.bars, ...chart.unassigned]) {
      const id = bar.reservationId
      const { checkIn: from, checkOut: to } = 'roomId' in bar ? barOfChart(bar) : barOfWaiting(bar)
      const span = { from, to }
      const typeId = 'roomTypeId' in bar ? bar.roomTypeId : (typeOfRoom.get(bar.roomId) ?? '')
      const stay = this.stays.get(id) ?? {
        id,
        typeId,
        status: bar.status,
        version: bar.version,
        isPinned: false,
        pieces: [],
        ...span,
      }
      if ('roomId' in bar)
        stay.pieces.push({ roomId: bar.roomId, from: nightOf(bar.startDate), to: nightOf(bar.endDate) })
      stay.pieces.sort((a, b) => a.from - b.from)
      this.stays.set(id, stay)
    }
    for (const { id, roomId, startDate, endDate, blockType, version } of chart.blocks) {
      this.blocks.set(id, {
        id,
        roomId,
        from: nightOf(startDate),
        to: nightOf(endDate),
        blockType,
        reason: null,
        version,
      })
    }
  }

  /** As the real one would draw these nights now. */
  chart(from: Night = nightOf(this.drawn.start), days: number = this.drawn.days): Chart {
    const span = { from, to: from + days }
    const active = [...this.stays.values()].filter((stay) => stay.status !== 'CANCELLED')
    const facts = (stay: Stay) => ({
      reservationId: stay.id,
      checkInDate: dateOf(stay.from),
      checkOutDate: dateOf(stay.to),
      status: stay.status,
      lastName: stay.id,
      adults: 2,
      children: 0,
      sourceType: 'DIRECT',
      version: stay.version,
      isPinned: stay.isPinned,
    })
    const dated = (part: Span) => ({ startDate: dateOf(part.from), endDate: dateOf(part.to) })
    return {
      ...this.drawn,
      start: dateOf(from),
      days,
      revision: this.revision,
      bars: active.flatMap((stay) =>
        stay.pieces
          .filter((piece) => overlaps(piece, span))
          .map((piece) => ({ ...facts(stay), roomId: piece.roomId ?? '', ...dated(piece) })),
      ),
      blocks: [...this.blocks.values()]
        .filter((block) => overlaps(block, span))
        .map((block) => ({ ...block, ...dated(block) })),
      unassigned: active
        .filter((stay) => stay.pieces.length === 0 && overlaps(stay, span))
        .map((stay) => ({ ...facts(stay), roomTypeId: stay.typeId })),
      dates: [],
    }
  }

  send = async (request: Request): Promise<Reply> => {
    this.asked.push(request)
    try {
      const data = this.answer(request)
      this.revision += 1
      return { ok: true, data }
    } catch (error) {
      if (error instanceof Refused)
        return { ok: false, refusal: { code: error.message, message: error.message } }
      throw error
    }
  }

  /** Someone else touches a stay: a new version, and nothing to see. */
  touch(id: string): void {
    this.stay(id).version += 1
    this.revision += 1
  }

  private answer({ method, path, body, headers }: Request): unknown {
    const given: Body = body ?? {}
    const [, noun, id = '', verb = ''] = path.split('/')
    if (path === '/calendar/move') return this.move(given)
    if (path === '/calendar/resize') return this.resize(given)
    if (path === '/reservations/swap') return this.swap(given)
    if (path.endsWith('/fit/execute')) return this.plan(given)
    if (noun === 'room-blocks' && method === 'POST') return this.block(given)
    if (noun === 'room-blocks') return this.unblock(id, Number(headers['If-Match']?.replaceAll('"', '')))
    return this.act(this.seen(id, Number(given.version)), verb, given)
  }

  private move(body: Body): BookingAnswer {
    const { reservationId, from, to } = body as unknown as {
      reservationId: string
      from: Seen
      to: { roomId: string; checkInDate: string }
    }
    const stay = this.seen(reservationId, from.version)
    const begins = nightOf(to.checkInDate)
    if (stay.pieces.length > 1) {
      const piece = stay.pieces.find((p) => samePieces([p], [pieceOf(from)]))
      if (!piece) throw new Refused('CONCURRENCY_CONFLICT')
      if (begins !== piece.from) throw new Refused('VALIDATION_ERROR')
      return this.store({
        ...stay,
        pieces: pieceMoved(
          stay.pieces,
          piece,
          to.roomId,
          stay.status === 'CHECKED_IN' ? this.today : piece.from,
        ),
      })
    }
    if (stay.status === 'CHECKED_IN') {
      if (begins !== stay.from) throw new Refused('RESERVATION_NOT_MOVABLE')
      return this.store({
        ...stay,
        pieces: movedFrom(stay.pieces, stay, Math.max(this.today, stay.from), to.roomId),
      })
    }
    return this.store(
      this.at(stay, begins, [{ roomId: to.roomId, from: begins, to: begins + stay.to - stay.from }]),
    )
  }

  private at(stay: Stay, from: Night, pieces: Piece[]): Stay {
    if (from !== stay.from && from < this.today) throw new Refused('VALIDATION_ERROR')
    return { ...stay, from, to: from + stay.to - stay.from, pieces }
  }

  private resize(body: Body): BookingAnswer {
    const { reservationId, from, to } = body as unknown as {
      reservationId: string
      from: Seen
      to: { checkInDate?: string; checkOutDate?: string }
    }
    const stay = this.seen(reservationId, from.version)
    const span = {
      from: to.checkInDate ? nightOf(to.checkInDate) : stay.from,
      to: to.checkOutDate ? nightOf(to.checkOutDate) : stay.to,
    }
    if (span.from >= span.to || (span.from !== stay.from && span.from < this.today))
      throw new Refused('VALIDATION_ERROR')
    return this.store({ ...stay, ...span, pieces: stretched(stay.pieces, span) })
  }

  private swap(body: Body): BookingAnswer[] {
    const sides = body as unknown as Record<'a' | 'b', { reservationId: string; version: number }>
    const [a, b] = [
      this.seen(sides.a.reservationId, sides.a.version),
      this.seen(sides.b.reservationId, sides.b.version),
    ]
    const [roomA, roomB] = [a.pieces[0]?.roomId ?? '', b.pieces[0]?.roomId ?? '']
    const pairs = [
      { ...a, pieces: [{ roomId: roomB, from: a.from, to: a.to }] },
      { ...b, pieces: [{ roomId: roomA, from: b.from, to: b.to }] },
    ]
    for (const stay of pairs) this.demandFree(stay.pieces, [a.id, b.id])
    return pairs.map((stay) => this.store(stay, [a.id, b.id]))
  }

  private plan(body: Body) {
    const { moves, block } = body as unknown as { moves: readonly Planned[]; block?: Body | null }
    const ids = moves.map((move) => move.reservationId)
    const before = moves.map((move) => this.seen(move.reservationId, move.version))
    const after = before.map((stay, n) => {
      const roomId = moves[n]?.roomId
      return { ...stay, pieces: roomId ? [{ roomId, from: stay.from, to: stay.to }] : [] }
    })
    for (const stay of after) this.demandFree(stay.pieces, ids)
    const bookings = after.map((stay) => this.store(stay, ids))
    const undo = before.map(({ id, version, pieces }) => {
      return { reservationId: id, version: version + 1, roomId: pieces[0]?.roomId ?? null }
    })
    return { bookings, undo, block: block ? this.block(block) : null }
  }

  private act(stay: Stay, verb: string, body: Body): BookingAnswer {
    const given = body as unknown as {
      roomId?: string
      checkInDate?: string
      date?: string
      isPinned?: boolean
    }
    const room = given.roomId ?? ''
    switch (verb) {
      case 'move': {
        if (given.roomId)
          return this.store({ ...stay, pieces: [{ roomId: room, from: stay.from, to: stay.to }] })
        const by = nightOf(given.checkInDate ?? '') - stay.from
        return this.store(
          this.at(
            stay,
            stay.from + by,
            stay.pieces.map((p) => ({ ...p, from: p.from + by, to: p.to + by })),
          ),
        )
      }
      case 'assign':
        return this.store({ ...stay, pieces: [{ roomId: room, from: stay.from, to: stay.to }] })
      case 'unassign':
        return this.store({ ...stay, pieces: [] })
      case 'split':
        return this.store({ ...stay, pieces: movedFrom(stay.pieces, stay, nightOf(given.date ?? ''), room) })
      case 'pin':
        return this.store({ ...stay, isPinned: given.isPinned === true })
      case 'cancel':
        return this.store({ ...stay, status: 'CANCELLED', pieces: [] })
      case 'reinstate':
        return this.store({
          ...stay,
          status: 'CONFIRMED',
          pieces: given.roomId ? [{ roomId: room, from: stay.from, to: stay.to }] : [],
        })
      default:
        throw new Error(`no such verb: ${verb}`)
    }
  }

  private block(body: Body): BlockAnswer {
    const { roomId, startDate, endDate, blockType } = body as unknown as Record<string, string>
    const span = { from: nightOf(startDate ?? ''), to: nightOf(endDate ?? '') }
    this.demandFree([{ roomId: roomId ?? '', ...span }], [])
    this.made += 1
    const block = {
      id: `made${this.made}`,
      roomId: roomId ?? '',
      ...span,
      blockType: blockType ?? '',
      reason: null,
      version: 1,
    }
    this.blocks.set(block.id, block)
    return blockAnswer(block)
  }

  private unblock(id: string, version: number): BlockAnswer {
    const block = this.blocks.get(id)
    if (!block || block.version !== version) throw new Refused('CONCURRENCY_CONFLICT')
    this.blocks.delete(id)
    return blockAnswer(block)
  }

  private stay(id: string): Stay {
    const stay = this.stays.get(id)
    if (!stay) throw new Refused('NOT_FOUND')
    return stay
  }

  private seen(id: string, version: number): Stay {
    const stay = this.stay(id)
    if (stay.version !== version) throw new Refused('CONCURRENCY_CONFLICT')
    return stay
  }

  private demandFree(pieces: readonly Piece[], own: readonly string[]): void {
    const others = [
      ...[...this.stays.values()].filter((stay) => !own.includes(stay.id)).flatMap((stay) => stay.pieces),
      ...this.blocks.values(),
    ]
    const isTaken = pieces.some((piece) =>
      others.some((other) => other.roomId === piece.roomId && overlaps(other, piece)),
    )
    if (isTaken) throw new Refused('ROOM_ALREADY_BOOKED')
  }

  private store(stay: Stay, own: readonly string[] = [stay.id]): BookingAnswer {
    const pieces = joined(stay.pieces)
    this.demandFree(pieces, own)
    const kept = { ...stay, pieces, version: stay.version + 1 }
    this.stays.set(stay.id, kept)
    return {
      id: kept.id,
      roomTypeId: kept.typeId,
      checkInDate: dateOf(kept.from),
      checkOutDate: dateOf(kept.to),
      status: kept.status,
      primaryGuestJson: { lastName: kept.id },
      adults: 2,
      children: 0,
      sourceType: 'DIRECT',
      isPinned: kept.isPinned,
      version: kept.version,
      rooms: pieces.map((piece) => ({
        roomId: piece.roomId ?? '',
        from: dateOf(piece.from),
        to: dateOf(piece.to),
      })),
    }
  }
}

interface Planned {
  reservationId: string
  version: number
  roomId: string | null
}

interface Seen {
  roomId: string | null
  checkInDate: string
  checkOutDate: string
  version: number
}

function pieceOf(seen: Seen): Piece {
  return { roomId: seen.roomId, from: nightOf(seen.checkInDate), to: nightOf(seen.checkOutDate) }
}

function blockAnswer(block: Block): BlockAnswer {
  const { id, roomId, from, to, blockType, reason, version } = block
  return { id, roomId, startDate: dateOf(from), endDate: dateOf(to), blockType, reason, version }
}
