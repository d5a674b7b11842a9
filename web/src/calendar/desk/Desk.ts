import type { ReactNode } from 'react'
import { type Heard, listen } from '../../api/live'
import type { Format } from '../../i18n/format'
import { idempotencyKey } from '../../kernel/ids'
import { store } from '../../kernel/store'
import { m } from '../../paraglide/messages'
import { contains, type Night, type Span } from '../core/days'
import { type Message, message } from '../core/message'
import { Model } from '../core/model'
import type { Outcome, Refusal } from '../core/perform'
import type { Cell, Effect, Input, Task } from '../core/state'
import type { Told } from '../core/told'
import type { Step } from '../core/undo'
import { Undoing } from '../core/undoing'
import { Follower } from './Follower'
import { LaneController } from './LaneController'
import { Loader } from './Loader'
import { send } from './send'

/** What happened, for whoever tells it: a toast, the live region. */
export type News =
  | { kind: 'done'; label: Message; canUndo: boolean }
  | { kind: 'undone' | 'redone'; label: Message }
  | { kind: 'refused'; refusal: Refusal; task: Task }
  | { kind: 'notUndone'; why: Message; refusal: Refusal | null }

export type Restraints = (night: Night, format: Format) => { words: string; mark: ReactNode } | null

export interface Hotel {
  readonly propertyId: string
  readonly userId: string
  /** Until a chart tells it. */
  readonly businessDate: Night
  /** Of its country, whose week-end is shown. */
  readonly locale: string
  may(permission: string): boolean
}

/** The same night if the bar has it, so that nothing scrolls away. */
const nightIn = (bar: Span, night: Night | null): Night =>
  night !== null && contains(bar, night) ? night : bar.from

/** All that the calendar of one property needs besides its views. */
export class Desk {
  /** Whose chart is on the screen. */
  static onScreen: Desk | null = null
  readonly model = new Model()
  readonly controller: LaneController
  readonly loader: Loader
  readonly spoken = store('')
  /** What is said on the head of a date; nothing until it was fetched. */
  readonly restraints = store<Restraints | null>(null)
  /** What the stream told last; nothing after a gap. */
  readonly heard = store<readonly Heard[]>([])
  private readonly follower: Follower
  readonly hotel: Hotel
  private readonly undoing: Undoing
  private readonly readers = new Set<(news: News) => void>()

  constructor(hotel: Hotel) {
    this.hotel = hotel
    this.model.businessDate = hotel.businessDate
    this.model.propertyId = hotel.propertyId
    this.controller = new LaneController(this.model, {
      may: (permission) => hotel.may(permission),
      newKey: idempotencyKey,
    })
    this.loader = new Loader(this.model, hotel.propertyId)
    this.follower = new Follower(this.model, hotel.propertyId, () => this.loader.reload())
    const shelf = `pms.undo.${hotel.propertyId}.${hotel.userId}`
    this.undoing = new Undoing(
      this.model,
      send,
      {
        // Of the tab: the steps of another window are not ours to take back, and with the tab the names in them go.
        get: () => sessionStorage.getItem(shelf),
        set: (text) => sessionStorage.setItem(shelf, text),
      },
      idempotencyKey,
      m.calendarUndoReason(),
    )
  }

  start(perform: (effect: Effect) => void): () => void {
    Desk.onScreen = this
    const stops = [
      this.loader.start(),
      // The chart is asked for in the same moment; either of the two may be answered first.
      listen(
        this.hotel.propertyId,
        (heard) => {
          this.heard.set(heard ?? [])
          this.follower.hear(heard)
        },
        { of: 'calendar', recent: 2 },
      ),
      () => this.follower.stop(),
      this.controller.attach(perform),
      () => {
        if (Desk.onScreen === this) Desk.onScreen = null
      },
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  onNews(reader: (news: News) => void): () => void {
    this.readers.add(reader)
    return () => this.readers.delete(reader)
  }

  get canUndo(): boolean {
    return this.undoing.canUndo
  }

  get canRedo(): boolean {
    return this.undoing.canRedo
  }

  /** Whether a key meant something: then it must not mean anything else. */
  press(input: Extract<Input, { type: 'key' }>): boolean {
    const before = this.controller.state
    let isHeard = false
    const stop = this.controller.attach(() => {
      isHeard = true
    })
    this.controller.send(input)
    stop()
    return isHeard || this.controller.state !== before
  }

  /** `isQuiet`: whoever asked shows the refusal itself. */
  async do(task: Task, isQuiet = false): Promise<Outcome> {
    const outcome = await this.undoing.do(task)
    if (outcome.ok) {
      const label = outcome.step?.label ?? message('calendar.did.nothing')
      this.tell({ kind: 'done', label, canUndo: outcome.step !== null })
    } else {
      if (outcome.isStale) this.loader.reload()
      if (!isQuiet) this.tell({ kind: 'refused', refusal: outcome.refusal, task })
    }
    return outcome
  }

  /** Done beside the chart, on any page; `told` is what came of it. */
  remember(step: Step, told: readonly Told[]): void {
    this.model.put(told)
    this.undoing.remember(step)
    this.tell({ kind: 'done', label: step.label, canUndo: true })
  }

  async undo(side: 'undo' | 'redo' = 'undo'): Promise<void> {
    const followed = this.focusedStay()
    const result = side === 'undo' ? await this.undoing.undo() : await this.undoing.redo()
    if (result.ok) {
      if (followed) this.follow(followed)
      this.tell({ kind: side === 'undo' ? 'undone' : 'redone', label: result.label })
      return
    }
    if (result.isStale) this.loader.reload()
    this.tell({ kind: 'notUndone', why: result.why, refusal: result.refusal })
  }

  /** Goes to a cell, also in a group that is closed. */
  reveal(cell: Cell): void {
    const { controller, model } = this
    const typeId = model.row(cell.row)?.typeId
    if (typeId && controller.state.closed.has(typeId)) controller.send({ type: 'toggle', typeId })
    controller.send({ type: 'goTo', cell })
  }

  private focusedStay(): { id: string; focus: Cell } | null {
    const { focus } = this.controller.state
    const item = focus?.night != null && this.model.onNight(focus.row, focus.night)
    return item && item.kind === 'stay' && focus ? { id: item.id, focus } : null
  }

  /** Who was on a stay goes along with it, unless they went elsewhere meanwhile, or it is not on the chart. */
  private follow({ id, focus }: { id: string; focus: Cell }): void {
    const { model, controller } = this
    const bars = model.stay(id)
    const isGone = focus.night === null || model.onNight(focus.row, focus.night)?.id !== id
    const bar = bars.find((one) => focus.night !== null && contains(one, focus.night)) ?? bars[0]
    const row = bar && model.rowOf(bar)
    const isShown = controller.rows.some((one) => one.id === row)
    const isThere = document.activeElement?.closest('[role=treegrid]') && controller.state.focus === focus
    if (row && isGone && isShown && isThere && !controller.state.hand)
      controller.send({ type: 'goTo', cell: { row, night: nightIn(bar, focus.night) } })
  }

  private tell(news: News): void {
    for (const reader of [...this.readers]) reader(news)
  }
}
