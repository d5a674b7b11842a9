import { useQueryClient } from '@tanstack/react-query'
import { asApiError } from '../api/errors'
import { sentenceOf } from '../i18n/sentences'
import { notify } from '../ui/Toast'
import { paperOf } from './papers'
import { foliosQuery } from './queries'

/** Shows the invoice of a stay, the newest of several, or the statement of who has none yet. */
export function usePrintPaper(): (stay: { id: string; propertyId: string }) => Promise<void> {
  const client = useQueryClient()
  return async (stay) => {
    // Opened at the press itself: a browser lets nobody open one later.
    const tab = window.open('', '_blank')
    try {
      const folios = await client.fetchQuery({ ...foliosQuery(stay.propertyId, stay.id), staleTime: 0 })
      const own = folios.filter(({ creditNoteNumber }) => !creditNoteNumber)
      const folio = own.findLast(({ status }) => status === 'CLOSED') ?? own[0]
      if (tab && folio) tab.location.href = paperOf(folio).url
      else tab?.close()
    } catch (error) {
      tab?.close()
      notify({ text: sentenceOf(asApiError(error)), tone: 'error' })
    }
  }
}
