import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { m } from '../../paraglide/messages'
import { useApp, useMe } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { QueryState } from '../../ui/QueryState'
import { Table, type TableColumn } from '../../ui/Table'
import { type User, usersQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { roleName } from './roles'
import { UserDialog } from './UserDialog'

export function UsersSection() {
  const { me } = useApp()
  const users = useQuery(usersQuery)
  const [opened, setOpened] = useState<User | 'new'>()
  const columns = useColumns()
  return (
    <>
      <SectionHead title={m.setupUsers()} text={m.setupUsersText()}>
        {me.allProperties && (
          <Button look="primary" icon="plus" onPress={() => setOpened('new')}>
            {m.setupUserNew()}
          </Button>
        )}
      </SectionHead>
      <QueryState query={users}>
        {(data) => (
          <div className="mx-4 mb-8 overflow-x-auto rounded-md border border-line bg-surface lg:mx-6">
            <Table
              label={m.setupUsers()}
              rowHeader="name"
              columns={columns}
              rows={data.toSorted((a, b) => Number(b.isActive) - Number(a.isActive))}
              onOpen={setOpened}
            />
          </div>
        )}
      </QueryState>
      {opened && (
        <UserDialog user={opened === 'new' ? undefined : opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  )
}

function useColumns(): TableColumn<User>[] {
  const me = useMe()
  const houses = (user: User) =>
    user.allProperties
      ? m.setupUserAllProperties()
      : user.propertyIds.map((id) => me.properties.find((one) => one.id === id)?.name ?? '…').join(' · ')
  return [
    {
      id: 'name',
      title: m.guestsName(),
      cell: (user) => (
        <span className="inline-flex items-center gap-2">
          <span className={user.isActive ? 'font-medium' : 'text-muted'}>{user.displayName}</span>
          {user.id === me.id && <Badge tone="accent">{m.setupUserYou()}</Badge>}
          {!user.isActive && <Badge>{m.guestsInactiveBadge()}</Badge>}
        </span>
      ),
    },
    { id: 'email', title: m.guestsEmail(), cell: (user) => <bdi dir="ltr">{user.email}</bdi> },
    { id: 'role', title: m.setupRole(), cell: (user) => roleName(user.role) },
    {
      id: 'where',
      title: m.setupUserWhere(),
      cell: (user) => <span className="text-muted">{houses(user)}</span>,
    },
  ]
}
