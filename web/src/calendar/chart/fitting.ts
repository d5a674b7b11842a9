/** Which rows could take what is in hand: asked for every row at every step of a drag, so each answer is kept for the step. */
import type { Model } from '../core/model'
import type { Row } from '../core/rows'
import { fits, planSplit } from '../core/rules'
import type { Hand } from '../core/state'

let step: { hand: Hand | null; answers: Map<string, boolean> } = { hand: null, answers: new Map() }

export function rowFits(model: Model, hand: Hand, row: Row): boolean {
  if (step.hand !== hand) step = { hand, answers: new Map() }
  const known = step.answers.get(row.id)
  if (known !== undefined) return known
  const answer = judge(model, hand, row)
  step.answers.set(row.id, answer)
  return answer
}

function judge(model: Model, hand: Hand, row: Row): boolean {
  if (row.kind === 'group') return true
  if (hand.mode === 'move') return fits(model, hand.bar, row, row.kind === 'lane' ? hand.bar.from : hand.from)
  if (hand.mode === 'split') return planSplit(model, hand.bar, hand.at, row).why === null
  return true
}
