/** What is otherwise about the room that a stay goes to. It is told, and no reason to refuse. */
import type { Night } from './days'
import { type Facts, type Message, message } from './message'
import type { Model } from './model'
import type { RowId } from './rows'

/** A room of another type than the one it leaves, and a room that is not clean though the guest comes tonight. */
export function notesOn(
  model: Model,
  home: RowId | undefined,
  to: RowId | undefined,
  first: Night | undefined,
): Facts {
  const row = to === undefined ? undefined : model.row(to)
  const room = row?.kind === 'room' ? model.room(row.roomId) : undefined
  if (!row || !room || home === to) return {}
  const was = home === undefined ? row.typeId : (model.row(home)?.typeId ?? row.typeId)
  const name = (typeId: string) => model.type(typeId)?.name ?? ''
  return {
    ...(was === row.typeId ? {} : { otherType: name(row.typeId), wasType: name(was) }),
    ...(room.status === 'VACANT_DIRTY' && first === model.businessDate ? { dirtyRoom: room.roomNumber } : {}),
  }
}

/** What was done, taken back: the room that was left again, where somebody may have been. */
export function leftDirty({ key, facts }: Message): string {
  if (key === 'calendar.did.checkIn') return `${facts.toRoom || facts.room || ''}`
  const hasMoved = key === 'calendar.did.move' && facts.toRoom !== facts.room
  return hasMoved && facts.status === 'CHECKED_IN' ? `${facts.toRoom ?? ''}` : ''
}

export function notesOf(facts: Facts): Message[] {
  return [
    ...(facts.otherType ? [message('calendar.note.otherType', facts)] : []),
    ...(facts.dirtyRoom ? [message('calendar.note.dirty', facts)] : []),
  ]
}
