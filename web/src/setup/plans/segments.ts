import type { Schemas } from '../../api/client'
import { m } from '../../paraglide/messages'

export type Segment = Schemas['MarketSegment']

const names: Record<Segment, () => string> = {
  RETAIL: m.segmentRetail,
  DISCOUNT: m.segmentDiscount,
  NEGOTIATED: m.segmentNegotiated,
  QUALIFIED: m.segmentQualified,
  WHOLESALE: m.segmentWholesale,
  GROUP: m.segmentGroup,
  CONTRACT: m.segmentContract,
  COMPLIMENTARY: m.segmentComplimentary,
}

export const segments = Object.keys(names) as Segment[]

/** Also `NONE`, of plans that say none. */
export const segmentName = (key: string): string => names[key as Segment]?.() ?? m.segmentNone()
