import { useInfiniteQuery } from '@tanstack/react-query'
import { type AuditEntry, actorOf, auditPage } from '../api/audit'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { QueryState } from '../ui/QueryState'
import { ChangeList } from './ChangeList'
import { type Booking, useHouse } from './queries'
import { actionWords, diffWords } from './words'

const perPage = 30

/** Everything that happened to the stay, the newest first: who, when by the hotel's clock, and each field before and after. */
export function HistoryTab({ stay }: { stay: Booking }) {
  const trail = useInfiniteQuery({
    queryKey: ['audit', stay.id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? { cursor: pageParam } : {}
      const of = { entityType: 'RESERVATION', entityId: stay.id, propertyId: stay.propertyId }
      return auditPage({ ...of, limit: perPage, ...cursor }, signal)
    },
    getNextPageParam: ({ meta }) => (meta.hasMore ? (meta.cursor ?? undefined) : undefined),
  })
  return (
    <>
      <QueryState query={trail}>
        {({ pages }) => (
          <ol className="ms-1.5 border-line border-s-2">
            {pages
              .flatMap((page) => page.data)
              .map((entry) => (
                <Entry key={entry.id} entry={entry} stay={stay} />
              ))}
          </ol>
        )}
      </QueryState>
      {trail.hasNextPage && (
        <Button isPending={trail.isFetchingNextPage} onPress={() => void trail.fetchNextPage()}>
          {m.stayHistoryMore()}
        </Button>
      )}
    </>
  )
}

function Entry({ entry, stay }: { entry: AuditEntry; stay: Booking }) {
  const format = useFormat()
  const names = useHouse()
  const { property } = useApp()
  const { timezone: zone } = property
  const changes = diffWords(entry.diffJson as Record<string, unknown>, {
    names,
    format,
    zone,
    currency: stay.currency,
  })
  return (
    <li className="relative ps-4 pb-4">
      <span
        aria-hidden="true"
        className="-start-[6px] absolute top-1.5 size-2.5 rounded-full bg-line-strong"
      />
      <p className="flex flex-wrap items-baseline gap-x-2">
        <strong className="font-semibold">{actionWords(entry.action)}</strong>
        <span className="text-muted">
          <bdi>{actorOf(entry)}</bdi> · {format.instant(entry.occurredAt, zone)}
        </span>
      </p>
      {changes.length > 0 && <ChangeList changes={changes} />}
    </li>
  )
}
