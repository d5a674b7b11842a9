import { type ApiError, asApiError, type ErrorCode } from '../api/errors'
import { m } from '../paraglide/messages'
import { withDays } from './days'
import { type BrokenRule, ruleSentence } from './rules'

const sentences: Partial<Record<ErrorCode, () => string>> = {
  OFFLINE: m.errorOffline,
  UNREADABLE: m.errorUnreadable,
  SERVICE_UNAVAILABLE: m.errorUnavailable,
  INTERNAL_ERROR: m.errorInternal,
  AUTHORIZATION_DENIED: m.errorForbidden,
  UNAUTHENTICATED: m.errorUnauthenticated,
  NOT_FOUND: m.errorNotFound,
  CONCURRENCY_CONFLICT: m.errorChanged,
  RATE_LIMITED: m.errorLimited,
  FOLIO_NOT_OPEN: m.errorFolioClosed,
  FOLIO_NOT_BALANCED: m.errorFolioOwes,
}

/** Every rule that is broken, one after the other. */
function brokenIn({ code, facts }: ApiError): string | undefined {
  const broken = facts.violations as readonly BrokenRule[] | undefined
  return code === 'RESTRICTION_VIOLATED' ? broken?.map(ruleSentence).join('; ') : undefined
}

/** What to tell a person. Refusals of the trade keep the API's own sentence: it names rooms, nights and rules. */
export function sentenceOf(error: unknown): string {
  const refusal: ApiError = asApiError(error)
  return sentences[refusal.code]?.() ?? (brokenIn(refusal) || withDays(refusal.message))
}

/** Where no field is there to stand beside: a fault of a field is told by its rule, everything else as above. */
export const rulesOf = (error: ApiError): string =>
  error.code === 'VALIDATION_ERROR'
    ? error.details.map((fault) => withDays(fault.message)).join('. ')
    : sentenceOf(error)
