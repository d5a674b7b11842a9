import { useState } from 'react'
import { PayBalance } from '../folios/PayBalance'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useApp } from '../shell/useApp'
import { StatusBadge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { EmptyState } from '../ui/PageState'
import type { DepositDue } from './queries'

/** Whose deposit should be here by today, the longest overdue first. It is paid here, or on the account of the stay. */
export function DepositList({ due }: { due: readonly DepositDue[] }) {
  if (due.length === 0) return <EmptyState icon="check" title={m.deskDepositsNone()} />
  return (
    <ul
      aria-label={m.deskDeposits()}
      className="mx-4 mb-8 overflow-clip rounded-md border border-line bg-surface"
    >
      {due.map((one) => (
        <Line key={one.reservationId} due={one} />
      ))}
    </ul>
  )
}

function Line({ due }: { due: DepositDue }) {
  const format = useFormat()
  const { openStay } = useStays()
  const name = [due.firstName, due.lastName].filter(Boolean).join(' ')
  const money = (amount: number) => format.money(amount, due.currency)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-line border-b px-3 py-1.5 last:border-b-0 hover:bg-sunken/60 md:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_8rem_auto]">
      <div className="min-w-0">
        <Button
          look="quiet"
          className="-ms-[calc(0.5rem+1px)] max-w-full justify-start px-2!"
          onPress={() => openStay(due.reservationId)}
        >
          <bdi className="truncate font-semibold">{name}</bdi>
        </Button>
        <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
          <span dir="ltr">{due.confirmationNumber}</span>
          {due.status === 'HOLD' && <StatusBadge status="HOLD" />}
        </p>
      </div>
      <p className="max-md:col-start-1">{format.days(due.checkInDate, due.checkOutDate, 'short')}</p>
      <p className={`max-md:col-start-1 ${due.isOverdue ? 'font-semibold text-danger-text' : ''}`}>
        {m.deskDepositDue({ day: format.day(due.dueOn) })}
      </p>
      <div className="text-end max-md:col-start-2 max-md:row-span-2 max-md:row-start-1">
        <p className="font-semibold text-danger-text">{money(due.openCents)}</p>
        <p className="text-muted text-xs">{m.deskDepositOf({ required: money(due.requiredCents) })}</p>
      </div>
      <Pay due={due} name={name} />
    </li>
  )
}

function Pay({ due, name }: { due: DepositDue; name: string }) {
  const { property, may } = useApp()
  const [isPaying, setPaying] = useState(false)
  if (!may('pms.folio.post_payments')) return null
  return (
    <div className="max-md:col-start-2 max-md:text-end">
      <Button onPress={() => setPaying(true)} aria-label={m.deskDepositPayFor({ name })}>
        {m.folioTakePayment()}
      </Button>
      {isPaying && (
        <PayBalance
          propertyId={property.id}
          stayId={due.reservationId}
          balance={due.openCents}
          submitLabel={m.folioTakePayment()}
          onPaid={() => setPaying(false)}
          onClose={() => setPaying(false)}
        />
      )}
    </div>
  )
}
