/** The core speaks in keys and facts; here they become sentences of the reader's language. */
import type { Format } from '../i18n/format'
import { m } from '../paraglide/messages'
import { type Status, statusName } from '../ui/Badge'
import type { Facts, Message } from './core/message'
import { blockName, housekeepingName } from './names'

class Teller {
  readonly facts: Facts
  readonly format: Format
  constructor(facts: Facts, format: Format) {
    this.facts = facts
    this.format = format
  }
  text(key: string): string {
    return String(this.facts[key] ?? '')
  }
  count(key: string): number {
    return Number(this.facts[key] ?? 0)
  }
  day(key: string): string {
    const date = this.text(key)
    return date ? this.format.day(date, 'short') : ''
  }
  days(from = 'from', to = 'to'): string {
    return this.format.days(this.text(from), this.text(to), 'short')
  }
  /** The room, or the type for its lane. */
  get place(): string {
    const room = this.text('room')
    return room ? m.calendarRoom({ room }) : m.calendarLaneOf({ type: this.text('type') })
  }
  /** What the room that it leaves keeps of it. */
  get kept(): { home: string; kept: string } | null {
    const home = this.text('home')
    return home ? { home, kept: this.days('keptFrom', 'keptTo') } : null
  }
  get nights(): string {
    return m.reservationNights({ count: this.count('nights') })
  }
  get name(): string {
    return this.text('name') || (this.facts.blockType ? blockName(this.text('blockType')) : '')
  }
}

type Telling = (t: Teller) => string

const WHY: Record<string, Telling> = {
  booked: (t) => m.calendarWhyBooked({ room: t.text('room'), days: t.days(), name: t.name }),
  occupied: (t) => m.calendarWhyOccupied({ room: t.text('room') }),
  outOfOrder: (t) => m.calendarWhyOutOfOrder({ room: t.text('room'), days: t.days() }),
  blocked: (t) =>
    m.calendarWhyBlocked({ room: t.text('room'), days: t.days(), block: blockName(t.text('blockType')) }),
  full: (t) => m.calendarWhyFull({ type: t.text('type'), date: t.day('date') }),
  past: (t) => m.calendarWhyPast({ date: t.day('businessDate') }),
  tooFar: () => m.calendarWhyTooFar(),
  terminal: (t) => m.calendarWhyTerminal({ name: t.name, status: statusName(t.text('status') as Status) }),
  inHouseArrival: (t) => m.calendarWhyInHouseArrival({ name: t.name }),
  inHouseRoom: (t) => m.calendarWhyInHouseRoom({ name: t.name }),
  inHouseDeparture: (t) => m.calendarWhyInHouseDeparture({ name: t.name, date: t.day('businessDate') }),
  nothingLeft: (t) => m.calendarWhyNothingLeft({ name: t.name }),
  pieceDates: (t) => m.calendarWhyPieceDates({ name: t.name }),
  seam: (t) => m.calendarWhySeam({ name: t.name }),
  tooShort: () => m.calendarWhyTooShort(),
  otherType: (t) => m.calendarWhyOtherType({ name: t.name }),
  notARoom: () => m.calendarWhyNotARoom(),
  blockOver: () => m.calendarWhyBlockOver(),
  blockBegun: (t) => m.calendarWhyBlockBegun({ date: t.day('date') }),
  blockPast: (t) => m.calendarWhyBlockPast({ date: t.day('date') }),
  notAllowed: () => m.errorForbidden(),
  saving: (t) => m.calendarWhySaving({ name: t.name }),
}

const SAY: Record<string, Telling> = {
  'taken.move': (t) => m.calendarSayTakenMove({ name: t.name, days: t.days() }),
  'taken.resize': (t) => m.calendarSayTakenResize({ name: t.name, days: t.days() }),
  'taken.split': (t) => m.calendarSayTakenSplit({ name: t.name }),
  'taken.block': (t) =>
    m.calendarSayTakenBlock({ block: blockName(t.text('blockType')), room: t.text('room'), days: t.days() }),
  at: (t) => {
    const at = { place: t.place, days: t.days(), nights: t.nights }
    return t.kept ? m.calendarSayAtKeeps({ ...at, ...t.kept }) : m.calendarSayAt(at)
  },
  unchanged: (t) => m.calendarSayUnchanged({ name: t.name }),
  back: (t) => m.calendarSayBack({ name: t.name }),
  escape: () => m.calendarSayEscape(),
  cancelled: () => m.calendarSayCancelled(),
  dropped: (t) => {
    const at = { name: t.name, place: t.place, days: t.days() }
    return t.kept ? m.calendarSayDroppedKeeps({ ...at, ...t.kept }) : m.calendarSayDropped(at)
  },
  noOtherRoom: () => m.calendarSayNoOtherRoom(),
}

const DID: Record<string, Telling> = {
  nothing: () => m.calendarDidNothing(),
  move: (t) => {
    const to = { name: t.name, room: t.text('toRoom'), days: t.days('toFrom', 'toTo') }
    return t.kept ? m.calendarDidMoveKeeps({ ...to, ...t.kept }) : m.calendarDidMove(to)
  },
  shift: (t) => m.calendarDidShift({ name: t.name, date: t.day('toFrom') }),
  changeRoom: (t) => m.calendarDidChangeRoom({ name: t.name, room: t.text('toRoom') }),
  resize: (t) =>
    t.facts.edge === 'start'
      ? m.calendarDidResizeStart({ name: t.name, date: t.day('to') })
      : m.calendarDidResize({ name: t.name, date: t.day('to') }),
  assign: (t) => m.calendarDidChangeRoom({ name: t.name, room: t.text('toRoom') }),
  unassign: (t) => m.calendarDidUnassign({ name: t.name }),
  split: (t) => m.calendarDidSplit({ name: t.name, room: t.text('toRoom'), date: t.day('at') }),
  swap: (t) => m.calendarDidSwap({ name: t.name, other: t.text('other') }),
  // The sentence is that of the dialog in which it was accepted.
  plan: (t) => t.text('text'),
  restrict: (t) => m.calendarDidRestrict({ days: t.days() }),
  displace: (t) => m.calendarDidDisplace({ name: t.name }),
  pin: (t) => m.calendarDidPin({ name: t.name }),
  note: (t) => m.calendarDidNote({ name: t.name }),
  confirm: (t) => m.calendarDidConfirm({ name: t.name }),
  checkIn: (t) => m.calendarDidCheckIn({ name: t.name }),
  checkOut: (t) => m.calendarDidCheckOut({ name: t.name }),
  undoCheckIn: (t) => m.calendarDidUndoCheckIn({ name: t.name }),
  undoCheckOut: (t) => m.calendarDidUndoCheckOut({ name: t.name }),
  cancel: (t) => m.calendarDidCancel({ name: t.name }),
  noShow: (t) => m.calendarDidNoShow({ name: t.name }),
  reinstate: (t) => m.calendarDidReinstate({ name: t.name }),
  book: (t) =>
    t.text('room')
      ? m.calendarDidBook({ name: t.name, room: t.text('room'), days: t.days() })
      : m.calendarDidBookAny({ name: t.name, days: t.days() }),
  block: (t) =>
    m.calendarDidBlock({ room: t.text('room'), block: blockName(t.text('blockType')), days: t.days() }),
  changeBlock: (t) => m.calendarDidChangeBlock({ room: t.text('room') }),
  unblock: (t) => m.calendarDidUnblock({ room: t.text('room') }),
  roomStatus: (t) => m.calendarDidRoomStatus({ room: t.text('room') }),
}

const NOTE: Record<string, Telling> = {
  otherType: (t) => m.calendarNoteOtherType({ type: t.text('otherType'), from: t.text('wasType') }),
  dirty: (t) => m.calendarNoteDirty({ room: t.text('dirtyRoom') }),
}

const CELL: Record<string, Telling> = {
  stay: stayCell,
  block: (t) => [blockName(t.text('blockType')), t.days(), t.text('reason')].filter(Boolean).join(', '),
  vacant: (t) => m.calendarCellVacant({ days: t.days(), nights: t.nights }),
  night: (t) => m.calendarCellNight({ date: t.day('from') }),
  available: (t) => m.calendarCellAvailable({ count: t.count('available'), date: t.day('date') }),
  unknown: (t) => m.calendarCellUnknown({ date: t.day('date') }),
}

function stayCell(t: Teller): string {
  const signs = [
    t.facts.isPiece ? m.calendarSignPiece() : '',
    t.facts.isPinned ? m.calendarSignPinned() : '',
    t.facts.hasNotes ? m.calendarSignNotes() : '',
    t.facts.owes ? m.calendarSignOwes() : '',
  ]
  const guest = [t.text('firstName'), t.name].filter(Boolean).join(' ')
  const persons = m.calendarPersons({ count: t.count('guests') })
  return [guest, statusName(t.text('status') as Status), t.days(), t.nights, persons, ...signs]
    .filter(Boolean)
    .join(', ')
}

const ROW: Record<string, Telling> = {
  type: (t) => m.calendarRowType({ type: t.text('type'), count: t.count('rooms') }),
  lane: (t) => m.calendarRowLane({ type: t.text('type'), count: t.count('waiting') }),
  room: (t) =>
    m.calendarRowRoom({
      room: t.text('room'),
      type: t.text('type'),
      state: housekeepingName(t.text('housekeeping')),
    }),
}

const UNDO: Record<string, Telling> = {
  nothing: () => m.calendarUndoNothing(),
  changed: (t) => m.calendarUndoChanged({ name: t.name }),
  gone: () => m.calendarUndoGone(),
  refused: () => m.calendarUndoRefused(),
}

const REDO: Record<string, Telling> = { ...UNDO, nothing: () => m.calendarRedoNothing() }

const PARTS: Record<string, Record<string, Telling>> = {
  why: WHY,
  say: SAY,
  did: DID,
  note: NOTE,
  cell: CELL,
  row: ROW,
  undo: UNDO,
  redo: REDO,
}

/** `calendar.why.booked` with its facts as a sentence; what has no words is empty rather than a key. */
export function said({ key, facts }: Message, format: Format): string {
  const [, part = '', ...rest] = key.split('.')
  return PARTS[part]?.[rest.join('.')]?.(new Teller(facts, format)) ?? ''
}

/** For a test: every key that has words. */
export const sayableKeys = (): string[] =>
  Object.entries(PARTS).flatMap(([part, tellings]) =>
    Object.keys(tellings).map((key) => `calendar.${part}.${key}`),
  )
