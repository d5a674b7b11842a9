import { m } from '../paraglide/messages'
import { Icon } from '../ui/Icon'
import type { Folio } from './queries'

type Printed = Pick<Folio, 'id' | 'status' | 'creditNoteNumber'>

/** The one paper that a folio has now, and what to call it. */
export function paperOf(folio: Printed): { url: string; label: string } {
  const url = (name: string) => `/api/v1/pms/folios/${folio.id}/${name}.pdf`
  if (typeof folio.creditNoteNumber === 'number')
    return { url: url('credit-note'), label: m.folioPrintCreditNote() }
  return folio.status === 'OPEN'
    ? { url: url('statement'), label: m.folioPrintStatement() }
    : { url: url('invoice'), label: m.folioPrintInvoice() }
}

/** A PDF in a tab of its own, from where the browser prints it and keeps it. */
export function PrintLink({ folio }: { folio: Printed }) {
  const { url, label } = paperOf(folio)
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener"
      className="inline-flex min-h-control items-center gap-1.5 rounded-md px-3 font-medium hover:bg-sunken"
    >
      <Icon name="print" />
      {label}
      <span className="sr-only"> ({m.folioNewTab()})</span>
    </a>
  )
}
