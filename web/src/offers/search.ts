import * as v from 'valibot'
import { dayInUrl } from '../shell/search'

const count = (least: number, most: number) => {
  const isOne = (value: number) => Number.isInteger(value) && value >= least && value <= most
  return v.fallback(v.optional(v.pipe(v.number(), v.check(isOne))), undefined)
}

/** What is searched for. Whatever does not belong there is as if it were not there. */
export const offersSearch = v.object({
  arrival: dayInUrl,
  nights: count(1, 180),
  adults: count(1, 1000),
  children: count(0, 12),
  /** Of each child, `4,9`: the router reads that of one as a number. */
  ages: v.fallback(v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))), undefined),
  around: count(0, 7),
})

export type OffersSearch = v.InferOutput<typeof offersSearch>
