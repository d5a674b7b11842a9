import type { ApiError } from '../../api/errors'
import type { Quote } from '../../reservations/queries'
import { useQuote } from '../../reservations/useQuote'
import type { Desk } from '../desk/Desk'
import { type BookedDraft, isRange } from './bookDraft'

/** Where it stands why nothing can be booked. */
export const whyId = 'calendar-book-why'

export interface Quoted {
  data: Pick<Quote, 'available' | 'violations'> | undefined
  error: ApiError | null
}

/** Whether a booking would be refused: none is left, or a restriction says no and nobody insists. Whether it can be asked again is not for a form to say. */
export const isRefused = ({ data, error }: Quoted, isInsisted: boolean): boolean =>
  error
    ? !error.isPassing
    : data !== undefined && (data.available < 1 || (data.violations.length > 0 && !isInsisted))

/** What it would cost now, and whether it can be had; nothing is held by asking. */
export function useBookQuote(desk: Desk, draft: BookedDraft, isCrowded: boolean) {
  const { range, typeId, planId, adults, children, isInsisted } = draft
  const quote = useQuote({
    propertyId: desk.hotel.propertyId,
    roomTypeId: typeId,
    ...(isRange(range) && !isCrowded ? { checkInDate: range.from, checkOutDate: range.to } : {}),
    ...(planId ? { ratePlanId: planId } : {}),
    adults,
    children,
  })
  return { quote, isStopped: isCrowded || isRefused(quote as Quoted, isInsisted) }
}
