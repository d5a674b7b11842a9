import { Table, type TableProps } from '../ui/Table'

/** The table of a report, which scrolls in itself where the page is narrow. */
export function Sheet<T extends { id: string }>({
  className = '',
  ...table
}: TableProps<T> & { className?: string }) {
  return (
    <div className={`relative overflow-x-auto rounded-md border border-line bg-surface ${className}`}>
      <Table {...table} />
    </div>
  )
}

/** How a column of figures is set. */
export const figures = { isNumber: true, className: 'whitespace-nowrap' }
