import { useQuery } from '@tanstack/react-query'
import type { Format } from '../i18n/format'
import { useFormat } from '../i18n/locale'
import { day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { csvName } from '../reservations/csv'
import { saveFile } from '../reservations/exportList'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { QueryState } from '../ui/QueryState'
import { Table, type TableColumn } from '../ui/Table'
import { closesCsv, type FigureColumn, figureColumns } from './figures'
import { closesQuery, type DayClose } from './queries'

const nothing = '–'

export function figureWords({ kind, value }: FigureColumn, of: DayClose, currency: string, format: Format) {
  const figure = value(of)
  if (figure === undefined) return nothing
  if (kind === 'money') return format.money(figure, currency)
  return kind === 'share' ? format.percent(figure) : format.number(figure)
}

/** The figures of the days that were closed last, and the same as a file. */
export function ClosedDays() {
  const { property } = useApp()
  const query = useQuery(closesQuery(property.id, day(property.businessDate)))
  const columns = useColumns()
  const save = (days: readonly DayClose[]) =>
    saveFile(csvName(m.closeFile(), property.name, property.businessDate), closesCsv(days, property.currency))
  return (
    <section aria-labelledby="closed-days" className="px-4 pt-6 pb-8">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id="closed-days" className="grow font-semibold text-base">
          {m.closeDays()}
        </h2>
        {query.data && query.data.length > 0 && (
          <Button icon="download" onPress={() => save(query.data)}>
            {m.reservationsExport()}
          </Button>
        )}
      </div>
      <QueryState query={query} empty={<p className="text-muted">{m.closeDaysNone()}</p>}>
        {(days) => (
          <div className="relative overflow-x-auto rounded-md border border-line bg-surface">
            <Table
              label={m.closeDays()}
              rowHeader="day"
              columns={columns}
              rows={days.map((one) => ({ ...one, id: one.businessDate }))}
            />
          </div>
        )}
      </QueryState>
    </section>
  )
}

function useColumns(): TableColumn<DayClose & { id: string }>[] {
  const { property } = useApp()
  const format = useFormat()
  return [
    {
      id: 'day',
      title: m.closeDay(),
      cell: (row) => <span className="whitespace-nowrap">{format.day(row.businessDate)}</span>,
    },
    ...figureColumns.map((column) => ({
      id: column.id,
      title: column.title(),
      isNumber: true,
      isMinor: column.isMinor ?? false,
      className: 'whitespace-nowrap',
      cell: (row: DayClose) => figureWords(column, row, property.currency, format),
    })),
  ]
}
