/** A person at the chart, for tests: says where the pointer is by room and night, and writes down what comes of it. */
import { Controller, type View } from '../controller'
import type { Model } from '../model'
import type { RowId } from '../rows'
import type { Effect, Input, Press, Spot } from '../state'
import { NO_FILTERS } from '../url'
import { type Drawn, FIRST, modelOf } from './drawing'

const NIGHT_PX = 40
const PLACE = { inline: 500, block: 300, viewInline: 1000, viewBlock: 600 }

export class Desk {
  readonly model: Model
  readonly controller: Controller
  readonly effects: Effect[] = []
  readonly leave: () => void
  private keys = 0

  constructor(text: string, drawn: Drawn & { view?: Partial<View>; forbidden?: readonly string[] } = {}) {
    this.model = modelOf(text, drawn)
    const days = this.model.segments[0]?.to ?? FIRST
    this.controller = new Controller(this.model, {
      may: (permission) => !drawn.forbidden?.includes(permission),
      newKey: () => {
        this.keys += 1
        return `key${this.keys}`
      },
    })
    this.controller.setView({
      range: { from: FIRST, to: days },
      start: FIRST,
      nightsSeen: days - FIRST,
      nightSize: NIGHT_PX,
      pageRows: 3,
      filters: NO_FILTERS,
      ...drawn.view,
    })
    this.leave = this.controller.attach((effect) => this.effects.push(effect))
  }

  get state() {
    return this.controller.state
  }

  /** `101@2`, a night of a room; the bar there, if there is one, by its body or an edge. */
  spot(at: string, part: Spot['part'] = 'body'): Spot {
    const [row = '', night = '0'] = at.split('@')
    const id: RowId = this.model.rows.find((one) => one.kind === 'lane' && one.typeId === row)?.id ?? row
    const n = FIRST + Number(night)
    // The right edge of a bar lies in the column of the day of departure.
    const key = this.model.onNight(id, part === 'end' ? n - 1 : n)?.key ?? null
    const block = this.model.rows.findIndex((one) => one.id === id) * 32
    return { row: id, night: n, item: key, part, inline: Number(night) * NIGHT_PX, block }
  }

  send(input: Input): this {
    this.controller.send(input)
    return this
  }

  down(at: string, part: Spot['part'] = 'body', alt = false, pointer: Press['pointer'] = 'mouse'): this {
    return this.send({ type: 'down', at: this.spot(at, part), pointer, alt, button: 0 })
  }

  move(at: string, place: Partial<typeof PLACE> = {}): this {
    return this.send({ type: 'move', at: this.spot(at), place: { ...PLACE, ...place } })
  }

  up(at: string): this {
    return this.send({ type: 'up', at: this.spot(at) })
  }

  drag(from: string, to: string, part: Spot['part'] = 'body', alt = false): this {
    return this.down(from, part, alt).move(to).up(to)
  }

  /** `Ctrl+Shift+ArrowLeft M Enter`, one after the other. */
  press(keys: string): this {
    for (const combination of keys.split(' ')) {
      const parts = combination.split('+')
      const key = parts.pop() ?? ''
      const has = (name: string) => parts.includes(name)
      this.send({ type: 'key', key, ctrl: has('Ctrl'), shift: has('Shift'), alt: has('Alt') })
    }
    return this
  }

  focus(at: string): this {
    const { row, night } = this.spot(at)
    return this.send({ type: 'goTo', cell: { row, night } })
  }

  get focused(): string {
    const { focus } = this.state
    return focus ? `${focus.row}@${focus.night === null ? 'head' : focus.night - FIRST}` : 'nowhere'
  }

  /** The actions that were done, in short, and forgotten. */
  get done(): string[] {
    return this.take('do').map(({ task }) => {
      const { action } = task
      const steps = action.kind === 'all' ? action.steps : [action]
      return steps.map((step) => short(step)).join(' + ')
    })
  }

  /** The last things that were said, and forgotten. */
  get said(): string[] {
    const said = this.take('say')
    return (said[said.length - 1]?.messages ?? []).map((message) => message.key.replace(/^calendar\./, ''))
  }

  take<K extends Effect['kind']>(kind: K): Extract<Effect, { kind: K }>[] {
    const taken = this.effects.filter(
      (effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind,
    )
    const rest = this.effects.filter((effect) => effect.kind !== kind)
    this.effects.splice(0, this.effects.length, ...rest)
    return taken
  }
}

/** Nights counted from the first. */
function short(step: object): string {
  const words = Object.entries(step).flatMap(([name, value]) => {
    if (name === 'seen' || name === 'kind' || value === null) return []
    return [typeof value === 'number' ? `@${value - FIRST}` : String(value)]
  })
  return [(step as { kind: string }).kind, ...words].join(' ')
}
