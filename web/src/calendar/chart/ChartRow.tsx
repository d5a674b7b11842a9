import { memo, useCallback, useSyncExternalStore } from 'react'
import { cellsOf, type GridCell, rowOf } from '../core/a11y'
import type { Night, Span } from '../core/days'
import { isDimmed } from '../core/filter'
import { columnStart } from '../core/layout'
import type { Row } from '../core/rows'
import { heldIn } from '../core/state'
import type { Filters } from '../core/url'
import type { Desk } from '../desk/Desk'
import { blockBar } from './BlockBar'
import { rowFits } from './fitting'
import { type Frame, placed, spoken, useFrame } from './frame'
import { RowHead } from './RowHead'
import { stayBar } from './StayBar'
import { useVersion } from './useDesk'

interface Props {
  row: Row
  index: number
  nights: Span
  filters: Filters
  /** The night that has the focus, `null` for the head; `undefined` while focus is in another row. */
  focus: Night | null | undefined
  isOpen: boolean
}

/** One row of the tree grid. Draws again when its own version changes, not when another row's does. */
export const ChartRow = memo(function ChartRow({ row, index, nights, filters, focus, isOpen }: Props) {
  const frame = useFrame()
  const { desk, range, metrics } = frame
  const { model } = desk
  useVersion(model, row.kind === 'group' ? 'totals' : row.id)
  const held = useHeld(desk, row)
  const about = rowOf(model, desk.controller.rows, index, desk.controller.state.closed)
  if (!about) return null
  const focused = focus === undefined || focus === null ? null : focus
  return (
    <div
      role="row"
      aria-rowindex={about.rowindex}
      aria-level={about.level}
      aria-expanded={row.kind === 'group' ? isOpen : undefined}
      data-row={row.id}
      className={`chart-row is-${row.kind}${held === 'unfit' ? ' is-unfit' : ''}`}
      style={{ insetBlockStart: index * metrics.row }}
    >
      <RowHead row={row} name={spoken(frame, () => about.name)} isFocused={focus === null} isOpen={isOpen} />
      {cellsOf(model, row, nights, range, focused).map((cell) => {
        const { item } = cell
        if (item?.kind === 'stay') {
          return stayBar(frame, {
            cell,
            bar: item,
            isTabStop: focus !== undefined,
            isHeld: held === item.key,
            isDimmed: isDimmed(item, filters),
            isSaving: model.isPending(item.id),
          })
        }
        if (item) {
          const isHeld = held === item.key
          return blockBar(frame, { cell, block: item, isHeld, isDimmed: isDimmed(item, filters) })
        }
        if (cell.kind === 'vacant' && !frame.isDrawn) return null
        return emptyCell(frame, cell, row)
      })}
    </div>
  )
})

/** The bar in hand, or that what is in hand does not fit into this row. */
function useHeld(desk: Desk, row: Row): string | null {
  const { controller } = desk
  const subscribe = useCallback((listener: () => void) => controller.subscribe(listener), [controller])
  return useSyncExternalStore(subscribe, () => {
    const { hand } = controller.state
    if (!hand || hand.mode === 'range') return null
    if (hand.home === row.id) return heldIn(hand)?.key ?? null
    return rowFits(desk.model, hand, row) ? null : 'unfit'
  })
}

function emptyCell(frame: Frame, cell: GridCell, row: Row) {
  const { desk, range, metrics, format, look } = frame
  const left = cell.kind === 'total' ? desk.model.total(cell.span.from)?.byType[row.typeId] : undefined
  const isLow = left !== undefined && left <= 0
  return (
    <div
      key={cell.key}
      role="gridcell"
      aria-colindex={cell.colindex}
      aria-colspan={cell.colspan > 1 ? cell.colspan : undefined}
      aria-label={spoken(frame, cell.name)}
      tabIndex={cell.isFocused ? 0 : -1}
      data-focus={cell.isFocused || undefined}
      className={cell.kind === 'total' ? `total is-${look}${isLow ? ' is-out' : ''}` : 'vacant'}
      style={placed(
        frame,
        columnStart(cell.span.from, range, metrics),
        (cell.span.to - cell.span.from) * metrics.night,
      )}
    >
      {left === undefined ? '' : format.number(left)}
    </div>
  )
}
