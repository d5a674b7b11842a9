import { queryOptions } from '@tanstack/react-query'
import { api, dataOf, type Schemas, writeHeaders } from '../api/client'
import { addDays, type Day } from '../kernel/dates'

export type Preview = Schemas['DayClosePreview']
export type DayClose = Schemas['DayClose']
export type Due = Schemas['Due']
export type NightDue = Schemas['NightDue']

/** How many closed days the table looks back on. */
export const lookBack = 31

export const previewQuery = (propertyId: string) =>
  queryOptions<Preview>({
    queryKey: ['day-close', propertyId, 'preview'],
    // Whoever looks again is about to close: what came meanwhile must be seen.
    staleTime: 0,
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/pms/properties/{id}/day-close', { params: { path: { id: propertyId } }, signal }),
      ),
  })

/** The newest first. */
export const closesQuery = (propertyId: string, openDay: Day) =>
  queryOptions<DayClose[]>({
    queryKey: ['day-close', propertyId, 'closed', openDay],
    queryFn: async ({ signal }) => {
      const query = { start: addDays(openDay, -lookBack), days: lookBack }
      const params = { path: { id: propertyId }, query }
      const closes = await dataOf(api.GET('/api/v1/pms/properties/{id}/day-closes', { params, signal }))
      return closes.reverse()
    },
  })

export interface Choices {
  givesUp: boolean
  letsGo: boolean
  /** All days that are over, one after the other. */
  catchesUp: boolean
}

export function closeDay(
  propertyId: string,
  day: string,
  through: string,
  choices: Choices,
  key: string,
): Promise<DayClose[]> {
  const body: Schemas['CloseDay'] = {
    businessDate: day,
    through,
    arrivals: choices.givesUp ? 'NO_SHOW' : 'REFUSE',
    departures: choices.letsGo ? 'CHECK_OUT' : 'REFUSE',
  }
  const params = { path: { id: propertyId } }
  return dataOf(
    api.POST('/api/v1/pms/properties/{id}/day-close', { params, body, headers: writeHeaders(key) }),
  )
}
