import * as v from 'valibot'

export const chips = [
  'differs',
  'dirty',
  'clean',
  'inspected',
  'occupied',
  'out',
  'arrival',
  'dueOut',
  'stayOver',
  'service',
  'linen',
] as const
export type Chip = (typeof chips)[number]

/** Which rooms the page shows stands in the URL. Whatever does not belong there is as if it were not there. */
export const housekeepingSearch = v.object({
  show: v.fallback(v.optional(v.picklist(chips)), undefined),
  // The router reads `floor=2` as a number.
  floor: v.fallback(
    v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(20))),
    undefined,
  ),
  // `all`, `none`, or an attendant; one's own rooms when one has some.
  who: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(26))), undefined),
})
