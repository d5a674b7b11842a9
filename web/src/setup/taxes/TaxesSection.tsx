import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf } from '../../api/client'
import { useFormat, useSpoken } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/PageState'
import { QueryState } from '../../ui/QueryState'
import { Table, type TableColumn } from '../../ui/Table'
import { SectionHead } from '../SectionHead'
import { NewTaxDialog } from './NewTaxDialog'
import { TaxDialog } from './TaxDialog'
import { kindNames, lastDayOf, percentText, type TaxRule } from './taxValues'

export const taxRulesQuery = (propertyId: string) =>
  queryOptions<TaxRule[]>({
    queryKey: ['tax-rules', propertyId],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/pms/tax-rules', { params: { query: { propertyId } }, signal })),
  })

/** What comes on top of a price, or is part of it. */
export function TaxesSection() {
  const { property, may } = useApp()
  const rules = useQuery(taxRulesQuery(property.id))
  const [opened, setOpened] = useState<TaxRule | 'new'>()
  const columns = useColumns()
  const close = () => setOpened(undefined)
  const add = may('pms.rates.manage') && (
    <Button look="primary" icon="plus" onPress={() => setOpened('new')}>
      {m.taxNew()}
    </Button>
  )
  return (
    <>
      <SectionHead title={m.setupTaxes()} text={m.setupTaxesText()}>
        {add}
      </SectionHead>
      <QueryState query={rules} empty={<EmptyState icon="list" title={m.taxNone()} actions={add} />}>
        {(rows) => (
          <div className="relative mx-4 mb-8 overflow-x-auto rounded-md border border-line bg-surface lg:mx-6">
            <Table
              label={m.setupTaxes()}
              rowHeader="name"
              columns={columns}
              rows={rows}
              onOpen={(rule) => setOpened(rule)}
            />
          </div>
        )}
      </QueryState>
      {opened === 'new' && <NewTaxDialog onClose={close} />}
      {opened && opened !== 'new' && <TaxDialog rule={opened} onClose={close} />}
    </>
  )
}

/** How much it is, in words. */
export function useTaxValue(): (rule: TaxRule) => string {
  const { tag, format } = useSpoken()
  const { property } = useApp()
  return (rule) =>
    rule.percent ? percentText(rule.percent, tag) : format.money(rule.amountCents ?? 0, property.currency)
}

function useColumns(): TableColumn<TaxRule>[] {
  const format = useFormat()
  const value = useTaxValue()
  const until = (rule: TaxRule) => {
    const last = lastDayOf(rule)
    return last ? format.day(last) : '–'
  }
  return [
    { id: 'code', title: m.setupCode(), cell: (rule) => <bdi className="font-semibold">{rule.code}</bdi> },
    {
      id: 'name',
      title: m.setupName(),
      cell: (rule) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          <bdi>{rule.name}</bdi>
          {rule.isFee && <Badge>{m.taxIsFee()}</Badge>}
          {rule.isInclusive && <Badge>{m.taxIsInclusive()}</Badge>}
          {!rule.isActive && <Badge>{m.guestsInactiveBadge()}</Badge>}
        </span>
      ),
    },
    { id: 'value', title: m.taxValue(), isNumber: true, cell: value },
    { id: 'kind', title: m.taxKind(), isMinor: true, cell: (rule) => kindNames[rule.kind]() },
    {
      id: 'from',
      title: m.taxFrom(),
      isMinor: true,
      cell: (rule) => (rule.validFrom ? format.day(rule.validFrom) : '–'),
    },
    { id: 'until', title: m.taxLastDay(), isMinor: true, cell: until },
  ]
}
