/** Which rows could take what is in hand: asked for every row at every step of a drag, so each answer is kept as long as it holds. */
import type { Model } from '../core/model'
import type { Row } from '../core/rows'
import { fits, planSplit } from '../core/rules'
import type { Hand } from '../core/state'

interface Answer {
  readonly isFit: boolean
  readonly version: number
}

let known: { question: readonly unknown[]; answers: Map<string, Answer> } = {
  question: [],
  answers: new Map(),
}

export function rowFits(model: Model, hand: Hand, row: Row): boolean {
  const question = questionOf(model, hand)
  if (question.some((part, n) => part !== known.question[n])) known = { question, answers: new Map() }
  const version = model.versionOf(row.id)
  const answer = known.answers.get(row.id)
  if (answer?.version === version) return answer.isFit
  const isFit = judge(model, hand, row)
  known.answers.set(row.id, { isFit, version })
  return isFit
}

/** As long as these are the same, a row's answer is: it does not matter over which row the hand is. */
function questionOf(model: Model, hand: Hand): readonly unknown[] {
  const night = hand.mode === 'move' ? hand.from : hand.mode === 'split' ? hand.at : null
  return [hand.key, night, model.versionOf('totals')]
}

function judge(model: Model, hand: Hand, row: Row): boolean {
  if (row.kind === 'group') return true
  if (hand.mode === 'move') return fits(model, hand.bar, row, row.kind === 'lane' ? hand.bar.from : hand.from)
  if (hand.mode === 'split') return planSplit(model, hand.bar, hand.at, row).why === null
  return true
}
