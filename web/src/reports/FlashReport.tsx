import { useQuery } from '@tanstack/react-query'
import { addDays, asDay } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { DatePicker } from '../ui/DatePicker'
import { Note } from '../ui/Note'
import { QueryState } from '../ui/QueryState'
import { type Flash, type FlashFigures, fileOf, flashQuery } from './queries'
import type { Asked } from './ReportsPage'
import { Sheet } from './Sheet'
import { Choices } from './Span'
import { type Say, useSay } from './words'

interface Line {
  id: string
  title: () => string
  value: (of: FlashFigures, say: Say) => string
}

const lines: readonly Line[] = [
  { id: 'occupancy', title: m.closeOccupancy, value: (of, say) => say.percent(of.occupancyPercent) },
  { id: 'adr', title: m.closeAdr, value: (of, say) => say.money(of.adrCents) },
  { id: 'revpar', title: m.closeRevpar, value: (of, say) => say.money(of.revparCents) },
  { id: 'room', title: m.closeRoomRevenue, value: (of, say) => say.money(of.roomRevenueCents) },
  { id: 'other', title: m.reportOtherRevenue, value: (of, say) => say.money(of.adjustmentCents) },
  { id: 'fee', title: m.reportFees, value: (of, say) => say.money(of.feeCents) },
  { id: 'tax', title: m.stayTaxes, value: (of, say) => say.money(of.taxCents) },
  // Credits stand below zero in the ledger; here they are what came in.
  { id: 'paid', title: m.folioPayments, value: (of, say) => say.money(0 - of.paymentCents - of.refundCents) },
  { id: 'sold', title: m.closeSold, value: (of, say) => say.count(of.roomsSold) },
  { id: 'free', title: m.reportFreeOfCharge, value: (of, say) => say.count(of.roomsFreeOfCharge) },
  { id: 'available', title: m.reportAvailable, value: (of, say) => say.count(of.roomsAvailable) },
  { id: 'outOfOrder', title: m.reportOutOfOrder, value: (of, say) => say.count(of.roomsOutOfOrder) },
  { id: 'arrivals', title: m.closeArrived, value: (of, say) => say.count(of.arrivals) },
  { id: 'departures', title: m.closeLeft, value: (of, say) => say.count(of.departures) },
  { id: 'guests', title: m.closeGuests, value: (of, say) => say.count(of.guestsInHouse) },
  { id: 'noShows', title: m.closeNoShows, value: (of, say) => say.count(of.noShows) },
  { id: 'cancelled', title: m.reportCancelled, value: (of, say) => say.count(of.cancellations) },
]

/** A day at a glance, beside its month and its year so far. */
export function FlashReport({ search, today, change }: Asked) {
  const { property } = useApp()
  const date = asDay(search.date) ?? addDays(today, -1)
  const query = useQuery(flashQuery(property.id, date))
  return (
    <>
      <Choices file={fileOf(property.id, 'manager-flash', { date })}>
        <DatePicker label={m.closeDay()} value={date} onChange={(next) => next && change({ date: next })} />
      </Choices>
      <QueryState query={query} lines={12}>
        {(flash) => <Figures flash={flash} />}
      </QueryState>
    </>
  )
}

function Figures({ flash }: { flash: Flash }) {
  const say = useSay()
  const periods = [
    { id: 'day', title: say.format.day(flash.date), of: flash.day },
    { id: 'month', title: m.reportMonthToDate(), of: flash.month },
    { id: 'year', title: m.reportYearToDate(), of: flash.year },
  ]
  return (
    <>
      {flash.state !== 'CLOSED' && <Note>{m.reportNotClosed()}</Note>}
      <Sheet
        className="mt-2 max-w-3xl"
        label={m.reportFlash()}
        rowHeader="name"
        columns={[
          { id: 'name', title: m.reportFigure(), cell: (line) => line.title() },
          ...periods.map(({ id, title, of }) => ({
            id,
            title,
            isNumber: true,
            className: 'whitespace-nowrap',
            cell: (line: Line) => line.value(of, say),
          })),
        ]}
        rows={lines}
      />
    </>
  )
}
