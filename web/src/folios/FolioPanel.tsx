import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataOf, writeHeaders } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Confirm'
import { Menu, MenuItem, MenuTrigger } from '../ui/Menu'
import { Note } from '../ui/Note'
import { QueryState } from '../ui/QueryState'
import type { Choice } from '../ui/Select'
import { notify } from '../ui/Toast'
import { BillToDialog } from './BillToDialog'
import { ChargeDialog } from './ChargeDialog'
import { CreditDialog } from './CreditDialog'
import { DiscountDialog } from './DiscountDialog'
import { EmailDialog } from './EmailDialog'
import { Letters } from './Letters'
import {
  depositOpen,
  gatewayPayments,
  isDiscountable,
  isStanding,
  type LedgerLine,
  lastMethod,
  linesOf,
  refundable,
} from './ledger'
import { MoneyDialog } from './MoneyDialog'
import { MoveDialog } from './MoveDialog'
import { PrintLink } from './papers'
import { type Folio, type Statement, statementQuery, useFoliosChanged } from './queries'
import { StatementTable } from './StatementTable'
import { VoidDialog } from './VoidDialog'

type Act =
  | 'charge'
  | 'discount'
  | 'payment'
  | 'refund'
  | 'move'
  | 'billTo'
  | 'close'
  | 'email'
  | 'credit'
  | { line: LedgerLine }

export interface FolioPanelProps {
  folio: Folio
  name: string
  /** What credit notes took back of it. */
  credited: number
  /** The other open folios of the stay. */
  others: readonly Choice[]
  /** Where the guest can be reached. */
  email?: string | undefined
}

/** One folio: its statement, and what may be done with it. */
export function FolioPanel({ folio, name, credited, others, email = '' }: FolioPanelProps) {
  const { may, property } = useApp()
  const query = useQuery(statementQuery(folio.id))
  const [act, setAct] = useState<Act>()
  const isOpen = folio.status === 'OPEN'
  const isNote = typeof folio.creditNoteNumber === 'number'
  const mayCredit = !!folio.invoiceNumber && credited < folio.totalCents && may('pms.folio.credit')
  const onVoid =
    isOpen && !isNote && may('pms.folio.void') ? (line: LedgerLine) => setAct({ line }) : undefined
  return (
    <section
      aria-label={name}
      className="not-first:mt-6 not-first:border-line not-first:border-t not-first:pt-4"
    >
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="grow font-semibold">
          <bdi>{name}</bdi> <Invoice folio={folio} />
        </h3>
        {isOpen && query.data && <Acts statement={query.data} run={setAct} />}
        {mayCredit && (
          <Button icon="undo" onPress={() => setAct('credit')}>
            {m.folioCredit()}
          </Button>
        )}
        <PrintLink folio={folio} />
        {property.sendsMail && may('pms.messages.send') && (
          <Button look="quiet" icon="mail" onPress={() => setAct('email')}>
            {m.letterAct()}
          </Button>
        )}
      </div>
      <Letters folio={folio} />
      <QueryState query={query} lines={3}>
        {(statement) => (
          <>
            <BillTo folio={statement} />
            <Deposit statement={statement} />
            <StatementTable name={name} statement={statement} onVoid={onVoid} />
            {act && (
              <ActDialog
                act={act}
                statement={statement}
                name={name}
                others={others}
                email={email}
                onClose={() => setAct(undefined)}
              />
            )}
          </>
        )}
      </QueryState>
    </section>
  )
}

/** That it is closed, with the number of its invoice. */
function Invoice({ folio }: { folio: Folio }) {
  const format = useFormat()
  if (folio.status === 'OPEN') return null
  const day = folio.closedOn ? format.day(folio.closedOn) : ''
  if (!folio.invoiceNumber) return <Badge>{m.folioCreditClosed({ day })}</Badge>
  return <Badge>{m.folioClosed({ number: format.number(folio.invoiceNumber), day })}</Badge>
}

function BillTo({ folio: { billTo } }: { folio: Folio }) {
  if (!billTo) return null
  return (
    <p className="mb-2 text-muted">
      {m.billTo()}: <bdi>{[billTo.name, ...(billTo.address ?? [])].join(', ')}</bdi>
    </p>
  )
}

/** What has to be paid ahead, until it is. */
function Deposit({ statement: { deposit, currency } }: { statement: Statement }) {
  const format = useFormat()
  const { property } = useApp()
  if (!deposit) return null
  const { requiredCents, paidCents, dueOn } = deposit
  const required = format.money(requiredCents, currency)
  if (paidCents >= requiredCents) return <p className="mb-2 text-muted">{m.depositPaid({ required })}</p>
  const text = m.depositOpen({ paid: format.money(paidCents, currency), required, day: format.day(dueOn) })
  const isOverdue = dueOn < property.businessDate
  return (
    <div className="mb-2">
      {isOverdue ? <Note tone="warning">{text}</Note> : <p className="text-muted">{text}</p>}
    </div>
  )
}

function Acts({ statement, run }: { statement: Statement; run: (act: Act) => void }) {
  const { may } = useApp()
  // A credit note only gives back.
  const isNote = typeof statement.creditNoteNumber === 'number'
  const [mayCharge, mayPay] = [!isNote && may('pms.folio.post_charges'), may('pms.folio.post_payments')]
  const mayRefund = mayPay && refundable(statement) > 0
  const mayMove = !isNote && may('pms.folio.transfer') && linesOf(statement.entries).some(isStanding)
  return (
    <>
      {mayCharge && (
        <Button icon="plus" onPress={() => run('charge')}>
          {m.folioCharge()}
        </Button>
      )}
      {mayPay && !isNote && (
        <Button icon="plus" onPress={() => run('payment')}>
          {m.folioPayment()}
        </Button>
      )}
      {(mayPay || mayMove || mayCharge) && (
        <MenuTrigger>
          <Button icon="more">{m.folioActs()}</Button>
          <Menu label={m.folioActs()}>
            {mayRefund && <MenuItem label={m.folioRefund()} icon="undo" onAction={() => run('refund')} />}
            {mayMove && <MenuItem label={m.folioMove()} icon="move" onAction={() => run('move')} />}
            {mayCharge && linesOf(statement.entries).some(isDiscountable) && (
              <MenuItem label={m.folioDiscountAct()} icon="minus" onAction={() => run('discount')} />
            )}
            {mayCharge && <MenuItem label={m.billToAct()} icon="note" onAction={() => run('billTo')} />}
            {mayPay && (
              <MenuItem
                label={statement.balanceCents === 0 ? m.folioClose() : m.folioCloseAtZero()}
                icon="lock"
                isDisabled={statement.balanceCents !== 0}
                onAction={() => run('close')}
              />
            )}
          </Menu>
        </MenuTrigger>
      )}
    </>
  )
}

interface ActDialogProps {
  act: Act
  statement: Statement
  name: string
  others: readonly Choice[]
  email: string
  onClose: () => void
}

function ActDialog({ act, statement, name, others, email, onClose }: ActDialogProps) {
  const format = useFormat()
  const changed = useFoliosChanged()
  const said = (text: string) => () => {
    notify({ text })
    void changed()
    onClose()
  }
  const folio = statement
  if (typeof act === 'object')
    return <VoidDialog folio={folio} line={act.line} onPosted={said(m.folioVoided())} onClose={onClose} />
  if (act === 'charge')
    return <ChargeDialog folio={folio} onPosted={said(m.folioPosted())} onClose={onClose} />
  if (act === 'move')
    return (
      <MoveDialog statement={statement} others={others} onPosted={said(m.folioMoved())} onClose={onClose} />
    )
  if (act === 'credit')
    return (
      <CreditDialog
        statement={statement}
        onPosted={({ creditNoteNumber }) =>
          said(m.folioCredited({ number: format.number(creditNoteNumber ?? 0) }))()
        }
        onClose={onClose}
      />
    )
  if (act === 'discount')
    return <DiscountDialog statement={statement} onPosted={said(m.folioDiscounted())} onClose={onClose} />
  if (act === 'billTo')
    return <BillToDialog folio={folio} onSaved={said(m.billToSaved())} onClose={onClose} />
  if (act === 'email') return <EmailDialog folio={folio} recipient={email} onClose={onClose} />
  if (act === 'close') return <CloseFolio statement={statement} name={name} onClose={onClose} />
  const isPayment = act === 'payment'
  return (
    <MoneyDialog
      kind={act}
      folio={folio}
      {...(isPayment
        ? { amount: statement.balanceCents > 0 ? statement.balanceCents : depositOpen(statement) }
        : {
            amount: Math.min(refundable(statement), 0 - statement.balanceCents),
            most: refundable(statement),
            method: lastMethod(statement.entries),
            byGateway: gatewayPayments(statement),
          })}
      onPosted={said(isPayment ? m.folioPaid() : m.folioRefunded())}
      onClose={onClose}
    />
  )
}

function CloseFolio({ statement, name, onClose }: Omit<ActDialogProps, 'act' | 'others' | 'email'>) {
  const format = useFormat()
  const changed = useFoliosChanged()
  return (
    <Confirm<Folio>
      title={m.folioCloseTitle({ name })}
      label={m.folioClose()}
      run={(key) =>
        dataOf(
          api.POST('/api/v1/pms/folios/{id}/close', {
            params: { path: { id: statement.id } },
            body: { version: statement.version },
            headers: writeHeaders(key),
          }),
        )
      }
      onDone={({ invoiceNumber }) => {
        const number = invoiceNumber && format.number(invoiceNumber)
        notify({ text: number ? m.folioClosedNow({ number }) : m.folioCreditSettled() })
        void changed()
        onClose()
      }}
      onClose={onClose}
    >
      {statement.creditNoteNumber ? m.folioCreditCloseText() : m.folioCloseText()}
    </Confirm>
  )
}
