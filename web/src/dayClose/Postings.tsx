import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useStays } from '../reservations/openStay'
import { useApp } from '../shell/useApp'
import { Table, type TableColumn } from '../ui/Table'
import { nightSum } from './figures'
import type { NightDue, Preview } from './queries'

/** What the close posts: the night of each guest in the house, and the sum. */
export function Postings({ preview }: { preview: Preview }) {
  const format = useFormat()
  const { property } = useApp()
  const { openStay } = useStays()
  const { nights } = preview
  const money = (amount: number) => format.money(amount, property.currency)
  const taxes = (night: NightDue) => nightSum(night) - night.priceCents
  const total = nights.reduce((sum, night) => sum + nightSum(night), 0)
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
            rows={nights.map((night) => ({ ...night, id: night.reservationId }))}
            onOpen={(night) => openStay(night.id)}
          />
        </div>
      )}
      <p className="mt-2 flex items-baseline justify-between gap-3">
        <span>{m.closePostingsSum()}</span>
        <strong className="text-lg">{money(total)}</strong>
      </p>
    </section>
  )
}
