import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, type Schemas } from '../api/client'
import { whole } from '../api/whole'
import type { DayRange } from '../ui/DatePicker'
import type { Grouping, Movement } from './search'

export type Flash = Schemas['ManagerFlash']
export type FlashFigures = Schemas['FlashFigures']
export type Occupancy = Schemas['OccupancyReport']
export type OccupancyRow = Schemas['OccupancyRow']
export type PickUp = Schemas['PickUp']
export type Forecast = Schemas['Forecast']
export type Ledgers = Schemas['LedgerBalance']
export type LedgerRow = Schemas['LedgerRow']
export type Taxes = Schemas['TaxReport']
export type Payments = Schemas['PaymentReport']
export type PaymentLine = Schemas['PaymentLine']
export type Productivity = Schemas['HousekeepingReportBody']
export type ProductivityRow = Schemas['ProductivityRow']
export type Moving = Schemas['MovementRow']
export type NoShow = Schemas['NoShowRow']

const path = (id: string) => ({ id })

/** A report is JSON unless a file is asked for, which only a link does. */
async function reported<T>(call: Promise<{ data?: { data: T } | string }>): Promise<T> {
  return ((await bodyOf(call)) as { data: T }).data
}

export const flashQuery = (id: string, date: string) =>
  queryOptions<Flash>({
    queryKey: ['reports', id, 'manager-flash', date],
    queryFn: ({ signal }) => {
      const params = { path: path(id), query: { date } }
      return reported(api.GET('/api/v1/pms/properties/{id}/reports/manager-flash', { params, signal }))
    },
  })

export const occupancyQuery = (id: string, span: DayRange, by: Grouping) =>
  queryOptions<Occupancy>({
    queryKey: ['reports', id, 'occupancy', span, by],
    queryFn: ({ signal }) => {
      const params = { path: path(id), query: { ...span, by } }
      return reported(api.GET('/api/v1/pms/properties/{id}/reports/occupancy', { params, signal }))
    },
  })

export const pickUpQuery = (id: string, span: DayRange, since: string) =>
  queryOptions<PickUp>({
    queryKey: ['reports', id, 'pick-up', span, since],
    queryFn: ({ signal }) => {
      const params = { path: path(id), query: { ...span, since } }
      return reported(api.GET('/api/v1/pms/properties/{id}/reports/pick-up', { params, signal }))
    },
  })

export const forecastQuery = (id: string, span: DayRange) =>
  queryOptions<Forecast>({
    queryKey: ['reports', id, 'forecast', span],
    queryFn: ({ signal }) => {
      const params = { path: path(id), query: span }
      return reported(api.GET('/api/v1/pms/properties/{id}/reports/forecast', { params, signal }))
    },
  })

export const ledgersQuery = (id: string, span: DayRange) =>
  queryOptions<Ledgers>({
    queryKey: ['reports', id, 'ledger-balance', span],
    queryFn: ({ signal }) => {
      const params = { path: path(id), query: span }
      return reported(api.GET('/api/v1/pms/properties/{id}/reports/ledger-balance', { params, signal }))
    },
  })

export const taxesQuery = (id: string, span: DayRange) =>
  queryOptions<Taxes>({
    queryKey: ['reports', id, 'taxes', span],
    queryFn: ({ signal }) => {
      const params = { path: path(id), query: span }
      return reported(api.GET('/api/v1/pms/properties/{id}/reports/taxes', { params, signal }))
    },
  })

export const paymentsQuery = (id: string, span: DayRange) =>
  queryOptions<Payments>({
    queryKey: ['reports', id, 'payments', span],
    queryFn: ({ signal }) => {
      const params = { path: path(id), query: span }
      return reported(api.GET('/api/v1/pms/properties/{id}/reports/payments', { params, signal }))
    },
  })

/** All of them, page by page. */
export const paymentJournalQuery = (id: string, span: DayRange) =>
  queryOptions<PaymentLine[]>({
    queryKey: ['reports', id, 'payment-journal', span],
    queryFn: ({ signal }) =>
      whole(async (page) => {
        const params = { path: path(id), query: { ...span, ...page } }
        const answer = await bodyOf(
          api.GET('/api/v1/pms/properties/{id}/reports/payment-journal', { params, signal }),
        )
        return answer as Schemas['Page_PaymentLine']
      }),
  })

export const housekeepingQuery = (id: string, span: DayRange) =>
  queryOptions<Productivity>({
    queryKey: ['reports', id, 'housekeeping', span],
    queryFn: ({ signal }) => {
      const params = { path: path(id), query: span }
      return reported(api.GET('/api/v1/pms/properties/{id}/reports/housekeeping', { params, signal }))
    },
  })

/** All of them, page by page. */
export const noShowsQuery = (id: string, span: DayRange) =>
  queryOptions<NoShow[]>({
    queryKey: ['reports', id, 'no-shows', span],
    queryFn: ({ signal }) =>
      whole(async (page) => {
        const params = { path: path(id), query: { ...span, ...page } }
        const answer = await bodyOf(
          api.GET('/api/v1/pms/properties/{id}/reports/no-shows', { params, signal }),
        )
        return answer as Schemas['Page_NoShowRow']
      }),
  })

/** All of them, page by page. */
export const movementsQuery = (id: string, date: string, movement: Movement) =>
  queryOptions<Moving[]>({
    queryKey: ['reports', id, 'movements', date, movement],
    queryFn: ({ signal }) =>
      whole(async (page) => {
        const params = { path: path(id), query: { date, movement, ...page } }
        const answer = await bodyOf(
          api.GET('/api/v1/pms/properties/{id}/reports/movements', { params, signal }),
        )
        return answer as Schemas['Page_MovementRow']
      }),
  })

/** The same report as a file, which the server writes. */
export function fileOf(id: string, report: string, query: Readonly<Record<string, string>>): string {
  return `/api/v1/pms/properties/${id}/reports/${report}?${new URLSearchParams({ ...query, format: 'CSV' })}`
}
