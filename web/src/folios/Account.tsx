import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
import { QueryState } from '../ui/QueryState'
import { TextField } from '../ui/TextField'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { FolioPanel } from './FolioPanel'
import { openFolio } from './MoveDialog'
import { OpenPayments } from './OpenPayments'
import { type Folio, foliosQuery, useFoliosChanged } from './queries'
import { RoutingDialog } from './RoutingDialog'
import { folioName } from './words'

/** The folios of a stay, each as its statement, and what all of them are open for. */
export function Account({
  propertyId,
  stayId,
  email,
}: {
  propertyId: string
  stayId: string
  email?: string | undefined
}) {
  const query = useQuery(foliosQuery(propertyId, stayId))
  return (
    <QueryState query={query} lines={4} empty={<p className="text-muted">{m.folioNone()}</p>}>
      {(folios) => <Folios folios={folios} email={email} />}
    </QueryState>
  )
}

function Folios({ folios, email }: { folios: readonly Folio[]; email: string | undefined }) {
  const format = useFormat()
  const { may } = useApp()
  const [isOpening, setOpening] = useState(false)
  const [isRouting, setRouting] = useState(false)
  const named = folios.map((folio) => ({ folio, name: folioName(folio, folios, format.number) }))
  const open = named.filter(({ folio }) => folio.status === 'OPEN' && !folio.creditNoteNumber)
  const creditedOf = (id: string) =>
    folios.reduce((sum, one) => sum - (one.creditsFolioId === id ? one.totalCents : 0), 0)
  const [first] = folios
  const balance = folios.reduce((sum, folio) => sum + folio.balanceCents, 0)
  return (
    <>
      {first?.reservationId && (
        <OpenPayments
          propertyId={first.propertyId}
          stayId={first.reservationId}
          folios={open.map(({ folio, name }) => ({ id: folio.id, label: name }))}
        />
      )}
      {named.map(({ folio, name }) => (
        <FolioPanel
          key={folio.id}
          folio={folio}
          name={name}
          credited={creditedOf(folio.id)}
          email={email}
          others={open
            .filter((other) => other.folio.id !== folio.id)
            .map((other) => ({ id: other.folio.id, label: other.name }))}
        />
      ))}
      {first && folios.length > 1 && (
        <p className="mt-4 flex items-baseline justify-between border-line-strong border-t px-2 pt-2">
          <span>{m.stayBalance()}</span>
          <strong className={balance > 0 ? 'text-danger-text' : ''}>
            {format.money(balance, first.currency)}
          </strong>
        </p>
      )}
      {first && may('pms.folio.post_charges') && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button look="quiet" icon="plus" onPress={() => setOpening(true)}>
            {m.folioAnother()}
          </Button>
          <Button look="quiet" icon="move" onPress={() => setRouting(true)}>
            {m.folioRouting()}
          </Button>
        </div>
      )}
      {first?.reservationId && isRouting && (
        <RoutingDialog
          propertyId={first.propertyId}
          stayId={first.reservationId}
          folios={open.map(({ folio, name }) => ({ id: folio.id, label: name }))}
          onClose={() => setRouting(false)}
        />
      )}
      {first && isOpening && <OpenDialog of={first} onClose={() => setOpening(false)} />}
    </>
  )
}

function OpenDialog({ of, onClose }: { of: Folio; onClose: () => void }) {
  const changed = useFoliosChanged()
  const form = useForm<{ name: string }, Folio, Folio>({
    initial: { name: '' },
    send: ({ values, key }) => openFolio(of, values.name, key),
    onSaved: () => {
      notify({ text: m.folioOpened() })
      void changed()
      onClose()
    },
  })
  return (
    <FormDialog
      title={m.folioAnother()}
      form={form}
      onClose={onClose}
      submitLabel={m.folioOpen()}
      width="narrow"
    >
      <TextField label={m.folioName()} description={m.folioNameHelp()} {...form.field('name')} autoFocus />
    </FormDialog>
  )
}
