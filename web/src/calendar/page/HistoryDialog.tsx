import { useQuery } from '@tanstack/react-query'
import { m } from '../../paraglide/messages'
import { HistoryTab } from '../../reservations/HistoryTab'
import { stayQuery } from '../../reservations/queries'
import { Dialog } from '../../ui/Dialog'
import { ErrorState } from '../../ui/PageState'
import { Skeleton } from '../../ui/Skeleton'
import type { Bar } from '../core/items'

/** What happened to a stay, without leaving the chart. */
export function HistoryDialog({ bar, onClose }: { bar: Bar; onClose(): void }) {
  const { data, error, refetch } = useQuery(stayQuery(bar.id))
  return (
    <Dialog isOpen title={m.calendarHistoryTitle({ name: bar.lastName })} onClose={onClose}>
      {data ? (
        <HistoryTab stay={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton />
      )}
    </Dialog>
  )
}
