import { listen } from '../../api/live'
import { idempotencyKey } from '../../kernel/ids'
import { store } from '../../kernel/store'
import { m } from '../../paraglide/messages'
import type { Night } from '../core/days'
import { type Message, message } from '../core/message'
import { Model } from '../core/model'
import type { Outcome, Refusal } from '../core/perform'
import type { Effect, Input, Task } from '../core/state'
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

export interface Hotel {
  readonly propertyId: string
  readonly userId: string
  /** Until a chart tells it. */
  readonly businessDate: Night
  may(permission: string): boolean
}

/** All that the calendar of one property needs besides its views. */
export class Desk {
  readonly model = new Model()
  readonly controller: LaneController
  readonly loader: Loader
  readonly spoken = store('')
  private readonly follower: Follower
  readonly hotel: Hotel
  private readonly undoing: Undoing
  private readonly readers = new Set<(news: News) => void>()

  constructor(hotel: Hotel) {
    this.hotel = hotel
    this.model.businessDate = hotel.businessDate
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
    const stops = [
      this.loader.start(),
      listen(this.hotel.propertyId, (heard) => this.follower.hear(heard)),
      () => this.follower.stop(),
      this.controller.attach(perform),
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

  async undo(side: 'undo' | 'redo' = 'undo'): Promise<void> {
    const result = side === 'undo' ? await this.undoing.undo() : await this.undoing.redo()
    if (result.ok) {
      this.tell({ kind: side === 'undo' ? 'undone' : 'redone', label: result.label })
      return
    }
    if (result.isStale) this.loader.reload()
    this.tell({ kind: 'notUndone', why: result.why, refusal: result.refusal })
  }

  private tell(news: News): void {
    for (const reader of [...this.readers]) reader(news)
  }
}
