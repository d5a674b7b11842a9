import { withDays } from '../i18n/days'
import { notify } from '../ui/Toast'
import type { Booking } from './queries'

/** What was done all the same, and somebody should know. */
export function tellWarnings({ warnings = [] }: Pick<Booking, 'warnings'>) {
  for (const { message } of warnings) notify({ text: withDays(message) })
}
