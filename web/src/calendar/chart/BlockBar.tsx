import { memo } from 'react'
import type { GridCell } from '../core/a11y'
import { type BlockPart, blockFault } from '../core/blocks'
import type { Block } from '../core/items'
import { boxOf } from '../core/layout'
import { blockName } from '../names'
import { said } from '../said'
import { useFrame } from './frame'

interface Props {
  cell: GridCell
  block: Block
  isHeld: boolean
  isDimmed: boolean
}

/** Nights on which the room is not sold. */
export const BlockBar = memo(function BlockBar({ cell, block, isHeld, isDimmed }: Props) {
  const { desk, range, metrics, format } = useFrame()
  const box = boxOf(block, range, metrics)
  if (!box) return null
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
      role="gridcell"
      aria-colindex={cell.colindex}
      aria-colspan={cell.colspan}
      aria-label={said(cell.name, format)}
      tabIndex={cell.isFocused ? 0 : -1}
      data-item={block.key}
      data-focus={cell.isFocused || undefined}
      className={`bar is-block ${flags.filter(Boolean).join(' ')}`}
      style={{ insetInlineStart: `calc(var(--chart-head) + ${box.start + 1}px)`, inlineSize: box.size - 2 }}
    >
      <BlockFace block={block} />
      {isFree('start') && <span className="bar-edge is-start" data-edge="start" />}
      {isFree('end') && <span className="bar-edge is-end" data-edge="end" />}
    </div>
  )
})

/** What is written on it; also on the ghost of a drag. */
export function BlockFace({ block }: { block: Block }) {
  const name = blockName(block.blockType)
  return (
    <span aria-hidden="true" className="bar-face">
      <span className="bar-label">
        <span className="bar-name">{block.reason ? `${name} · ${block.reason}` : name}</span>
      </span>
    </span>
  )
}
