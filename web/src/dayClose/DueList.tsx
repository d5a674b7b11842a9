import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import type { Due } from './queries'

export interface DueListProps {
  title: string
  rows: readonly Due[]
  /** What is said where nobody is left. */
  none: string
  children: React.ReactNode
}

/** Who should have come, or left. Each opens the stay, where that can be done. */
export function DueList({ title, rows, none, children }: DueListProps) {
  const format = useFormat()
  const { openStay } = useStays()
  const { currency } = useApp().property
  return (
    <section aria-label={title} className="min-w-0 rounded-md border border-line bg-surface p-3">
      <h2 className="mb-1 font-semibold text-base">
        {title} <span className="font-normal text-muted">{format.number(rows.length)}</span>
      </h2>
      {rows.length === 0 ? (
        <p className="text-muted">{none}</p>
      ) : (
        <>
          <ul className="mb-2">
            {rows.map((due) => (
              <li key={due.reservationId} className="flex flex-wrap items-center gap-x-3">
                <Button look="quiet" className="-ms-3" onPress={() => openStay(due.reservationId)}>
                  <bdi>{due.lastName || due.confirmationNumber}</bdi>
                </Button>
                <span dir="ltr" className="grow text-muted text-xs">
                  {due.confirmationNumber}
                </span>
                <span className="text-muted">
                  {format.days(due.checkInDate, due.checkOutDate, 'short')}
                  {due.status === 'HOLD' && ` · ${m.reservationStatusHold()}`}
                </span>
                {due.status !== 'HOLD' && (due.noShowFeeCents ?? 0) > 0 && (
                  <span className="text-xs">
                    {m.closeNoShowFee({ amount: format.money(due.noShowFeeCents ?? 0, currency) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
          {children}
        </>
      )}
    </section>
  )
}
