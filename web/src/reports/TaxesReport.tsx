import { useQuery } from '@tanstack/react-query'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { QueryState } from '../ui/QueryState'
import { Table } from '../ui/Table'
import { fileOf, type Taxes, taxesQuery } from './queries'
import type { Asked } from './ReportsPage'
import { Span } from './Span'
import { useSay } from './words'

/** What is owed to the authorities, rule by rule. */
export function TaxesReport({ span, change }: Asked) {
  const { property } = useApp()
  const query = useQuery(taxesQuery(property.id, span))
  return (
    <>
      <Span {...{ span, change }} file={fileOf(property.id, 'taxes', { ...span })} />
      <QueryState query={query} lines={6}>
        {(report) =>
          report.rows.length > 0 ? (
            <Report report={report} />
          ) : (
            <p className="text-muted">{m.reportTaxesNone()}</p>
          )
        }
      </QueryState>
    </>
  )
}

function Report({ report: { rows, taxCents, feeCents } }: { report: Taxes }) {
  const say = useSay()
  const number = { isNumber: true, className: 'whitespace-nowrap' }
  return (
    <>
      <div className="relative max-w-3xl overflow-x-auto rounded-md border border-line bg-surface">
        <Table
          label={m.reportTaxes()}
          rowHeader="name"
          columns={[
            { id: 'name', title: m.reportRule(), cell: (row) => row.name ?? m.reportByHand() },
            { id: 'base', title: m.reportBase(), cell: (row) => say.money(row.baseCents), ...number },
            { id: 'lines', title: m.reportLines(), cell: (row) => say.count(row.lines), ...number },
            { id: 'amount', title: m.reportAmount(), cell: (row) => say.money(row.amountCents), ...number },
          ]}
          rows={rows.map((row) => ({ ...row, id: `${row.entryType} ${row.code} ${row.name}` }))}
        />
      </div>
      <p className="mt-3 font-medium">
        {m.reportTaxSum({ taxes: say.money(taxCents), fees: say.money(feeCents) })}
      </p>
    </>
  )
}
