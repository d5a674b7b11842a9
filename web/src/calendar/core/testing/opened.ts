/** A chart that is worked on beside a server in memory, with a shelf for what can be undone. */
import type { Action } from '../actions'
import { Model } from '../model'
import { Undoing } from '../undoing'
import { chartOf, type Drawn } from './drawing'
import { House } from './house'

export function open(text: string, drawn: Drawn = {}) {
  const chart = chartOf(text, drawn)
  const house = new House(chart)
  const model = Model.of({ ...chart, dates: [] })
  let kept: string | null = null
  let keys = 0
  const shelf = {
    get: () => kept,
    set: (written: string) => {
      kept = written
    },
  }
  const newKey = () => {
    keys += 1
    return `k${keys}`
  }
  const undoing = (of = model) => new Undoing(of, house.send, shelf, newKey, 'undone')
  const versions = (ids: readonly string[]) =>
    Object.fromEntries(ids.map((id) => [id, model.versionOfSubject(id) ?? 0]))
  return { house, model, undoing, newKey, versions, days: chart.days }
}

type Opened = ReturnType<typeof open>

export async function act(opened: Opened, undo: Undoing, action: Action, ids: string[]) {
  return undo.do({ action, versions: opened.versions(ids), key: opened.newKey() })
}

export const bar = (model: Model, id: string, piece = 0) => {
  const found = model.stay(id)[piece]
  if (!found) throw new Error(`no ${id}`)
  return found
}
