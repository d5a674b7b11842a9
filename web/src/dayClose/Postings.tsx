import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useApp } from '../shell/useApp'
import { Table, type TableColumn } from '../ui/Table'
import { nightSum, noShowFees } from './figures'
import type { NightDue, Preview } from './queries'

/** What the close posts: the night of each guest in the house, and the sum. */
export function Postings({ preview, givesUp }: { preview: Preview; givesUp: boolean }) {
  const format = useFormat()
  const { property } = useApp()
  const { openStay } = useStays()
  const { nights } = preview
  const money = (amount: number) => format.money(amount, property.currency)
  const taxes = (night: NightDue) => nightSum(night) - night.priceCents
  const fees = givesUp ? noShowFees(preview) : 0
  const total = nights.reduce((sum, night) => sum + nightSum(night), fees)
  const columns: TableColumn<NightDue & { id: string }>[] = [
    { id: 'room', title: m.stayRoom(), cell: (night) => night.roomNumber ?? '–' },
    {
      id: 'guest',
      title: m.stayGuest(),
      cell: (night) => <bdi>{night.lastName || night.confirmationNumber}</bdi>,
    },
    { id: 'price', title: m.stayPrice(), isNumber: true, cell: (night) => money(night.priceCents) },
    {
      id: 'taxes',
      title: m.closeTaxesFees(),
      isNumber: true,
      isMinor: true,
      cell: (night) => money(taxes(night)),
    },
    { id: 'sum', title: m.stayTotal(), isNumber: true, cell: (night) => money(nightSum(night)) },
  ]
  return (
    <section aria-label={m.closePostings()} className="rounded-md border border-line bg-surface p-3">
      <h2 className="mb-1 font-semibold text-base">
        {m.closePostings()} <span className="font-normal text-muted">{format.number(nights.length)}</span>
      </h2>
      {nights.length === 0 ? (
        <p className="text-muted">{m.closePostingsNone()}</p>
      ) : (
        <div className="relative max-h-96 overflow-auto">
          <Table
            label={m.closePostings()}
            rowHeader="guest"
            columns={columns}
            rows={nights
              .map((night) => ({ ...night, id: night.reservationId }))
              .sort((a, b) => format.compare(a.roomNumber ?? '', b.roomNumber ?? ''))}
            onOpen={(night) => openStay(night.id)}
          />
        </div>
      )}
      {fees > 0 && (
        <p className="mt-2 flex items-baseline justify-between gap-3">
          <span>{m.closeNoShowFees()}</span>
          <span>{money(fees)}</span>
        </p>
      )}
      <p className="mt-2 flex items-baseline justify-between gap-3">
        <span>{m.closePostingsSum()}</span>
        <strong className="text-lg">{money(total)}</strong>
      </p>
    </section>
  )
}
