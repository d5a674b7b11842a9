/** What the menu of a bar, a block, a free night or a row offers: by its state, and by what the person may do. */
import { blockFault } from '../core/blocks'
import { contains, type Night } from '../core/days'
import { housekeepingOf } from '../core/filter'
import { type Bar, type Block, isTerminal } from '../core/items'
import type { Model } from '../core/model'
import type { Row } from '../core/rows'
import { splitNights } from '../core/rules'
import type { Cell } from '../core/state'

export type Entry =
  | 'open'
  | 'confirm'
  | 'checkIn'
  | 'checkInEarly'
  | 'checkOut'
  | 'undoCheckIn'
  | 'undoCheckOut'
  | 'move'
  | 'split'
  | 'pin'
  | 'unpin'
  | 'note'
  | 'history'
  | 'unassign'
  | 'noShow'
  | 'cancel'
  | 'changeBlock'
  | 'unblock'
  | 'book'
  | 'block'
  | 'free'
  | 'clean'
  | 'dirty'
  | 'inspected'
  | 'openGroup'
  | 'closeGroup'
  | 'restrictions'
  | 'tidy'
  | 'upgrade'

/** Groups of entries, with a line between two. */
export type Entries = readonly (readonly Entry[])[]

type May = (permission: string) => boolean

const when = (is: boolean, ...entries: Entry[]): Entry[] => (is ? entries : [])

export function stayEntries(model: Model, bar: Bar, night: Night, may: May): Entries {
  const { status } = bar
  const today = model.businessDate
  const isBooked = status === 'HOLD' || status === 'CONFIRMED'
  const isHere = status === 'CHECKED_IN'
  const hasRoom = bar.roomId !== null
  const canMove = may('pms.calendar.move') && !isTerminal(status)
  const hasCome = bar.checkIn <= today
  return grouped(
    when(may('pms.reservations.view'), 'open'),
    [
      ...when(status === 'HOLD' && may('pms.reservations.edit'), 'confirm'),
      ...when(
        status === 'CONFIRMED' && hasRoom && bar.checkOut > today && may('pms.front_desk.check_in'),
        hasCome ? 'checkIn' : 'checkInEarly',
      ),
      ...when(isHere && may('pms.front_desk.check_out'), 'checkOut'),
      ...when(isHere && may('pms.front_desk.check_in'), 'undoCheckIn'),
      ...when(
        status === 'CHECKED_OUT' && bar.checkOut >= today && may('pms.front_desk.check_out'),
        'undoCheckOut',
      ),
    ],
    [
      ...when(canMove && !(isHere && bar.to <= today), 'move'),
      ...when(canMove && hasRoom && contains(splitNights(model, bar), night), 'split'),
      ...when(canMove && hasRoom, bar.isPinned ? 'unpin' : 'pin'),
      ...when(canMove && hasRoom && isBooked, 'unassign'),
    ],
    [
      ...when(may('pms.reservations.edit') && may('pms.reservations.view'), 'note'),
      ...when(may('pms.audit.view') && may('pms.reservations.view'), 'history'),
    ],
    [
      ...when(status === 'CONFIRMED' && hasCome && may('pms.front_desk.no_show'), 'noShow'),
      ...when(isBooked && may('pms.reservations.cancel'), 'cancel'),
    ],
  )
}

export function blockEntries(model: Model, block: Block, may: May): Entries {
  const isOver = block.to <= model.businessDate
  const mayMove = may('pms.calendar.move')
  return grouped([
    ...when(mayMove && !blockFault(model, block, 'body'), 'move'),
    ...when(mayMove && !isOver, 'changeBlock', 'unblock'),
  ])
}

export function cellEntries(model: Model, row: Row, cell: Cell, may: May, isOpen: boolean): Entries {
  if (row.kind === 'group')
    return grouped(
      [isOpen ? 'closeGroup' : 'openGroup'],
      when(cell.night !== null && may('pms.rates.view'), 'restrictions'),
      when(may('pms.calendar.move'), 'tidy', 'upgrade'),
    )
  const isPast = cell.night !== null && cell.night < model.businessDate
  const starts = when(!isPast && may('pms.reservations.create'), 'book')
  if (row.kind === 'lane') return grouped(starts)
  const blocks = when(!isPast && may('pms.calendar.move'), 'block')
  // The head of a row may be months of nights away from who walks by keys: its entries are here as well.
  if (cell.night !== null) return grouped([...starts, ...blocks], housekeeping(model, row.roomId, may))
  return grouped(housekeeping(model, row.roomId, may), [...blocks, ...when(blocks.length > 0, 'free')])
}

function housekeeping(model: Model, roomId: string, may: May): Entry[] {
  const room = model.room(roomId)
  if (!room || !may('pms.housekeeping.manage')) return []
  const state = housekeepingOf(room)
  if (state === 'OUT_OF_ORDER' || state === 'OCCUPIED') return []
  return [
    ...when(state !== 'CLEAN', 'clean'),
    ...when(state !== 'DIRTY', 'dirty'),
    ...when(state !== 'INSPECTED', 'inspected'),
  ] as Entry[]
}

const grouped = (...groups: readonly Entry[][]): Entries => groups.filter((group) => group.length > 0)
