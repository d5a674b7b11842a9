import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas, writeHeaders } from '../api/client'

/** Money that the payment gateway moved, did not move, or may have moved. */
export type PaymentIntent = Schemas['PaymentIntent']

/** The newest hundred of a stay: those that wait for something are few and young. */
export const intentsQuery = (propertyId: string, reservationId: string) =>
  queryOptions<PaymentIntent[]>({
    queryKey: ['payment-intents', propertyId, reservationId],
    queryFn: async ({ signal }) => {
      const query = { propertyId, reservationId, limit: 100 }
      const { data } = await bodyOf(api.GET('/api/v1/pms/payment-intents', { params: { query }, signal }))
      return data
    },
  })

export const chargeCard = (folioId: string, amountCents: number, description: string | null, key: string) =>
  dataOf(
    api.POST('/api/v1/pms/folios/{id}/payment-intents', {
      params: { path: { id: folioId } },
      body: { amountCents, description },
      headers: writeHeaders(key),
    }),
  )

interface Back {
  folioId: string
  amountCents: number
  description: string | null
}

export const refundCard = (intentId: string, back: Back, key: string) =>
  dataOf(
    api.POST('/api/v1/pms/payment-intents/{id}/refunds', {
      params: { path: { id: intentId } },
      body: back,
      headers: writeHeaders(key),
    }),
  )

/** Asks the gateway what became of it. */
export const settle = (id: string) =>
  dataOf(api.POST('/api/v1/pms/payment-intents/{id}/settle', { params: { path: { id } }, body: {} }))

export const postIntent = (id: string, folioId: string, key: string) =>
  dataOf(
    api.POST('/api/v1/pms/payment-intents/{id}/post', {
      params: { path: { id } },
      body: { folioId },
      headers: writeHeaders(key),
    }),
  )
