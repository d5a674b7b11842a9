/** What comes out of the machine and out of menus, done. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useSpoken } from '../../i18n/locale'
import type { Day } from '../../kernel/dates'
import { idempotencyKey } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { notify } from '../../ui/Toast'
import { focusBefore } from '../../ui/useReturn'
import type { ChartHandle } from '../chart/Chart'
import { useDeskState } from '../chart/useDesk'
import type { Action, Single } from '../core/actions'
import { dateOf, type Night } from '../core/days'
import type { Bar } from '../core/items'
import type { Message } from '../core/message'
import { earlyFault, isUnready, reasonMessage } from '../core/rules'
import type { Cell, Command, Effect } from '../core/state'
import type { Desk } from '../desk/Desk'
import { said } from '../said'
import type { BlockRequest } from './BlockDialog'
import type { BookRequest } from './bookDraft'
import type { Entry } from './menu'

/** Whatever closes has given up the focus by then. */
const CLOSED_MS = 160

export type Overlay =
  | { kind: 'book'; request: BookRequest }
  | { kind: 'block'; request: BlockRequest }
  | { kind: 'fit'; stayId: string; roomId?: string }
  | { kind: 'tidy' | 'upgrade'; typeId: string; from: Day }
  | { kind: 'restraints'; typeId: string | null; from: Day }
  | { kind: 'cancel' | 'noShow' | 'dirty' | 'balance' | 'early' | 'note' | 'history'; bar: Bar }

export interface MenuState {
  readonly x: number
  readonly y: number
  readonly cell: Cell
  readonly item: string | null
}

export interface Outside {
  openStay(id: string): void
  command(command: Command): void
}

export function useActs(desk: Desk, chart: RefObject<ChartHandle | null>, outside: Outside) {
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const [menu, setMenu] = useState<MenuState | null>(null)
  const point = useRef<{ x: number; y: number } | null>(null)
  const say = useSay(desk)

  /** The seam for whatever books: today the short dialog. */
  const openBooking = useCallback((request: BookRequest) => setOverlay({ kind: 'book', request }), [])

  const openRestraints = useCallback(
    (night: Night, typeId: string | null) => setOverlay({ kind: 'restraints', typeId, from: dateOf(night) }),
    [],
  )

  const openMenu = (cell: Cell, item: string | null) => {
    const box = chart.current?.focusedElement()?.getBoundingClientRect()
    const at = point.current ?? { x: (box?.left ?? 0) + 12, y: box?.bottom ?? 0 }
    point.current = null
    setMenu({ ...at, cell, item })
  }
  const perform = (effect: Effect) => {
    switch (effect.kind) {
      case 'say':
        return say(effect.messages)
      case 'scroll':
        if (!desk.controller.state.press) chart.current?.show(effect.cell)
        return
      case 'do':
        return void desk.do(effect.task)
      case 'create':
        return openBooking(effect)
      case 'block':
        return setOverlay({ kind: 'block', request: effect })
      case 'open': {
        const item = desk.model.item(effect.item)
        if (item?.kind === 'stay') outside.openStay(item.id)
        else if (item) openMenu({ row: item.roomId, night: item.from }, item.key)
        return
      }
      case 'menu':
        return openMenu(effect.cell, effect.item)
      case 'command':
        return outside.command(effect.command)
    }
  }
  const newest = useRef(perform)
  newest.current = perform
  useEffect(() => desk.start((effect) => newest.current(effect)), [desk])

  const isAsked = useDeskState(desk, (state) => state.asked !== null)
  const wasAsked = useRef(false)
  useEffect(() => {
    if (wasAsked.current && !isAsked) giveBack(chart, null)
    wasAsked.current = isAsked
  }, [isAsked, chart])

  const choose = (entry: Entry) => {
    if (menu) chooseEntry(desk, menu, entry, { openBooking, setOverlay, say, openStay: outside.openStay })
  }
  return {
    isOver: isAsked || overlay !== null || menu !== null,
    overlay,
    menu,
    choose,
    openBooking,
    openRestraints,
    setOverlay,
    // Gone at once, so that the next key already means the chart.
    closeMenu: () => {
      flushSync(() => setMenu(null))
      giveBack(chart, null)
    },
    closeOverlay: () => {
      flushSync(() => setOverlay(null))
      giveBack(chart, focusBefore())
    },
    menuAt: (at: { x: number; y: number } | null) => {
      point.current = at
    },
  }
}

/** Focus to what opened it, or to the chart, when what had it is gone: the cell may have been drawn anew meanwhile. */
function giveBack(chart: RefObject<ChartHandle | null>, opener: HTMLElement | null): void {
  const isBeside = opener?.isConnected && !opener.closest('[role=treegrid]')
  const give = () => {
    const target = isBeside ? opener : chart.current?.focusedElement()
    if (document.activeElement === document.body) target?.focus({ preventScroll: true })
  }
  give()
  requestAnimationFrame(give)
  setTimeout(give, CLOSED_MS)
}

/** Into the live region; why something cannot be is shown as well, unless it stands beside what is in hand. */
function useSay(desk: Desk) {
  const { format } = useSpoken()
  return useCallback(
    (messages: readonly Message[]) => {
      const text = messages
        .map((one) => said(one, format))
        .filter(Boolean)
        .join('. ')
      // Said twice it must be heard twice.
      desk.spoken.set(desk.spoken.get() === text ? `${text}\u00a0` : text)
      const why = messages.find((one) => one.key.startsWith('calendar.why.'))
      if (why && !desk.controller.state.hand) notify({ text: said(why, format), tone: 'error' })
    },
    [desk, format],
  )
}

interface Ways {
  openBooking(request: BookRequest): void
  setOverlay(overlay: Overlay): void
  openStay(id: string): void
  say(messages: readonly Message[]): void
}

export function act(desk: Desk, action: Single, version: number | undefined) {
  const versions = version === undefined ? {} : { [action.id]: version }
  return desk.do({ action: action as Action, versions, key: idempotencyKey() })
}

function chooseEntry(desk: Desk, menu: MenuState, entry: Entry, ways: Ways) {
  const { model, controller } = desk
  const item = menu.item === null ? undefined : model.item(menu.item)
  if (item?.kind === 'stay') return chooseOfStay(desk, item, menu, entry, ways)
  if (item) {
    const request = { roomId: item.roomId, from: item.from, to: item.to, key: idempotencyKey(), block: item }
    if (entry === 'move') controller.send({ type: 'take', item: item.key, at: menu.cell.night ?? item.from })
    else if (entry === 'changeBlock') ways.setOverlay({ kind: 'block', request })
    else void act(desk, { kind: 'unblock', id: item.id }, item.version)
    return
  }
  const row = model.row(menu.cell.row)
  if (!row) return
  if (row.kind === 'group') return controller.send({ type: 'toggle', typeId: row.typeId })
  const from = menu.cell.night ?? model.businessDate
  const roomId = row.kind === 'room' ? row.roomId : null
  const nights = { from, to: from + 1, key: idempotencyKey() }
  if (entry === 'book') return ways.openBooking({ typeId: row.typeId, roomId, ...nights })
  if (roomId === null) return
  if (entry === 'block' || entry === 'free')
    return ways.setOverlay({ kind: 'block', request: { roomId, ...nights, isFreeing: entry === 'free' } })
  const status = entry === 'dirty' ? 'VACANT_DIRTY' : 'VACANT_CLEAN'
  const isInspected = entry === 'inspected'
  void act(desk, { kind: 'roomStatus', id: roomId, status, isInspected }, model.room(roomId)?.version)
}

function chooseOfStay(desk: Desk, bar: Bar, menu: MenuState, entry: Entry, ways: Ways) {
  const { id, version } = bar
  const at = menu.cell.night ?? bar.from
  switch (entry) {
    case 'open':
      return ways.openStay(id)
    case 'move':
      return desk.controller.send({ type: 'take', item: bar.key, at })
    case 'split':
      return desk.controller.send({ type: 'split', item: bar.key, at })
    case 'pin':
    case 'unpin':
      return void act(desk, { kind: 'pin', id, isPinned: entry === 'pin' }, version)
    case 'cancel':
    case 'noShow':
    case 'note':
    case 'history':
      return ways.setOverlay({ kind: entry, bar })
    case 'checkInEarly': {
      const stop = earlyFault(desk.model, bar)
      return stop ? ways.say([reasonMessage(stop)]) : ways.setOverlay({ kind: 'early', bar })
    }
    case 'checkIn':
      if (isUnready(desk.model, bar)) return ways.setOverlay({ kind: 'dirty', bar })
      return void act(desk, { kind: 'checkIn', id }, version)
    case 'checkOut':
      if (bar.balanceCents > 0) return ways.setOverlay({ kind: 'balance', bar })
      return void act(desk, { kind: 'checkOut', id }, version)
    case 'confirm':
    case 'undoCheckIn':
    case 'undoCheckOut':
    case 'unassign':
      return void act(desk, { kind: entry, id }, version)
    default:
      return
  }
}

/** For who has no mouse at hand: tells that nothing was found. */
export const tellNone = (query: string) => notify({ text: m.calendarFindNone({ query }) })
