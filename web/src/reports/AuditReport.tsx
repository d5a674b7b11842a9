import { parseDate } from '@internationalized/date'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type AuditEntry, actorOf, auditPage } from '../api/audit'
import { addDays, type Day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { actionWords } from '../reservations/words'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { EmptyState } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { Select } from '../ui/Select'
import type { Asked } from './ReportsPage'
import { Sheet } from './Sheet'
import { Span } from './Span'
import { type Audited, audited } from './search'
import { type Say, useSay } from './words'

const perPage = 50

const kinds: Record<Audited, () => string> = {
  RESERVATION: m.auditReservation,
  FOLIO: m.auditFolio,
  PAYMENT_INTENT: m.auditPaymentIntent,
  GUEST: m.auditGuest,
  ROOM: m.auditRoom,
  ROOM_BLOCK: m.auditRoomBlock,
  ROOM_TYPE: m.auditRoomType,
  RATE_PLAN: m.auditRatePlan,
  TAX_RULE: m.auditTaxRule,
  POLICY: m.auditPolicy,
  PROPERTY: m.auditProperty,
  DAY_CLOSE: m.auditDayClose,
}

const kindWords = (kind: string): string =>
  kinds[kind as Audited]?.() ?? kind.toLowerCase().replaceAll('_', ' ')

/** A reservation is booked; everything else is made. */
const actWords = ({ entityType, action }: AuditEntry): string =>
  action === 'CREATED' && entityType !== 'RESERVATION' ? m.auditCreated() : actionWords(action)

/** The first moment of a day by the clock of the hotel. */
const momentOf = (date: Day, zone: string): string => parseDate(date).toDate(zone).toISOString()

/** Who changed what in the house, the newest first. */
export function AuditReport({ search, span, change }: Asked) {
  const { property } = useApp()
  const kind = search.kind
  const asked = {
    propertyId: property.id,
    from: momentOf(span.from, property.timezone),
    to: momentOf(addDays(span.to, 1), property.timezone),
    ...(kind ? { entityType: kind } : {}),
  }
  const list = useInfiniteQuery({
    queryKey: ['audit', property.id, 'report', span.from, span.to, kind],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      auditPage({ ...asked, limit: perPage, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: ({ meta }) => (meta.hasMore ? (meta.cursor ?? undefined) : undefined),
  })
  return (
    <>
      <Span
        {...{ span, change }}
        file={`/api/v1/pms/audit?${new URLSearchParams({ ...asked, format: 'CSV' })}`}
      >
        <Select
          label={m.auditOf()}
          choices={[{ id: 'ALL', label: m.auditAll() }, ...audited.map((id) => ({ id, label: kinds[id]() }))]}
          value={kind ?? 'ALL'}
          onChange={(id) => change({ kind: id === 'ALL' ? undefined : (id as Audited) })}
        />
      </Span>
      <QueryState
        query={list}
        lines={12}
        isEmpty={({ pages }) => pages.every((page) => page.data.length === 0)}
        empty={<EmptyState icon="search" title={m.auditNone()} />}
      >
        {({ pages }) => <List rows={pages.flatMap((page) => page.data)} />}
      </QueryState>
      {list.hasNextPage && (
        <div className="flex justify-center pt-3">
          <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {m.stayHistoryMore()}
          </Button>
        </div>
      )}
    </>
  )
}

function List({ rows }: { rows: readonly AuditEntry[] }) {
  const say = useSay()
  const { property } = useApp()
  const { openStay } = useStays()
  return (
    <Sheet
      label={m.reportAudit()}
      rowHeader="what"
      onOpen={({ reservationId }) => reservationId && openStay(reservationId)}
      columns={[
        {
          id: 'when',
          title: m.auditWhen(),
          className: 'whitespace-nowrap',
          cell: (row) => say.format.instant(row.occurredAt, property.timezone),
        },
        { id: 'who', title: m.auditWho(), cell: (row) => <bdi>{actorOf(row)}</bdi> },
        {
          id: 'what',
          title: m.auditWhat(),
          cell: (row) => `${kindWords(row.entityType)} · ${actWords(row)}`,
        },
        { id: 'which', title: m.auditWhich(), cell: (row) => <bdi>{row.entityName ?? '–'}</bdi> },
        {
          id: 'fields',
          title: m.auditFields(),
          isMinor: true,
          cell: (row) => <Fields entry={row} say={say} />,
        },
      ]}
      rows={[...rows]}
    />
  )
}

const mostFields = 6
const noFields: ReadonlySet<string> = new Set(['version', 'updatedAt', 'updatedBy', 'createdAt', 'createdBy'])

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return '–'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

/** Fields as the API names them: who reads this looks for what was done, not for how a page shows it. */
function Fields({ entry, say }: { entry: AuditEntry; say: Say }) {
  const all = Object.entries(entry.diffJson as Record<string, { before?: unknown; after?: unknown }>).filter(
    ([name]) => !noFields.has(name),
  )
  const isNew = all.every(([, { before }]) => before === undefined || before === null)
  if (isNew) return <span className="text-muted">{m.auditNew({ count: say.count(all.length) })}</span>
  return (
    <span dir="ltr" className="block text-start text-xs">
      {all.slice(0, mostFields).map(([name, { before, after }]) => (
        <span key={name} className="me-3 inline-block">
          <span className="text-muted">{name}</span> {shown(before)} → {shown(after)}
        </span>
      ))}
      {all.length > mostFields && <span className="text-muted">+{say.count(all.length - mostFields)}</span>}
    </span>
  )
}
