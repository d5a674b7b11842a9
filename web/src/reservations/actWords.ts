import { m } from '../paraglide/messages'
import type { IconName } from '../ui/Icon'
import type { ActName } from './acts'

interface Words {
  /** In a menu, on a button. */
  label: () => string
  icon: IconName
  /** Once it was done. */
  done: () => string
  isDanger?: boolean
}

export const actWords: Record<ActName, Words> = {
  confirm: { label: m.stayDoConfirm, icon: 'check', done: m.stayDidConfirmed },
  checkIn: { label: m.stayDoCheckIn, icon: 'check', done: m.stayDidCheckedIn },
  checkOut: { label: m.stayDoCheckOut, icon: 'logOut', done: m.stayDidCheckedOut },
  undoCheckIn: { label: m.stayDoUndoCheckIn, icon: 'undo', done: m.stayDidCheckInUndone },
  undoCheckOut: { label: m.stayDoUndoCheckOut, icon: 'undo', done: m.stayDidCheckOutUndone },
  cancel: { label: m.stayDoCancel, icon: 'close', done: m.stayDidCancelled, isDanger: true },
  noShow: { label: m.stayDoNoShow, icon: 'offline', done: m.stayDidNoShow, isDanger: true },
  reinstate: { label: m.stayDoReinstate, icon: 'undo', done: m.stayDidReinstated },
  assign: { label: m.stayDoAssign, icon: 'bed', done: m.stayDidAssigned },
  unassign: { label: m.stayDoUnassign, icon: 'minus', done: m.stayDidUnassigned },
  move: { label: m.stayDoMove, icon: 'move', done: m.stayDidMoved },
  dates: { label: m.stayDoDates, icon: 'calendar', done: m.stayDidResized },
  split: { label: m.stayDoSplit, icon: 'split', done: m.stayDidSplit },
  pin: { label: m.stayDoPin, icon: 'pin', done: m.stayDidPinned },
  unpin: { label: m.stayDoUnpin, icon: 'pin', done: m.stayDidUnpinned },
}
