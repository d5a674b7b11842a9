/** Nights for which a room is not sold, in hand: they move along their room and stretch; into another room they do not go. */
import type { Action, Edge } from './actions'
import { dateOf, type Night, type Span } from './days'
import type { Block } from './items'
import type { Model } from './model'
import { inTheWay, type Plan, type Reason, reason } from './rules'

export type BlockPart = 'body' | Edge

/** Why this part of it cannot be taken: what was before the business date is history. */
export function blockFault(model: Model, block: Block, part: BlockPart): Reason | null {
  const today = model.businessDate
  if (block.to <= today) return reason('blockOver')
  if (part !== 'end' && block.from < today) return reason('blockBegun', { date: dateOf(block.from) })
  return null
}

/** `by` nights from where it was when it was taken; never less than a night. */
export function blockSpan(block: Block, part: BlockPart, by: number): Span {
  const { from, to } = block
  if (part === 'start') return { from: Math.min(from + by, to - 1), to }
  if (part === 'end') return { from, to: Math.max(to + by, from + 1) }
  return { from: from + by, to: to + by }
}

export function planBlock(model: Model, block: Block, span: Span): Plan {
  const no = (why: Reason): Plan => ({ action: null, why, asks: [] })
  const today = model.businessDate
  const has = { begun: span.from !== block.from, ended: span.to !== block.to }
  if ((has.begun && span.from < today) || (has.ended && span.to < today))
    return no(reason('blockPast', { date: dateOf(today) }))
  const taken = inTheWay(model, block.roomId, span, [block.id])
  if (taken) return no(taken)
  const action: Action = {
    kind: 'changeBlock',
    id: block.id,
    ...(has.begun ? { from: span.from } : {}),
    ...(has.ended ? { to: span.to } : {}),
  }
  return { action: has.begun || has.ended ? action : null, why: null, asks: [] }
}

/** The night that leads the ghost: what the keys scroll to. */
export const blockLead = (span: Span, part: BlockPart): Night => (part === 'end' ? span.to - 1 : span.from)
