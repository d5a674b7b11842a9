import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, writeHeaders } from '../../api/client'
import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { useApp, useMe } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { Confirm } from '../../ui/Confirm'
import { EmptyState } from '../../ui/PageState'
import { QueryState } from '../../ui/QueryState'
import { Table, type TableColumn } from '../../ui/Table'
import { notify } from '../../ui/Toast'
import { type ApiKey, apiKeysQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { NewKeyDialog } from './NewKeyDialog'
import { roleName } from './roles'

export function KeysSection() {
  const { me } = useApp()
  const keys = useQuery(apiKeysQuery)
  const [isAdding, setAdding] = useState(false)
  const [going, setGoing] = useState<ApiKey>()
  const columns = useColumns(setGoing)
  const add = me.allProperties && (
    <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
      {m.setupKeyNew()}
    </Button>
  )
  return (
    <>
      <SectionHead title={m.setupKeys()} text={m.setupKeysText()}>
        {add}
      </SectionHead>
      <QueryState query={keys} empty={<EmptyState icon="lock" title={m.setupKeysNone()} actions={add} />}>
        {(rows) => (
          <div className="mx-4 mb-8 overflow-x-auto rounded-md border border-line bg-surface lg:mx-6">
            <Table label={m.setupKeys()} rowHeader="name" columns={columns} rows={rows} />
          </div>
        )}
      </QueryState>
      {isAdding && <NewKeyDialog onClose={() => setAdding(false)} />}
      {going && <Revoke apiKey={going} onClose={() => setGoing(undefined)} />}
    </>
  )
}

function useColumns(onRevoke: (key: ApiKey) => void): TableColumn<ApiKey>[] {
  const format = useFormat()
  const me = useMe()
  const { property } = useApp()
  const isOver = (key: ApiKey) => !!key.expiresAt && Date.parse(key.expiresAt) < Date.now()
  const state = (key: ApiKey) =>
    key.revokedAt ? (
      <Badge>{m.setupKeyRevoked()}</Badge>
    ) : isOver(key) ? (
      <Badge>{m.setupKeyExpired()}</Badge>
    ) : (
      <Badge tone="success">{m.setupKeyActive()}</Badge>
    )
  return [
    {
      id: 'name',
      title: m.setupName(),
      cell: (key) => <span className={key.revokedAt ? 'text-muted' : 'font-medium'}>{key.name}</span>,
    },
    {
      id: 'prefix',
      title: m.setupKeyPrefix(),
      cell: (key) => (
        <code dir="ltr" className="text-muted text-xs">
          …{key.keyPrefix.slice(-8)}
        </code>
      ),
    },
    { id: 'role', title: m.setupRole(), cell: (key) => roleName(key.role) },
    {
      id: 'where',
      title: m.setupUserWhere(),
      cell: (key) =>
        me.properties.find((one) => one.id === key.propertyId)?.name ?? m.setupUserAllProperties(),
    },
    {
      id: 'until',
      title: m.setupKeyUntil(),
      cell: (key) =>
        key.expiresAt ? format.instant(key.expiresAt, property.timezone) : m.setupKeyUntilRevoked(),
    },
    { id: 'state', title: m.guestsStayStatus(), cell: state },
    {
      id: 'revoke',
      title: m.setupKeyRevoke(),
      isNumber: true,
      cell: (key) =>
        !key.revokedAt &&
        me.allProperties && (
          <Button look="quiet" onPress={() => onRevoke(key)}>
            {m.setupKeyRevoke()}
          </Button>
        ),
    },
  ]
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const cache = useQueryClient()
  return (
    <Confirm
      title={m.setupKeyRevokeTitle({ name: apiKey.name })}
      label={m.setupKeyRevoke()}
      isDanger
      run={(key) =>
        dataOf(
          api.DELETE('/api/v1/pms/api-keys/{id}', {
            params: { path: { id: apiKey.id } },
            headers: writeHeaders(key),
          }),
        )
      }
      onDone={() => {
        void cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey })
        notify({ text: m.setupKeyRevokedDone() })
        onClose()
      }}
      onClose={onClose}
    >
      {m.setupKeyRevokeText()}
    </Confirm>
  )
}
