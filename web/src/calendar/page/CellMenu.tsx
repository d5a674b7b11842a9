import { Fragment, useRef } from 'react'
import { Menu as AriaMenu } from 'react-aria-components/Menu'
import { m } from '../../paraglide/messages'
import type { IconName } from '../../ui/Icon'
import { MenuItem, MenuLine } from '../../ui/Menu'
import { Popover } from '../../ui/Popover'
import type { Entries, Entry } from './menu'

interface Look {
  name: () => string
  icon: IconName
  keys?: string
  isDanger?: boolean
}

const looks: Record<Entry, Look> = {
  open: { name: m.calendarMenuOpen, icon: 'list', keys: '↵' },
  confirm: { name: m.calendarMenuConfirm, icon: 'check' },
  checkIn: { name: m.calendarMenuCheckIn, icon: 'bed' },
  checkInEarly: { name: m.calendarMenuCheckInEarly, icon: 'bed' },
  checkOut: { name: m.calendarMenuCheckOut, icon: 'logOut' },
  undoCheckIn: { name: m.calendarMenuUndoCheckIn, icon: 'undo' },
  undoCheckOut: { name: m.calendarMenuUndoCheckOut, icon: 'undo' },
  move: { name: m.calendarMenuMove, icon: 'move', keys: 'M' },
  split: { name: m.calendarMenuSplit, icon: 'split', keys: 'S' },
  pin: { name: m.calendarMenuPin, icon: 'pin', keys: 'P' },
  unpin: { name: m.calendarMenuUnpin, icon: 'pin', keys: 'P' },
  note: { name: m.calendarMenuNote, icon: 'note' },
  history: { name: m.calendarMenuHistory, icon: 'list' },
  unassign: { name: m.calendarMenuUnassign, icon: 'minus', keys: 'U' },
  noShow: { name: m.calendarMenuNoShow, icon: 'user' },
  cancel: { name: m.calendarMenuCancel, icon: 'close', isDanger: true },
  changeBlock: { name: m.calendarMenuChangeBlock, icon: 'calendar' },
  unblock: { name: m.calendarMenuUnblock, icon: 'check' },
  book: { name: m.calendarMenuBook, icon: 'plus', keys: '↵' },
  block: { name: m.calendarMenuBlock, icon: 'lock', keys: 'Alt ↵' },
  free: { name: m.calendarMenuFree, icon: 'move' },
  clean: { name: m.calendarMenuClean, icon: 'bed' },
  dirty: { name: m.calendarMenuDirty, icon: 'warning' },
  inspected: { name: m.calendarMenuInspected, icon: 'check' },
  openGroup: { name: m.calendarMenuOpenGroup, icon: 'plus' },
  closeGroup: { name: m.calendarMenuCloseGroup, icon: 'minus' },
  tidy: { name: m.tidyAct, icon: 'move' },
  upgrade: { name: m.upgradeAct, icon: 'sparkle' },
  restrictions: { name: m.calendarMenuRestrictions, icon: 'lock' },
}

interface Props {
  /** Of the screen: where the pointer was, or below the cell that has the focus. */
  x: number
  y: number
  label: string
  entries: Entries
  onChoose(entry: Entry): void
  onClose(): void
}

export function CellMenu({ x, y, label, entries, onChoose, onClose }: Props) {
  const anchor = useRef<HTMLDivElement>(null)
  return (
    <>
      <div ref={anchor} style={{ position: 'fixed', left: x, top: y }} />
      <Popover
        className="min-w-52"
        aria-label={label}
        triggerRef={anchor}
        isOpen
        onOpenChange={(isOpen) => !isOpen && onClose()}
        placement="bottom start"
      >
        <AriaMenu
          aria-label={label}
          autoFocus="first"
          className="p-1 outline-none"
          onAction={(key) => onChoose(key as Entry)}
          onClose={onClose}
        >
          {entries.map((group, n) => (
            <Fragment key={group.join()}>
              {n > 0 && <MenuLine />}
              {group.map((entry) => {
                const { name, ...look } = looks[entry]
                return <MenuItem key={entry} id={entry} label={name()} {...look} />
              })}
            </Fragment>
          ))}
        </AriaMenu>
      </Popover>
    </>
  )
}
