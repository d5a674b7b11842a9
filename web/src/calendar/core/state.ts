/** What the one state machine of pointer and keyboard knows, hears and answers. */
import type { Action, Edge } from './actions'
import type { BlockPart } from './blocks'
import type { Night, Span } from './days'
import type { Bar, Block, Item } from './items'
import type { Place } from './layout'
import type { Message } from './message'
import type { Model } from './model'
import type { Offers } from './offers'
import type { Versions } from './requests'
import type { Row, RowId } from './rows'
import type { Plan, Question, Reason } from './rules'

/** A row and a night; `null` is the head of the row. */
export interface Cell {
  readonly row: RowId
  readonly night: Night | null
}

interface Taken {
  readonly by: 'pointer' | 'keys'
  /** Made when it is taken: the idempotency key of whatever comes of it. */
  readonly key: string
  /** Out of a menu: it follows the pointer though no button is held. */
  readonly isLoose?: boolean
}

/** What is in hand. `bar` is the bar as it was when it was taken; everything is computed from it. */
export type Hand =
  | (Taken & {
      mode: 'move'
      bar: Bar
      home: RowId
      grabbed: Night
      /** Where along the axis the pointer took it, in nights. */
      pressed: number | null
      row: RowId
      from: Night
      /** How many of its nights are over: they stay in their room, whichever it goes to. */
      slept: number
      plan: Plan
    })
  | (Taken & { mode: 'resize'; bar: Bar; home: RowId; grabbed: Night; edge: Edge; to: Night; plan: Plan })
  | (Taken & { mode: 'split'; bar: Bar; home: RowId; at: Night; row: RowId; plan: Plan })
  | (Taken & {
      mode: 'block'
      block: Block
      home: RowId
      part: BlockPart
      grabbed: Night
      span: Span
      plan: Plan
    })
  | (Taken & { mode: 'range'; row: RowId; anchor: Night; span: Span; isBlock: boolean; why: Reason | null })

/** What is there already: all but a range of free nights. */
export type Held = Exclude<Hand, { mode: 'range' }>

/** The item that is in hand, if it is one. */
export function heldIn(hand: Held): Item
export function heldIn(hand: Hand | null): Item | null
export function heldIn(hand: Hand | null): Item | null {
  if (!hand || hand.mode === 'range') return null
  return hand.mode === 'block' ? hand.block : hand.bar
}

/** Asked before it is done; the hand stays where it is. */
export interface Asked {
  readonly kind: 'sure' | 'occupied'
  readonly questions: readonly Question[]
  readonly action: Action | null
  readonly offers: Offers | null
  readonly why: Reason | null
}

/** A button that went down and has not decided yet whether it clicks or drags. */
export interface Press {
  readonly at: Spot
  readonly pointer: 'mouse' | 'pen' | 'touch'
  readonly alt: boolean
}

export interface State {
  readonly focus: Cell | null
  /** Until the view has given focus to the cell, however late its window is drawn. */
  readonly focusRequest: number | null
  readonly press: Press | null
  /** Where a finger rested and took something: lifted there again, it wants the menu. */
  readonly rested: Spot | null
  readonly hand: Hand | null
  readonly asked: Asked | null
  /** Which way the drag asks to scroll, −1 to 1. */
  readonly pull: { readonly inline: number; readonly block: number }
  /** Where in the view it began, as long as it stands near that edge; it scrolls nothing until it is carried towards it. */
  readonly began: Began
  readonly closed: ReadonlySet<string>
}

export interface Began {
  readonly inline: number | null
  readonly block: number | null
}

export const ANYWHERE: Began = { inline: null, block: null }

export const AT_REST: State = {
  focus: null,
  focusRequest: null,
  press: null,
  rested: null,
  hand: null,
  asked: null,
  pull: { inline: 0, block: 0 },
  began: ANYWHERE,
  closed: new Set(),
}

/** Where on the chart, and in pixels along its axes to tell a click from a drag. */
export interface Spot {
  readonly row: RowId
  readonly night: Night
  readonly item: string | null
  readonly part: 'body' | Edge | 'head'
  readonly inline: number
  readonly block: number
}

export type Input =
  | { type: 'down'; at: Spot; pointer: Press['pointer']; alt: boolean; button: number }
  | { type: 'move'; at: Spot; place: Place }
  | { type: 'up'; at: Spot }
  | { type: 'cancel' }
  /** The finger stayed where it was: from here on it drags. */
  | { type: 'longPress' }
  | { type: 'menu'; at: Spot }
  | { type: 'key'; key: string; ctrl: boolean; shift: boolean; alt: boolean }
  | { type: 'answer'; choice: 'yes' | 'no' | 'swap' | 'displace' }
  | { type: 'focused'; request: number }
  | { type: 'goTo'; cell: Cell }
  /** From a menu. */
  | { type: 'take'; item: string; at: Night }
  | { type: 'split'; item: string; at: Night }
  | { type: 'toggle'; typeId: string }

export interface Task {
  readonly action: Action
  readonly versions: Versions
  readonly key: string
}

export type Command = 'undo' | 'redo' | 'today' | 'new' | 'find' | 'help' | 'earlier' | 'later' | 'goToDate'

export type Effect =
  | { kind: 'say'; messages: readonly Message[] }
  | { kind: 'scroll'; cell: Cell }
  | { kind: 'ask'; asked: Asked }
  | { kind: 'do'; task: Task }
  | { kind: 'hold' | 'letGo'; id: string }
  | { kind: 'create'; typeId: string; roomId: string | null; from: Night; to: Night; key: string }
  | { kind: 'block'; roomId: string; from: Night; to: Night; key: string }
  | { kind: 'open'; item: string }
  | { kind: 'menu'; cell: Cell; item: string | null }
  | { kind: 'command'; command: Command }

/** What the machine may look at. */
export interface Context {
  readonly model: Model
  /** As they are shown: without what a filter or a closed group hides. */
  readonly rows: readonly Row[]
  /** The time axis. */
  readonly range: Span
  /** First night on screen: where focus begins. */
  readonly start: Night
  /** How many of them are on screen whole. */
  readonly nightsSeen: number
  /** How wide a night is, in pixels. */
  readonly nightSize: number
  readonly pageRows: number
  readonly isRightToLeft: boolean
  may(permission: string): boolean
  newKey(): string
}

export interface Next {
  readonly state: State
  readonly effects: readonly Effect[]
}

export function next(state: State, ...effects: Effect[]): Next {
  return { state, effects }
}

export function indexOf(context: Context, row: RowId): number {
  return context.rows.findIndex((one) => one.id === row)
}
