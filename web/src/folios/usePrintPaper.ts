import { useQueryClient } from '@tanstack/react-query'
import { api, dataOf, writeHeaders } from '../api/client'
import { asApiError } from '../api/errors'
import { sentenceOf } from '../i18n/sentences'
import { idempotencyKey } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { notify } from '../ui/Toast'
import { paperOf } from './papers'
import { type Folio, foliosQuery, useFoliosChanged } from './queries'

interface Printed {
  id: string
  propertyId: string
  status: string
}

/** Who has left and owes nothing takes an invoice along: his folios are closed for it. */
const isToClose = (folio: Folio) =>
  folio.status === 'OPEN' && folio.balanceCents === 0 && folio.totalCents !== 0

const closed = ({ id, version }: Folio): Promise<Folio> =>
  dataOf(
    api.POST('/api/v1/pms/folios/{id}/close', {
      params: { path: { id } },
      body: { version },
      headers: writeHeaders(idempotencyKey()),
    }),
  )

/** Shows the invoice of a stay, the newest of several, or the statement of who has none yet; and what to call that. */
export function usePrintPaper() {
  const client = useQueryClient()
  const changed = useFoliosChanged()
  const { may } = useApp()
  const closes = ({ status }: Pick<Printed, 'status'>) =>
    status === 'CHECKED_OUT' && may('pms.folio.post_payments')
  const print = async (stay: Printed) => {
    // Opened at the press itself: a browser lets nobody open one later.
    const tab = window.open('', '_blank')
    try {
      const folios = await client.fetchQuery({ ...foliosQuery(stay.propertyId, stay.id), staleTime: 0 })
      const own = folios.filter(({ creditNoteNumber }) => !creditNoteNumber)
      const done: Folio[] = []
      for (const folio of closes(stay) ? own.filter(isToClose) : []) done.push(await closed(folio))
      const folio = done.at(-1) ?? own.findLast(({ status }) => status === 'CLOSED') ?? own[0]
      if (tab && folio) tab.location.href = paperOf(folio).url
      else tab?.close()
      if (done.length > 0) void changed()
    } catch (error) {
      tab?.close()
      notify({ text: sentenceOf(asApiError(error)), tone: 'error' })
    }
  }
  const label = (stay: Pick<Printed, 'status'>) => (closes(stay) ? m.deskCloseAndPrint() : m.deskPrintPaper())
  return { print, label }
}
