/** What is said of things and deeds: keys of the message catalogue, and the facts to fill in. */
import { type Action, type Single, stepsOf } from './actions'
import { dateOf, type Span } from './days'
import type { Bar, Item } from './items'
import { type Facts, type Message, message } from './message'
import type { Model } from './model'
import { notesOn } from './notes'
import type { RowId } from './rows'
import { sleptNights } from './rules'

export function spanFacts(span: Span): Facts {
  return { from: dateOf(span.from), to: dateOf(span.to), nights: span.to - span.from }
}

/** The room's number, or the type's name for its lane and its head. */
export function rowFacts(model: Model, rowId: RowId): Facts {
  const row = model.row(rowId)
  if (!row) return { room: '', type: '' }
  const type = model.type(row.typeId)?.name ?? ''
  return { room: row.kind === 'room' ? (model.room(row.roomId)?.roomNumber ?? '') : '', type }
}

export function itemFacts(model: Model, item: Item): Facts {
  const room = item.roomId === null ? '' : (model.room(item.roomId)?.roomNumber ?? '')
  if (item.kind === 'block')
    return { ...spanFacts(item), room, blockType: item.blockType, reason: item.reason ?? '' }
  return { ...spanFacts(item), room, name: item.lastName, status: item.status }
}

/** The nights before tonight, which stay where they were. */
export function keptFacts(model: Model, item: Item | null, kept: Span | null): Facts {
  if (!item?.roomId || !kept) return {}
  const home = model.room(item.roomId)?.roomNumber ?? ''
  return { home, keptFrom: dateOf(kept.from), keptTo: dateOf(kept.to) }
}

/** What the toast says, and the menu entry of Undo. */
export function labelOf(action: Action, model: Model): Message {
  const steps = stepsOf(action)
  const step = steps[steps.length - 1]
  if (!step) return message('calendar.did.nothing')
  const bar: Bar | undefined = model.stay(step.id)[0]
  const about = bar ? itemFacts(model, bar) : (itemFactsOfBlock(step.id, model) ?? {})
  return message(`calendar.did.${action.kind === 'all' ? 'displace' : step.kind}`, {
    ...about,
    ...targetFacts(step, bar, model),
  })
}

function itemFactsOfBlock(id: string, model: Model): Facts | null {
  const block = model.item(`block:${id}`)
  return block ? itemFacts(model, block) : null
}

function targetFacts(step: Single, bar: Bar | undefined, model: Model): Facts {
  const number = (id: string | null | undefined) => (id ? (model.room(id)?.roomNumber ?? '') : '')
  switch (step.kind) {
    case 'move':
      return movedFacts(step, bar, model)
    case 'assign': {
      const notes = notesOn(model, bar && model.rowOf(bar), step.roomId ?? undefined, bar?.from)
      return { toRoom: number(step.roomId), ...notes }
    }
    case 'changeRoom':
    case 'checkIn':
    case 'reinstate':
      return { toRoom: number(step.roomId) }
    case 'split':
      return {
        toRoom: number(step.roomId),
        at: dateOf(step.at),
        ...notesOn(model, bar?.roomId ?? undefined, step.roomId, step.at),
      }
    case 'resize':
      return { edge: step.edge, to: dateOf(step.to) }
    case 'shift':
      return { toFrom: dateOf(step.from) }
    case 'swap':
      return {
        other: model.stay(step.other)[0]?.lastName ?? '',
        otherRoom: number(model.stay(step.other)[0]?.roomId),
      }
    case 'book':
      return bookedFacts(step.body, number)
    case 'block':
      return { ...spanFacts(step), room: number(step.roomId), blockType: step.blockType }
    case 'roomStatus':
      return { room: number(step.id), roomStatus: step.status }
    default:
      return {}
  }
}

function movedFacts(step: Extract<Single, { kind: 'move' }>, bar: Bar | undefined, model: Model): Facts {
  const { seen, roomId } = step
  const piece = bar && { ...bar, ...seen }
  const slept = piece ? sleptNights(model, piece) : 0
  const [from, to] = [step.from + slept, step.from + seen.to - seen.from]
  const isOther = seen.roomId !== roomId
  const home = seen.roomId ?? (bar && model.rowOf(bar))
  return {
    toRoom: model.room(roomId)?.roomNumber ?? '',
    toFrom: dateOf(isOther ? from : step.from),
    toTo: dateOf(to),
    ...(isOther && slept > 0 && piece
      ? keptFacts(model, piece, { from: seen.from, to: seen.from + slept })
      : {}),
    ...(isOther ? notesOn(model, home, roomId, from) : {}),
  }
}

function bookedFacts(body: Readonly<Record<string, unknown>>, number: (id: string | null) => string): Facts {
  const { primaryGuestJson: guest, roomId, checkInDate, checkOutDate } = body
  const name = String((guest as { lastName?: string } | undefined)?.lastName ?? '')
  return { name, room: number((roomId as string) ?? null), from: `${checkInDate}`, to: `${checkOutDate}` }
}
