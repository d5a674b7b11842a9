import type { ReactNode } from 'react'
import {
  Table as AriaTable,
  Cell,
  Column,
  type Key,
  Row,
  type SortDescriptor,
  TableBody,
  TableHeader,
} from 'react-aria-components/Table'
import { Icon } from './Icon'

export interface TableColumn<T> {
  id: string
  title: string
  cell: (row: T) => ReactNode
  isSortable?: boolean
  /** Numbers stand at the end of the cell. */
  isNumber?: boolean
  /** Left out on a telephone. */
  isMinor?: boolean
  className?: string
}

export interface TableProps<T extends { id: string }> {
  label: string
  columns: readonly TableColumn<T>[]
  rows: readonly T[]
  /** The column that names the row, for who hears the table. */
  rowHeader: string
  onOpen?: (row: T) => void
  sort?: SortDescriptor | undefined
  onSort?: (sort: SortDescriptor) => void
  empty?: ReactNode
}

/** For what stands around a table that still shows what was asked for before: none of its rows is to be opened by mistake. */
export const staleRows = 'opacity-60 [&_tbody]:pointer-events-none'

/** Rows that open with Enter or a click. Arrow keys walk; columns sort by their head. */
export function Table<T extends { id: string }>({
  label,
  columns,
  rows,
  rowHeader,
  onOpen,
  sort,
  onSort,
  empty,
}: TableProps<T>) {
  const open = (key: Key) => {
    const row = rows.find((one) => one.id === key)
    if (row) onOpen?.(row)
  }
  return (
    <AriaTable
      aria-label={label}
      {...(onOpen ? { onRowAction: open } : {})}
      {...(sort ? { sortDescriptor: sort } : {})}
      {...(onSort ? { onSortChange: onSort } : {})}
      className="w-full border-separate border-spacing-0 text-start"
    >
      <TableHeader>
        {columns.map((column) => (
          <Column
            key={column.id}
            id={column.id}
            isRowHeader={column.id === rowHeader}
            allowsSorting={column.isSortable ?? false}
            className={`sticky top-0 z-10 border-line border-b bg-surface px-3 py-2 font-medium text-muted text-xs ${column.isNumber ? 'text-end' : 'text-start'} ${column.isMinor ? 'max-sm:hidden' : ''}`}
          >
            {({ sortDirection }) => (
              <span className="inline-flex items-center gap-1">
                {column.title}
                {sortDirection && (
                  <Icon
                    name="down"
                    className={`size-3 ${sortDirection === 'ascending' ? 'rotate-180' : ''}`}
                  />
                )}
              </span>
            )}
          </Column>
        ))}
      </TableHeader>
      <TableBody renderEmptyState={() => empty}>
        {rows.map((row) => (
          <Row
            key={row.id}
            id={row.id}
            className={`group -outline-offset-2 ${onOpen ? 'cursor-pointer hover:bg-sunken' : ''}`}
          >
            {columns.map((column) => (
              <Cell
                key={column.id}
                className={`h-control border-line border-b px-3 py-1 -outline-offset-2 ${column.isNumber ? 'text-end' : 'text-start'} ${column.isMinor ? 'max-sm:hidden' : ''} ${column.className ?? ''}`}
              >
                {column.cell(row)}
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </AriaTable>
  )
}
