import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas } from '../api/client'
import { whole } from '../api/whole'
import { addDays, type Day } from '../kernel/dates'
import type { Reservation } from '../reservations/queries'
import type { DeskRows } from './lists'

type Asked = Partial<
  Record<'arrivalFrom' | 'arrivalTo' | 'departureFrom' | 'departureTo', Day> & { status: Schemas['Status'] }
>

const perPage = 100

/** Every page of it: a list of the desk that ends early hides a guest. */
const every = (propertyId: string, asked: Asked, signal: AbortSignal): Promise<Reservation[]> =>
  whole((page) =>
    bodyOf(
      api.GET('/api/v1/pms/reservations', { params: { query: { propertyId, ...asked, ...page } }, signal }),
    ),
  )

/** All lists of the day at once, so that nobody stands on two of them, or on none. */
export const deskQuery = (propertyId: string, today: Day) =>
  queryOptions<DeskRows>({
    queryKey: ['front-desk', propertyId, today],
    queryFn: async ({ signal }) => {
      const ask = (asked: Asked) => every(propertyId, asked, signal)
      const past = { arrivalTo: addDays(today, -1) }
      const [arrivals, held, confirmed, inHouse, departed] = await Promise.all([
        ask({ arrivalFrom: today, arrivalTo: today }),
        ask({ ...past, status: 'HOLD' }),
        ask({ ...past, status: 'CONFIRMED' }),
        ask({ status: 'CHECKED_IN' }),
        ask({ departureFrom: today, departureTo: today, status: 'CHECKED_OUT' }),
      ])
      return { arrivals, late: [...held, ...confirmed], inHouse, departed }
    },
  })

export type DepositDue = Schemas['DepositDue']

/** Deposits that were due by today, the longest overdue first, all of them. */
export const depositsQuery = (propertyId: string, today: Day) =>
  queryOptions<DepositDue[]>({
    queryKey: ['front-desk', propertyId, today, 'deposits'],
    queryFn: ({ signal }) =>
      whole((page) =>
        bodyOf(
          api.GET('/api/v1/pms/deposits-due', {
            params: { query: { propertyId, dueTo: today, ...page } },
            signal,
          }),
        ),
      ),
  })

/** How many rooms are not as the desk says. A room has one at most, and a house with a hundred of them has one answer. */
export const discrepanciesQuery = (propertyId: string) =>
  queryOptions<number>({
    queryKey: ['front-desk', propertyId, 'discrepancies'],
    queryFn: async ({ signal }) => {
      const params = { path: { id: propertyId }, query: { isOpen: true, limit: perPage } }
      const { data } = await bodyOf(
        api.GET('/api/v1/pms/properties/{id}/housekeeping/discrepancies', { params, signal }),
      )
      return data.length
    },
  })

export type RoomState = Pick<Schemas['ChartRoom'], 'isInspected'> & { status: Schemas['RoomStatus'] }

/** What the chart knows of rooms and accounts, and the list of stays does not. */
export interface HouseNow {
  rooms: ReadonlyMap<string, RoomState>
  /** What is open, of the stays of last night and tonight. */
  balances: ReadonlyMap<string, number>
}

/** Last night and tonight: one request, and the server has it drawn for the chart. */
export const houseNowQuery = (propertyId: string, today: Day) =>
  queryOptions<HouseNow>({
    queryKey: ['calendar', 'front-desk', propertyId, today],
    queryFn: async ({ signal }) => {
      const query = { propertyId, start: addDays(today, -1), days: 2 }
      const chart = await dataOf(api.GET('/api/v1/pms/calendar', { params: { query }, signal }))
      return {
        rooms: new Map(chart.rooms.map((room) => [room.id, room as RoomState])),
        balances: new Map(chart.bars.map((bar) => [bar.reservationId, bar.balanceCents ?? 0])),
      }
    },
    // Maps have nothing that could be shared with what came before.
    structuralSharing: false,
  })
