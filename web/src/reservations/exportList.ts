import { api, bodyOf } from '../api/client'
import { day, daysBetween } from '../kernel/dates'
import { toDecimal } from '../kernel/money'
import { m } from '../paraglide/messages'
import { statusName } from '../ui/Badge'
import { type CsvCell, csvOf } from './csv'
import type { ListQuery } from './filters'
import type { Names, Reservation } from './queries'
import { sourceName } from './words'

const perPage = 100

/** Every reservation that the filters leave, page by page. `onCount` hears how many there are so far. */
export async function allReservations(
  query: ListQuery,
  onCount: (count: number) => void,
  signal: AbortSignal,
): Promise<Reservation[]> {
  const rows: Reservation[] = []
  let cursor: string | undefined
  do {
    const page: { cursor?: string } = cursor ? { cursor } : {}
    const { data, meta } = await bodyOf(
      api.GET('/api/v1/pms/reservations', {
        params: { query: { ...query, limit: perPage, ...page } },
        signal,
      }),
    )
    rows.push(...data)
    onCount(rows.length)
    cursor = meta.hasMore ? (meta.cursor ?? undefined) : undefined
  } while (cursor && !signal.aborted)
  signal.throwIfAborted()
  return rows
}

interface Column {
  title: () => string
  cell: (row: Reservation, names: Names) => CsvCell
}

/** Dates as `YYYY-MM-DD` and money with a point: what every spreadsheet reads, whatever its language. */
const columns: readonly Column[] = [
  { title: m.reservationsNumber, cell: (row) => row.confirmationNumber },
  { title: m.stayStatus, cell: (row) => statusName(row.status) },
  { title: m.stayLastName, cell: (row) => row.primaryGuestJson.lastName },
  { title: m.stayFirstName, cell: (row) => row.primaryGuestJson.firstName },
  { title: m.stayEmail, cell: (row) => row.primaryGuestJson.email },
  { title: m.stayPhone, cell: (row) => row.primaryGuestJson.phone },
  { title: m.stayArrival, cell: (row) => row.checkInDate },
  { title: m.stayDeparture, cell: (row) => row.checkOutDate },
  { title: m.reservationsNights, cell: (row) => daysBetween(day(row.checkInDate), day(row.checkOutDate)) },
  { title: m.stayRoom, cell: (row, names) => names.room(row.roomId) },
  { title: m.stayType, cell: (row, names) => names.type(row.roomTypeId) },
  { title: m.stayPlan, cell: (row, names) => names.plan(row.ratePlanId) },
  { title: m.stayAdults, cell: (row) => row.adults },
  { title: m.stayChildren, cell: (row) => row.children },
  { title: m.staySource, cell: (row) => sourceName(row.sourceType) },
  { title: m.staySourceRef, cell: (row) => row.sourceRef },
  { title: m.stayTotal, cell: (row) => Number(toDecimal(row.totalCents, row.currency)) },
  { title: m.reservationsCurrency, cell: (row) => row.currency },
  { title: m.stayGuestNotes, cell: (row) => row.guestNotes },
  { title: m.stayInternalNotes, cell: (row) => row.internalNotes },
]

export const reservationsCsv = (rows: readonly Reservation[], names: Names): string =>
  csvOf([
    columns.map((column) => column.title()),
    ...rows.map((row) => columns.map((column) => column.cell(row, names))),
  ])

/** Hands a file to the browser. */
export function saveFile(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
