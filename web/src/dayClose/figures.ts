/** The figures of closed days. Pure. */
import { toDecimal } from '../kernel/money'
import { m } from '../paraglide/messages'
import { type CsvCell, csvOf } from '../reservations/csv'
import type { DayClose, NightDue, Preview } from './queries'

/** Rooms that could be sold: not under a block that is no stay. */
export const roomsToSell = (day: DayClose): number => day.roomsTotal - day.roomsOffMarket

/** Sold of those that could be sold; none where there was nothing to sell. */
export const occupancy = (day: DayClose): number | undefined =>
  roomsToSell(day) > 0 ? day.roomsSold / roomsToSell(day) : undefined

const share = (amount: number, of: number): number | undefined =>
  of > 0 ? Math.round(amount / of) : undefined

/** Room revenue for each room that was sold. */
export const averageRate = (day: DayClose): number | undefined => share(day.roomRevenueCents, day.roomsSold)

/** Room revenue for each room that could be sold. */
export const revenuePerRoom = (day: DayClose): number | undefined =>
  share(day.roomRevenueCents, roomsToSell(day))

/** Everything that was charged, without taxes. */
export const revenueOf = (day: DayClose): number => day.roomRevenueCents + day.adjustmentCents + day.feeCents

/** What came in, above zero. */
export const paidOn = (day: DayClose): number => 0 - day.paymentCents - day.refundCents

/** What a night adds to the folio of its guest: the price and what comes with it. */
export const nightSum = (night: NightDue): number =>
  night.taxes.reduce((sum, tax) => sum + tax.amountCents, night.priceCents)

/** What those are charged who are given up; a hold is not. */
export const noShowFees = ({ arrivals }: Preview): number =>
  arrivals.reduce((sum, due) => sum + (due.status === 'HOLD' ? 0 : (due.noShowFeeCents ?? 0)), 0)

export interface FigureColumn {
  id: string
  title: () => string
  kind: 'count' | 'share' | 'money'
  value: (day: DayClose) => number | undefined
  isMinor?: boolean
}

export const figureColumns: readonly FigureColumn[] = [
  { id: 'sold', title: m.closeSold, kind: 'count', value: (day) => day.roomsSold },
  { id: 'occupancy', title: m.closeOccupancy, kind: 'share', value: occupancy },
  { id: 'adr', title: m.closeAdr, kind: 'money', value: averageRate },
  { id: 'revpar', title: m.closeRevpar, kind: 'money', value: revenuePerRoom },
  { id: 'room', title: m.closeRoomRevenue, kind: 'money', value: (day) => day.roomRevenueCents },
  { id: 'revenue', title: m.closeRevenue, kind: 'money', value: revenueOf },
  { id: 'tax', title: m.stayTaxes, kind: 'money', value: (day) => day.taxCents, isMinor: true },
  { id: 'paid', title: m.folioPayments, kind: 'money', value: paidOn, isMinor: true },
  {
    id: 'guests',
    title: m.closeGuestLedger,
    kind: 'money',
    value: (day) => day.guestLedgerCents,
    isMinor: true,
  },
  {
    id: 'deposits',
    title: m.closeDepositLedger,
    kind: 'money',
    value: (day) => day.depositLedgerCents,
    isMinor: true,
  },
  {
    id: 'house',
    title: m.closeHouseLedger,
    kind: 'money',
    value: (day) => day.houseLedgerCents,
    isMinor: true,
  },
  { id: 'city', title: m.closeCityLedger, kind: 'money', value: (day) => day.cityLedgerCents, isMinor: true },
]

/** Dates as `YYYY-MM-DD`, shares of one and money with a point: what every spreadsheet reads. */
export function closesCsv(days: readonly DayClose[], currency: string): string {
  const cell = ({ kind, value }: FigureColumn, day: DayClose): CsvCell => {
    const figure = value(day)
    if (figure === undefined) return undefined
    return kind === 'money' ? Number(toDecimal(figure, currency)) : Number(figure.toFixed(4))
  }
  return csvOf([
    [m.closeDay(), ...figureColumns.map(({ title }) => title()), m.reservationsCurrency()],
    ...days.map((day) => [day.businessDate, ...figureColumns.map((column) => cell(column, day)), currency]),
  ])
}
