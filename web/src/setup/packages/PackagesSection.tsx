import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormat } from '../../i18n/locale'
import { day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { type Package, packagesQuery } from '../../reservations/packages'
import { useItemWords } from '../../reservations/packageWords'
import { useApp } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/PageState'
import { QueryState } from '../../ui/QueryState'
import { Table, type TableColumn } from '../../ui/Table'
import { ratePlansQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { lastDayOf } from '../taxes/taxValues'
import { PackageDialog } from './PackageDialog'

/** What is sold with a stay beside the room. */
export function PackagesSection() {
  const { property, may } = useApp()
  const packages = useQuery(packagesQuery(property.id))
  const [opened, setOpened] = useState<Package | 'new'>()
  const columns = useColumns()
  const add = may('pms.rates.manage') && (
    <Button look="primary" icon="plus" onPress={() => setOpened('new')}>
      {m.packageNew()}
    </Button>
  )
  return (
    <>
      <SectionHead title={m.setupPackages()} text={m.setupPackagesText()}>
        {add}
      </SectionHead>
      <QueryState query={packages} empty={<EmptyState icon="list" title={m.packageNone()} actions={add} />}>
        {(rows) => (
          <div className="relative mx-4 mb-8 overflow-x-auto rounded-md border border-line bg-surface lg:mx-6">
            <Table
              label={m.setupPackages()}
              rowHeader="name"
              columns={columns}
              rows={rows}
              onOpen={(row) => setOpened(row)}
            />
          </div>
        )}
      </QueryState>
      {opened && (
        <PackageDialog row={opened === 'new' ? undefined : opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  )
}

function useColumns(): TableColumn<Package>[] {
  const { property } = useApp()
  const format = useFormat()
  const words = useItemWords(property.currency)
  const { data: plans = [] } = useQuery(ratePlansQuery(property.id))
  const sold = ({ ratePlanId }: Package) =>
    ratePlanId
      ? m.packageWithPlan({ name: plans.find((plan) => plan.id === ratePlanId)?.name ?? '…' })
      : m.packageChosen()
  const dates = (row: Package) => {
    const last = lastDayOf(row)
    const from = row.validFrom ? format.day(day(row.validFrom)) : ''
    return from || last ? `${from} – ${last ? format.day(last) : ''}`.trim() : '–'
  }
  return [
    { id: 'code', title: m.setupCode(), cell: (row) => <bdi className="font-semibold">{row.code}</bdi> },
    {
      id: 'name',
      title: m.setupName(),
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          <bdi>{row.name}</bdi>
          {row.isIncluded && <Badge>{m.taxIsInclusive()}</Badge>}
          {!row.isActive && <Badge>{m.guestsInactiveBadge()}</Badge>}
        </span>
      ),
    },
    {
      id: 'items',
      title: m.packageItems(),
      cell: ({ items }) =>
        items.map((item) => (
          <span key={item.id} className="block">
            {words(item)}
          </span>
        )),
    },
    { id: 'sold', title: m.packageSold(), isMinor: true, cell: sold },
    { id: 'dates', title: m.packageDates(), isMinor: true, cell: dates },
  ]
}
