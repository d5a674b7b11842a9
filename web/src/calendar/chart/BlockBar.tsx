import type { GridCell } from '../core/a11y'
import { type BlockPart, blockFault } from '../core/blocks'
import type { Block } from '../core/items'
import { boxOf, columnStart } from '../core/layout'
import { blockName } from '../names'
import { fitted, type Letters } from './fitText'
import { type Frame, placed, spoken } from './frame'

/** Borders and margins of bars.css. */
const TAKES_PX = 12
const NAME: Letters = { px: 12, weight: 550 }

const EDGES = ['start', 'end'] as const

interface Props {
  cell: GridCell
  block: Block
  isHeld: boolean
  isDimmed: boolean
}

/** Nights on which the room is not sold. */
export function blockBar(frame: Frame, { cell, block, isHeld, isDimmed }: Props) {
  const { desk, range, metrics } = frame
  const box = boxOf(block, range, metrics)
  if (!box) return null
  // As of a stay: what it is goes along with the edge of what is in sight.
  const isAtEdge = block.from + 0.5 < frame.edge
  const size = isAtEdge
    ? Math.min(box.size, box.start + box.size - columnStart(frame.edge, range, metrics))
    : box.size
  const face = blockFace(block, size)
  const mayMove = desk.hotel.may('pms.calendar.move')
  const isFree = (part: BlockPart) => mayMove && !blockFault(desk.model, block, part)
  const flags = [
    `is-${block.blockType.toLowerCase()}`,
    box.arrival === 'clipped' && 'is-cut-before',
    box.departure === 'clipped' && 'is-cut-after',
    isHeld && 'is-held',
    isDimmed && 'is-dimmed',
    isFree('body') && 'is-free',
  ]
  return (
    <div
      key={cell.key}
      role="gridcell"
      aria-colindex={cell.colindex}
      aria-colspan={cell.colspan}
      aria-label={spoken(frame, cell.name)}
      tabIndex={cell.isFocused ? 0 : -1}
      data-item={block.key}
      data-edges={EDGES.filter(isFree).join(' ') || undefined}
      data-focus={cell.isFocused || undefined}
      className={`bar is-block ${flags.filter(Boolean).join(' ')}`}
      style={placed(frame, box.start + 1, box.size - 2)}
    >
      {isAtEdge ? <span className="bar-label">{face}</span> : face}
    </div>
  )
}

/** What is written on it; also on the ghost of a drag. */
export function blockFace(block: Block, size: number): string {
  const name = blockName(block.blockType)
  return fitted(block.reason ? `${name} · ${block.reason}` : name, size - TAKES_PX, NAME, '…')
}
