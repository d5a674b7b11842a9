import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { FolioPanel } from '../folios/FolioPanel'
import type { Folio } from '../folios/queries'
import { kindName } from '../folios/words'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useShortcuts } from '../shell/shortcuts'
import { useApp } from '../shell/useApp'
import { useLive } from '../shell/useLive'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Drawer } from '../ui/Dialog'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState, NotAllowed } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { Segments } from '../ui/Segments'
import { Table, type TableColumn } from '../ui/Table'
import { NewAccountDialog } from './NewAccountDialog'
import { accountsQuery, type Shown } from './queries'

/** Who pays later, and what nobody pays: companies and agencies, and the accounts of the house. */
export function AccountsPage() {
  const { property, may } = useApp()
  const { account, closed = false } = useSearch({ from: '/app/accounts' })
  const navigate = useNavigate()
  const [isAdding, setAdding] = useState(false)
  useLive(property.id, may('pms.calendar.view'))
  const show = (search: { account?: string | undefined; closed?: boolean | undefined }) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...search }), replace: true })
  const status: Shown = closed ? 'CLOSED' : 'OPEN'
  const query = useQuery({ ...accountsQuery(property.id, status), enabled: may('pms.folio.view') })
  const mayAdd = may('pms.folio.post_charges')
  useShortcuts(
    m.navAccounts(),
    mayAdd ? [{ keys: 'n', label: m.accountsNew(), run: () => setAdding(true) }] : [],
  )
  if (!may('pms.folio.view')) return <NotAllowed />
  const add = mayAdd && (
    <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
      {m.accountsNew()}
    </Button>
  )
  return (
    <>
      <PageHeader title={m.navAccounts()}>
        <Segments
          label={m.accountsWhich()}
          choices={[
            { id: 'OPEN', label: m.accountsOpen() },
            { id: 'CLOSED', label: m.accountsClosed() },
          ]}
          value={status}
          onChange={(id) => show({ closed: id === 'CLOSED' || undefined })}
        />
        {add}
      </PageHeader>
      <div className="px-4 pb-6">
        <QueryState
          query={query}
          lines={8}
          empty={
            <EmptyState
              icon="list"
              title={closed ? m.accountsNoneClosed() : m.accountsNone()}
              actions={!closed && add}
            >
              {m.accountsNoneText()}
            </EmptyState>
          }
        >
          {(rows) => <List rows={rows} onOpen={(id) => show({ account: id })} />}
        </QueryState>
      </div>
      {isAdding && (
        <NewAccountDialog onMade={(id) => show({ account: id })} onClose={() => setAdding(false)} />
      )}
      {account && <Opened id={account} all={query.data} onClose={() => show({ account: undefined })} />}
    </>
  )
}

function List({ rows, onOpen }: { rows: readonly Folio[]; onOpen: (id: string) => void }) {
  const format = useFormat()
  const owed = rows.reduce((sum, row) => sum + row.balanceCents, 0)
  const columns: TableColumn<Folio>[] = [
    { id: 'name', title: m.accountsName(), cell: (row) => <bdi className="font-medium">{row.name}</bdi> },
    { id: 'kind', title: m.accountsKind(), cell: (row) => <Badge>{kindName(row.kind)}</Badge> },
    { id: 'billTo', title: m.billTo(), isMinor: true, cell: (row) => <bdi>{row.billTo?.name}</bdi> },
    {
      id: 'balance',
      title: m.folioBalance(),
      isNumber: true,
      cell: (row) => (
        <span className={row.balanceCents > 0 ? 'font-semibold text-danger-text' : ''}>
          {format.money(row.balanceCents, row.currency)}
        </span>
      ),
    },
  ]
  return (
    <>
      <div className="overflow-x-auto rounded-md border border-line bg-surface">
        <Table
          label={m.navAccounts()}
          rowHeader="name"
          columns={columns}
          rows={rows}
          onOpen={(row) => onOpen(row.id)}
        />
      </div>
      {rows[0] && (
        <p className="mt-2 text-end">
          {m.accountsSum()} <strong>{format.money(owed, rows[0].currency)}</strong>
        </p>
      )}
    </>
  )
}

interface OpenedProps {
  id: string
  all: readonly Folio[] | undefined
  onClose: () => void
}

function Opened({ id, all, onClose }: OpenedProps) {
  const folio = all?.find((one) => one.id === id)
  return (
    <Drawer isOpen onClose={onClose} title={folio?.name ?? m.navAccounts()} width="wide">
      {folio ? (
        <>
          <p className="mb-3">
            <Badge>{kindName(folio.kind)}</Badge>
          </p>
          <FolioPanel folio={folio} name={m.accountsStatement()} credited={0} others={[]} />
        </>
      ) : (
        <p className="text-muted">{all ? m.accountsGone() : m.stateLoading()}</p>
      )}
    </Drawer>
  )
}
