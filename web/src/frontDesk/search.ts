import * as v from 'valibot'

/** The lists of the day, in the order in which a desk works through them. */
export const listNames = ['arrivals', 'departures', 'inHouse', 'unassigned', 'late'] as const
export type ListName = (typeof listNames)[number]

export const orders = ['name', 'room', 'time'] as const
export type Order = (typeof orders)[number]

/** After the lists: whose deposit has not come. */
export const tabNames = [...listNames, 'deposits'] as const
export type TabName = (typeof tabNames)[number]

/** What the page shows stands in the URL. Whatever does not belong there is as if it were not there. */
export const frontDeskSearch = v.object({
  list: v.fallback(v.optional(v.picklist(tabNames)), undefined),
  order: v.fallback(v.optional(v.picklist(orders)), undefined),
})
