/** Undo and redo as a person does them: checked, performed, remembered. */
import { type Message, message } from './message'
import type { Model } from './model'
import { type Outcome, perform, type Refusal, type Send } from './perform'
import type { Task } from './state'
import {
  carried,
  done,
  type History,
  NO_HISTORY,
  read,
  type Side,
  type Step,
  tryRedo,
  tryUndo,
  without,
  written,
} from './undo'

/** Where the steps survive a reload: `sessionStorage`, under a key that names property and user. */
export interface Shelf {
  get(): string | null
  set(text: string): void
}

export type Undone =
  | { readonly ok: true; readonly label: Message }
  | { readonly ok: false; readonly why: Message; readonly refusal: Refusal | null; readonly isStale: boolean }

export class Undoing {
  private queue: Promise<unknown> = Promise.resolve()
  private readonly model: Model
  private readonly send: Send
  private readonly shelf: Shelf
  private readonly newKey: () => string
  private readonly why: string

  constructor(model: Model, send: Send, shelf: Shelf, newKey: () => string, why: string) {
    this.model = model
    this.send = send
    this.shelf = shelf
    this.newKey = newKey
    this.why = why
  }

  /** As it is on the shelf, where steps come also from beside the chart. */
  private get history(): History {
    return read(this.shelf.get())
  }

  get canUndo(): boolean {
    return this.history.past.length > 0
  }

  get canRedo(): boolean {
    return this.history.future.length > 0
  }

  /** Shows at once, whatever still waits: only what the server is asked goes in order. */
  async do(task: Task): Promise<Outcome> {
    const outcome = await perform(this.model, task, this.send, this.why)
    if (outcome.ok && outcome.step) this.keep(done(this.history, outcome.step))
    return outcome
  }

  /** What was done beside the chart is a step all the same. */
  remember(step: Step): void {
    this.keep(done(this.history, step))
  }

  undo(): Promise<Undone> {
    return this.inTurn(() => this.back('past'))
  }

  redo(): Promise<Undone> {
    return this.inTurn(() => this.back('future'))
  }

  /** Who logs out leaves nothing behind. */
  forget(): void {
    this.keep(NO_HISTORY)
  }

  private async back(side: Side): Promise<Undone> {
    const versionOf = (id: string) => this.model.versionOfSubject(id)
    const trial = side === 'past' ? tryUndo(this.history, versionOf) : tryRedo(this.history, versionOf)
    if (!trial.ok) {
      if (trial.step) this.keep(without(this.history, side, trial.step))
      const name = trial.id === null ? '' : (this.model.stay(trial.id)[0]?.lastName ?? '')
      return {
        ok: false,
        why: message(`calendar.${side === 'past' ? 'undo' : 'redo'}.${trial.why}`, { name }),
        refusal: null,
        isStale: false,
      }
    }
    const task = { action: trial.action, versions: trial.versions, key: this.newKey() }
    const outcome = await perform(this.model, task, this.send, this.why)
    if (!outcome.ok) {
      // A lost connection says nothing about the step; everything else will not be otherwise the next time.
      if (outcome.refusal.code !== 'UNREACHABLE') this.keep(without(this.history, side, trial.step))
      return {
        ok: false,
        why: message('calendar.undo.refused', { ...trial.step.label.facts }),
        refusal: outcome.refusal,
        isStale: outcome.isStale,
      }
    }
    this.keep(carried(this.history, side, trial.step, outcome.versions, outcome.ids))
    return { ok: true, label: trial.step.label }
  }

  /** Two presses of Ctrl+Z take back two steps, the second after the first was answered. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work)
    this.queue = turn.catch(() => undefined)
    return turn
  }

  private keep(history: History): void {
    this.shelf.set(written(history))
  }
}
