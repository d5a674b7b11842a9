import { useQueryClient } from '@tanstack/react-query'
import { api, dataOf, writeHeaders } from '../api/client'
import { asApiError } from '../api/errors'
import { sentenceOf } from '../i18n/sentences'
import { idempotencyKey } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { notify } from '../ui/Toast'
import { sendFolio } from './letters'
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

/** The invoice of a stay, the newest of several, or the statement of who has none yet: to print, or to send. */
export function usePaper() {
  const client = useQueryClient()
  const changed = useFoliosChanged()
  const { may, property } = useApp()
  const closes = ({ status }: Pick<Printed, 'status'>) =>
    status === 'CHECKED_OUT' && may('pms.folio.post_payments')
  const folioOf = async (stay: Printed): Promise<Folio | undefined> => {
    const folios = await client.fetchQuery({ ...foliosQuery(stay.propertyId, stay.id), staleTime: 0 })
    const own = folios.filter(({ creditNoteNumber }) => !creditNoteNumber)
    const done: Folio[] = []
    for (const folio of closes(stay) ? own.filter(isToClose) : []) done.push(await closed(folio))
    if (done.length > 0) void changed()
    return done.at(-1) ?? own.findLast(({ status }) => status === 'CLOSED') ?? own[0]
  }
  const failed = (error: unknown) => notify({ text: sentenceOf(asApiError(error)), tone: 'error' })
  const print = async (stay: Printed) => {
    // Opened at the press itself: a browser lets nobody open one later.
    const tab = window.open('', '_blank')
    try {
      const folio = await folioOf(stay)
      if (tab && folio) tab.location.href = paperOf(folio).url
      else tab?.close()
    } catch (error) {
      tab?.close()
      failed(error)
    }
  }
  const send = async (stay: Printed, recipient: string) => {
    try {
      const folio = await folioOf(stay)
      if (!folio) return
      await sendFolio(folio.id, recipient, null, idempotencyKey())
      notify({ text: m.letterQueued() })
    } catch (error) {
      failed(error)
    }
  }
  const label = (stay: Pick<Printed, 'status'>) => (closes(stay) ? m.deskCloseAndPrint() : m.deskPrintPaper())
  const maySend = property.sendsMail && may('pms.messages.send')
  return { print, send, label, maySend }
}
