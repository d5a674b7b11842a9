/** Holds the state of the machine, tells the model what is in hand, and hands its effects to whoever is attached. */
import type { Night, Span } from './days'
import { shownRows } from './filter'
import { react } from './machine'
import type { Model } from './model'
import type { Row } from './rows'
import { AT_REST, type Context, type Effect, heldIn, type Input, type State } from './state'
import { type Filters, NO_FILTERS } from './url'

export interface View {
  readonly range: Span
  readonly start: Night
  /** How many nights are on screen whole. */
  readonly nightsSeen: number
  /** Pixels of a night. */
  readonly nightSize: number
  readonly pageRows: number
  readonly isRightToLeft: boolean
  readonly filters: Filters
}

export interface Powers {
  may(permission: string): boolean
  newKey(): string
}

export class Controller {
  private current: State = AT_REST
  private view: View = {
    range: { from: 0, to: 0 },
    start: 0,
    nightsSeen: 1,
    nightSize: 0,
    pageRows: 10,
    isRightToLeft: false,
    filters: NO_FILTERS,
  }
  private listeners = new Set<() => void>()
  private performers = new Set<(effect: Effect) => void>()
  private shown: { rows: readonly Row[]; of: readonly unknown[] } = { rows: [], of: [] }
  private requests = 0
  readonly model: Model
  private readonly powers: Powers

  constructor(model: Model, powers: Powers) {
    this.model = model
    this.powers = powers
  }

  get state(): State {
    return this.current
  }

  /** What is on screen, from the view: the axis, the page, the filters. */
  setView(view: Partial<View>): void {
    this.view = { ...this.view, ...view }
    this.tell()
  }

  /** The rows as they are shown; the same array until something of it changes. */
  get rows(): readonly Row[] {
    const { filters } = this.view
    // A filter by housekeeping looks into the rooms, so each change of theirs counts.
    const rooms =
      filters.housekeeping.length > 0 ? this.model.rows.map((row) => this.model.versionOf(row.id)).join() : ''
    const of = [this.model.rows, filters, this.current.closed, rooms]
    if (of.some((part, n) => part !== this.shown.of[n]))
      this.shown = { rows: shownRows(this.model, filters, this.current.closed), of }
    return this.shown.rows
  }

  send(input: Input): void {
    const before = this.current
    const { state, effects } = react(before, this.context(), input)
    // A request that was answered must not share its number with the next one.
    const isNew = state.focusRequest !== null && state.focusRequest !== before.focusRequest
    if (isNew) this.requests += 1
    this.current = isNew ? { ...state, focusRequest: this.requests } : state
    for (const effect of effects) {
      if (effect.kind === 'hold') this.model.hold(effect.id)
      else if (effect.kind === 'letGo') this.model.letGo(effect.id)
      else for (const perform of [...this.performers]) perform(effect)
    }
    if (before !== this.current) this.tell()
  }

  subscribe(listener: () => void): () => void {
    const own = () => listener()
    this.listeners.add(own)
    return () => this.listeners.delete(own)
  }

  /** Each attachment is its own and ends by its own cleanup. When the last one goes, the hand opens. */
  attach(perform: (effect: Effect) => void): () => void {
    const own = (effect: Effect) => perform(effect)
    this.performers.add(own)
    return () => {
      if (!this.performers.delete(own) || this.performers.size > 0) return
      const held = heldIn(this.current.hand)
      if (held) this.model.letGo(held.id)
      this.current = {
        ...this.current,
        press: null,
        rested: null,
        hand: null,
        asked: null,
        pull: AT_REST.pull,
        began: AT_REST.began,
      }
      this.tell()
    }
  }

  private context(): Context {
    const { range, start, nightsSeen, nightSize, pageRows, isRightToLeft } = this.view
    return {
      model: this.model,
      rows: this.rows,
      range,
      start,
      nightsSeen,
      nightSize,
      pageRows,
      isRightToLeft,
      may: (permission) => this.powers.may(permission),
      newKey: () => this.powers.newKey(),
    }
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener()
  }
}
