/** What an action asks of the server. */
import type { Single } from './actions'
import { dateOf, type Span } from './days'

export interface Request {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1/pms`. */
  readonly path: string
  readonly body: Readonly<Record<string, unknown>> | null
  readonly headers: Readonly<Record<string, string>>
}

export type Versions = Readonly<Record<string, number>>

const VERBS = {
  confirm: 'confirm',
  checkIn: 'check-in',
  checkOut: 'check-out',
  undoCheckIn: 'undo-check-in',
  undoCheckOut: 'undo-check-out',
  cancel: 'cancel',
  noShow: 'no-show',
  reinstate: 'reinstate',
  pin: 'pin',
  assign: 'assign',
  unassign: 'unassign',
  split: 'split',
  shift: 'move',
  changeRoom: 'move',
} as const

/** `key` is made when the drag or the form begins, so that the same intention sent twice is done once. */
export function requestOf(step: Single, versions: Versions, key: string, propertyId: string): Request {
  const send = (
    method: Request['method'],
    path: string,
    body: Request['body'],
    more: Record<string, string> = {},
  ): Request => {
    return { method, path, body, headers: { 'Idempotency-Key': key, ...more } }
  }
  const version = versions[step.id]
  switch (step.kind) {
    case 'move': {
      const to = { roomId: step.roomId, checkInDate: dateOf(step.from) }
      return send('POST', '/calendar/move', { reservationId: step.id, from: seen(step.seen, version), to })
    }
    case 'resize': {
      const to = step.edge === 'start' ? { checkInDate: dateOf(step.to) } : { checkOutDate: dateOf(step.to) }
      const edge = step.edge === 'start' ? 'LEFT' : 'RIGHT'
      return send('POST', '/calendar/resize', {
        reservationId: step.id,
        edge,
        from: seen(step.seen, version),
        to,
      })
    }
    case 'swap': {
      const side = (id: string) => ({ reservationId: id, version: versions[id] })
      return send('POST', '/reservations/swap', { a: side(step.id), b: side(step.other) })
    }
    case 'plan': {
      const moves = step.moves.map(({ id, to }) => ({ reservationId: id, version: versions[id], ...to }))
      return send('POST', `/properties/${propertyId}/fit/execute`, { moves })
    }
    case 'book':
      return send('POST', '/reservations', { ...step.body, propertyId, id: step.id })
    case 'block': {
      const { roomId, blockType, reason } = step
      return send('POST', '/room-blocks', { propertyId, roomId, ...dates(step), blockType, reason })
    }
    case 'changeBlock':
      return send('PATCH', `/room-blocks/${step.id}`, {
        ...(step.from === undefined ? {} : { startDate: dateOf(step.from) }),
        ...(step.to === undefined ? {} : { endDate: dateOf(step.to) }),
        ...(step.reason === undefined ? {} : { reason: step.reason }),
        version,
      })
    case 'restrict':
      return send('PUT', '/restrictions', { propertyId, changes: step.changes })
    case 'unblock':
      return send('DELETE', `/room-blocks/${step.id}`, null, { 'If-Match': `"${version}"` })
    case 'note':
      return send('PATCH', `/reservations/${step.id}`, { internalNotes: step.text, version })
    case 'roomStatus': {
      const { kind: _kind, id, ...change } = step
      return send('POST', `/rooms/${id}/status`, { ...change, version })
    }
    default:
      return send('POST', `/reservations/${step.id}/${VERBS[step.kind]}`, { ...verbBody(step), version })
  }
}

function seen(piece: { roomId: string | null } & Span, version: number | undefined) {
  return { roomId: piece.roomId, checkInDate: dateOf(piece.from), checkOutDate: dateOf(piece.to), version }
}

function dates(span: Span) {
  return { startDate: dateOf(span.from), endDate: dateOf(span.to) }
}

function verbBody(step: Extract<Single, { kind: keyof typeof VERBS }>): Record<string, unknown> {
  switch (step.kind) {
    case 'shift':
      return { checkInDate: dateOf(step.from) }
    case 'split':
      return { date: dateOf(step.at), roomId: step.roomId }
    case 'assign':
      return step.roomId === null ? {} : { roomId: step.roomId }
    default: {
      const { kind: _kind, id: _id, ...rest } = step
      return rest
    }
  }
}
