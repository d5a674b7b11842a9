import { useQuery } from '@tanstack/react-query'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { QueryState } from '../ui/QueryState'
import { fileOf, type Taxes, taxesQuery } from './queries'
import type { Asked } from './ReportsPage'
import { figures, Sheet } from './Sheet'
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
  return (
    <>
      <Sheet
        className="max-w-3xl"
        label={m.reportTaxes()}
        rowHeader="name"
        columns={[
          { id: 'name', title: m.reportRule(), cell: (row) => row.name ?? m.reportByHand() },
          { id: 'base', title: m.reportBase(), cell: (row) => say.money(row.baseCents), ...figures },
          { id: 'lines', title: m.reportLines(), cell: (row) => say.count(row.lines), ...figures },
          { id: 'amount', title: m.reportAmount(), cell: (row) => say.money(row.amountCents), ...figures },
        ]}
        rows={rows.map((row) => ({ ...row, id: `${row.entryType} ${row.code} ${row.name}` }))}
      />
      <p className="mt-3 font-medium">
        {m.reportTaxSum({ taxes: say.money(taxCents), fees: say.money(feeCents) })}
      </p>
    </>
  )
}
