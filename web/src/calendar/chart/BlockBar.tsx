import { memo } from 'react'
import type { GridCell } from '../core/a11y'
import type { Block } from '../core/items'
import { boxOf } from '../core/layout'
import { blockName } from '../names'
import { said } from '../said'
import { useFrame } from './frame'

interface Props {
  cell: GridCell
  block: Block
  isDimmed: boolean
}

/** Nights on which the room is not sold. */
export const BlockBar = memo(function BlockBar({ cell, block, isDimmed }: Props) {
  const { range, metrics, format } = useFrame()
  const box = boxOf(block, range, metrics)
  if (!box) return null
  const cut = `${box.arrival === 'clipped' ? ' is-cut-before' : ''}${box.departure === 'clipped' ? ' is-cut-after' : ''}`
  const name = blockName(block.blockType)
  return (
    <div
      role="gridcell"
      aria-colindex={cell.colindex}
      aria-colspan={cell.colspan}
      aria-label={said(cell.name, format)}
      tabIndex={cell.isFocused ? 0 : -1}
      data-item={block.key}
      data-focus={cell.isFocused || undefined}
      className={`bar is-block is-${block.blockType.toLowerCase()}${cut}${isDimmed ? ' is-dimmed' : ''}`}
      style={{ insetInlineStart: `calc(var(--chart-head) + ${box.start + 1}px)`, inlineSize: box.size - 2 }}
    >
      <span aria-hidden="true" className="bar-face">
        <span className="bar-label">
          <span className="bar-name">{block.reason ? `${name} · ${block.reason}` : name}</span>
        </span>
      </span>
    </div>
  )
})
