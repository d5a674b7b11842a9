/** What is said of things and deeds: keys of the message catalogue, and the facts to fill in. */
import { type Action, type Single, stepsOf } from './actions'
import { dateOf, type Span } from './days'
import type { Bar, Item } from './items'
import { type Facts, type Message, message } from './message'
import type { Model } from './model'
import type { RowId } from './rows'

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

/** What the toast says, and the menu entry of Undo. */
export function labelOf(action: Action, model: Model): Message {
  const steps = stepsOf(action)
  const step = steps[steps.length - 1]
  if (!step) return message('calendar.did.nothing')
  const bar: Bar | undefined = model.stay(step.id)[0]
  const about = bar ? itemFacts(model, bar) : (itemFactsOfBlock(step.id, model) ?? {})
  return message(`calendar.did.${action.kind === 'all' ? 'displace' : step.kind}`, {
    ...about,
    ...targetFacts(step, model),
  })
}

function itemFactsOfBlock(id: string, model: Model): Facts | null {
  const block = model.item(`block:${id}`)
  return block ? itemFacts(model, block) : null
}

function targetFacts(step: Single, model: Model): Facts {
  const number = (id: string | null | undefined) => (id ? (model.room(id)?.roomNumber ?? '') : '')
  switch (step.kind) {
    case 'move':
      return {
        toRoom: number(step.roomId),
        toFrom: dateOf(step.from),
        toTo: dateOf(step.from + step.seen.to - step.seen.from),
      }
    case 'assign':
    case 'changeRoom':
    case 'checkIn':
    case 'reinstate':
      return { toRoom: number(step.roomId) }
    case 'split':
      return { toRoom: number(step.roomId), at: dateOf(step.at) }
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

function bookedFacts(body: Readonly<Record<string, unknown>>, number: (id: string | null) => string): Facts {
  const { primaryGuestJson: guest, roomId, checkInDate, checkOutDate } = body
  const name = String((guest as { lastName?: string } | undefined)?.lastName ?? '')
  return { name, room: number((roomId as string) ?? null), from: `${checkInDate}`, to: `${checkOutDate}` }
}
