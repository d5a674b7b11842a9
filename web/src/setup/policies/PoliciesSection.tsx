import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '../../paraglide/messages'
import { usePolicyWords } from '../../reservations/policyWords'
import { useApp } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/PageState'
import { QueryState } from '../../ui/QueryState'
import { Table, type TableColumn } from '../../ui/Table'
import { type Policy, policiesQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { PolicyDialog } from './PolicyDialog'
import { policyKinds } from './policyValues'

/** What guests pay ahead, and what it costs to cancel or not to come. */
export function PoliciesSection() {
  const { property, may } = useApp()
  const policies = useQuery(policiesQuery(property.id))
  const [opened, setOpened] = useState<Policy | 'new'>()
  const columns = useColumns()
  const add = may('pms.rates.manage') && (
    <Button look="primary" icon="plus" onPress={() => setOpened('new')}>
      {m.policyNew()}
    </Button>
  )
  return (
    <>
      <SectionHead title={m.setupPolicies()} text={m.setupPoliciesText()}>
        {add}
      </SectionHead>
      <QueryState query={policies} empty={<EmptyState icon="list" title={m.policyNone()} actions={add} />}>
        {(rows) => (
          <div className="relative mx-4 mb-8 overflow-x-auto rounded-md border border-line bg-surface lg:mx-6">
            <Table
              label={m.setupPolicies()}
              rowHeader="name"
              columns={columns}
              rows={rows}
              onOpen={(policy) => setOpened(policy)}
            />
          </div>
        )}
      </QueryState>
      {opened && (
        <PolicyDialog policy={opened === 'new' ? undefined : opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  )
}

function useColumns(): TableColumn<Policy>[] {
  const { property } = useApp()
  const words = usePolicyWords(property.currency)
  return [
    { id: 'kind', title: m.policyKind(), isMinor: true, cell: (policy) => policyKinds[policy.kind]() },
    {
      id: 'code',
      title: m.setupCode(),
      cell: (policy) => <bdi className="font-semibold">{policy.code}</bdi>,
    },
    {
      id: 'name',
      title: m.setupName(),
      cell: (policy) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          <bdi>{policy.name}</bdi>
          {policy.isDefault && <Badge tone="accent">{m.setupPlanDefault()}</Badge>}
          {!policy.isActive && <Badge>{m.guestsInactiveBadge()}</Badge>}
        </span>
      ),
    },
    {
      id: 'terms',
      title: m.policyTerms(),
      isMinor: true,
      cell: (policy) =>
        words(policy).map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        )),
    },
  ]
}
