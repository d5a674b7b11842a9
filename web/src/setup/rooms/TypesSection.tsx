import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormat } from '../../i18n/locale'
import { sentenceOf } from '../../i18n/sentences'
import { idempotencyKey } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Button, IconButton } from '../../ui/Button'
import { EmptyState } from '../../ui/PageState'
import { QueryState } from '../../ui/QueryState'
import { notify } from '../../ui/Toast'
import { type RoomType, roomsQuery, roomTypesQuery } from '../queries'
import { SectionHead } from '../SectionHead'
import { changeType } from './changeType'
import { TypeDialog } from './TypeDialog'
import { reorder } from './typeValues'

/** What is sold, in the order of the calendar. */
export function TypesSection() {
  const { property, may } = useApp()
  const types = useQuery(roomTypesQuery(property.id))
  const [opened, setOpened] = useState<RoomType | 'new'>()
  const mayManage = may('pms.rooms.manage')
  const add = mayManage && (
    <Button look="primary" icon="plus" onPress={() => setOpened('new')}>
      {m.setupTypeNew()}
    </Button>
  )
  return (
    <>
      <SectionHead title={m.setupTypes()} text={m.setupTypesText()}>
        {add}
      </SectionHead>
      <QueryState
        query={types}
        empty={
          <EmptyState icon="bed" title={m.setupTypesNone()} actions={add}>
            {m.setupTypesNoneText()}
          </EmptyState>
        }
      >
        {(data) => <TypeList types={data} onOpen={setOpened} mayManage={mayManage} />}
      </QueryState>
      {opened && (
        <TypeDialog
          type={opened === 'new' ? undefined : opened}
          lastOrder={Math.max(-1, ...(types.data ?? []).map((type) => type.sortOrder))}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}

/** Each step is written at once, one type after the other: the second is refused when the first was. */
function useReorder(types: readonly RoomType[]) {
  const { property } = useApp()
  const cache = useQueryClient()
  const { queryKey } = roomTypesQuery(property.id)
  return useMutation({
    mutationFn: async ({ id, step }: { id: string; step: -1 | 1 }) => {
      const active = types.filter((type) => type.isActive)
      for (const { id: one, version, sortOrder } of reorder(active, id, step)) {
        await changeType(one, { sortOrder }, idempotencyKey(), version)
      }
    },
    onError: (error) => notify({ text: sentenceOf(error), tone: 'error' }),
    onSettled: () => cache.invalidateQueries({ queryKey }),
  })
}

interface ListProps {
  types: RoomType[]
  onOpen: (type: RoomType) => void
  mayManage: boolean
}

function TypeList({ types, onOpen, mayManage }: ListProps) {
  const { property } = useApp()
  const { data: rooms } = useQuery(roomsQuery(property.id))
  const move = useReorder(types)
  const active = types.filter((type) => type.isActive)
  const shown = [...active, ...types.filter((type) => !type.isActive)]
  return (
    <ol className="mx-4 mb-8 overflow-hidden rounded-md border border-line bg-surface lg:mx-6">
      {shown.map((type) => {
        const at = active.indexOf(type)
        return (
          <li
            key={type.id}
            className="flex items-center gap-2 border-line border-b px-2 py-1 last:border-b-0"
          >
            {mayManage && (
              <span className={`flex shrink-0 max-sm:hidden ${at < 0 ? 'invisible' : ''}`}>
                <IconButton
                  icon="down"
                  label={m.setupTypeUp({ name: type.name })}
                  className="[&_svg]:rotate-180"
                  isDisabled={at <= 0 || move.isPending}
                  onPress={() => move.mutate({ id: type.id, step: -1 })}
                />
                <IconButton
                  icon="down"
                  label={m.setupTypeDown({ name: type.name })}
                  isDisabled={at === active.length - 1 || move.isPending}
                  onPress={() => move.mutate({ id: type.id, step: 1 })}
                />
              </span>
            )}
            <TypeLine
              type={type}
              rooms={rooms?.filter((room) => room.isActive && room.roomTypeId === type.id).length}
              onOpen={() => onOpen(type)}
            />
          </li>
        )
      })}
    </ol>
  )
}

function TypeLine({
  type,
  rooms,
  onOpen,
}: {
  type: RoomType
  rooms: number | undefined
  onOpen: () => void
}) {
  const format = useFormat()
  const beds = (type.bedsJson ?? []).map((bed) => `${format.number(bed.count)} × ${bed.type}`)
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex min-h-control min-w-0 grow cursor-pointer flex-wrap items-center gap-x-4 gap-y-0.5 rounded-md px-2 py-1.5 text-start hover:bg-sunken"
    >
      <span className="w-14 shrink-0 font-semibold">{type.code}</span>
      <span className="min-w-36 grow">
        {type.name}
        {!type.isActive && (
          <span className="ms-2">
            <Badge>{m.guestsInactiveBadge()}</Badge>
          </span>
        )}
      </span>
      <span className="text-muted max-md:hidden">{format.list(beds)}</span>
      <span className="w-24 text-muted">{m.setupTypeUpTo({ count: type.maxOccupancy })}</span>
      <span className="w-20 text-end text-muted">
        {rooms === undefined ? '' : m.setupRoomCount({ count: rooms })}
      </span>
    </button>
  )
}
