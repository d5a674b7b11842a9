import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { gatewayPayments, refundable } from './ledger'
import { MoneyDialog } from './MoneyDialog'
import { type Folio, foliosQuery, statementQuery, useFoliosChanged } from './queries'
import { folioName } from './words'

export interface PayBalanceProps {
  propertyId: string
  stayId: string
  /** What the folios of the stay are open for together; below zero the guest gets money back. */
  balance: number
  submitLabel: string
  onPaid: () => void
  onClose: () => void
}

/** Those that take money: a credit note only gives. */
const openOf = (folios: readonly Folio[], sign: number) =>
  folios.filter(({ status, creditNoteNumber }) => status === 'OPEN' && (sign < 0 || !creditNoteNumber))

/** The folio to settle first: of those that are open, the one with most of the balance. */
function heaviest(folios: readonly Folio[], sign: number): Folio | undefined {
  const open = openOf(folios, sign)
  return open.reduce<Folio | undefined>(
    (most, folio) => (most && most.balanceCents * sign >= folio.balanceCents * sign ? most : folio),
    undefined,
  )
}

/** Takes what is open, or gives back what is too much, so that a guest can go. */
export function PayBalance({ propertyId, stayId, balance, submitLabel, onPaid, onClose }: PayBalanceProps) {
  const format = useFormat()
  const changed = useFoliosChanged()
  const folios = useQuery(foliosQuery(propertyId, stayId)).data ?? []
  const folio = heaviest(folios, Math.sign(balance))
  const isRefund = balance < 0
  const statement = useQuery({
    ...statementQuery(folio?.id ?? ''),
    enabled: isRefund && folio !== undefined,
  }).data
  if (!folio || (isRefund && !statement)) return null
  const open = openOf(folios, 1)
  return (
    <MoneyDialog
      kind={isRefund ? 'refund' : 'payment'}
      folio={folio}
      amount={Math.abs(balance)}
      {...(statement && isRefund
        ? { most: refundable(statement), byGateway: gatewayPayments(statement) }
        : {})}
      choices={
        isRefund ? [] : open.map((one) => ({ id: one.id, label: folioName(one, folios, format.number) }))
      }
      submitLabel={submitLabel}
      onPosted={() => {
        void changed()
        onPaid()
      }}
      onClose={onClose}
    />
  )
}

/** What it is called on the button of the question. */
export const payLabel = (balance: number): string => (balance > 0 ? m.folioTakePayment() : m.folioGiveBack())
