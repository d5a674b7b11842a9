import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { accountsQuery } from '../accounts/queries'
import { api, dataOf, writeHeaders } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Checkbox } from '../ui/Choice'
import { FormDialog } from '../ui/FormDialog'
import { type Choice, Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { useForm } from '../ui/useForm'
import { isStanding, type LedgerLine, linesOf } from './ledger'
import type { Folio, Statement } from './queries'
import { kindName, lineWords } from './words'

interface MoveValues {
  entryIds: readonly string[]
  toFolioId: string
  name: string
}

const another = 'another'

export interface MoveDialogProps {
  statement: Statement
  /** The other open folios of the stay. */
  others: readonly Choice[]
  onPosted: (statement: Statement) => void
  onClose: () => void
}

/** Moves lines with their taxes to another folio of the stay, to one that is opened for them, or to an account that pays later. */
export function MoveDialog({ statement, others, onPosted, onClose }: MoveDialogProps) {
  const { may } = useApp()
  const { data: accounts = [] } = useQuery(accountsQuery(statement.propertyId))
  const mayOpen = statement.reservationId && may('pms.folio.post_charges')
  const choices = [
    ...others,
    ...(mayOpen ? [{ id: another, label: m.folioAnother() }] : []),
    ...accounts
      .filter(({ id }) => id !== statement.id)
      .map(({ id, name, kind }) => ({ id, label: `${name} · ${kindName(kind)}` })),
  ]
  const opened = useRef<string>(undefined)
  const form = useForm<MoveValues, Statement, Statement>({
    initial: { entryIds: [], toFolioId: choices[0]?.id ?? '', name: '' },
    check: ({ entryIds, toFolioId }) => ({
      entryIds: entryIds.length > 0 ? undefined : m.folioLinesMissing(),
      toFolioId: toFolioId ? undefined : m.folioTargetMissing(),
    }),
    send: async ({ values, key }) => {
      // Opened once, also when the move is refused and tried again.
      if (values.toFolioId === another)
        opened.current ??= (await openFolio(statement, values.name, `${key}-folio`)).id
      return move(
        statement.id,
        values.toFolioId === another ? (opened.current ?? another) : values.toFolioId,
        values.entryIds,
        key,
      )
    },
    onSaved: onPosted,
  })
  const lines = linesOf(statement.entries).filter((line) => isStanding(line) && !line.isBelow)
  return (
    <FormDialog title={m.folioMove()} form={form} onClose={onClose} submitLabel={m.folioMoveDo()}>
      <LineChoice lines={lines} currency={statement.currency} {...form.field('entryIds')} />
      <Select label={m.folioTarget()} choices={choices} {...form.field('toFolioId')} />
      {form.values.toFolioId === another && (
        <TextField label={m.folioName()} description={m.folioNameHelp()} {...form.field('name')} />
      )}
    </FormDialog>
  )
}

interface LineChoiceProps {
  lines: readonly LedgerLine[]
  currency: string
  value: readonly string[]
  onChange: (ids: readonly string[]) => void
  error: string | undefined
}

/** Lines of a folio to choose from. */
export function LineChoice({ lines, currency, value, onChange, error }: LineChoiceProps) {
  const format = useFormat()
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-muted text-xs">{m.folioLines()}</legend>
      {lines.map(({ entry }) => (
        <Checkbox
          key={entry.id}
          isSelected={value.includes(entry.id)}
          onChange={(isChosen) =>
            onChange(isChosen ? [...value, entry.id] : value.filter((id) => id !== entry.id))
          }
        >
          <span className="grow">
            {format.day(entry.businessDate, 'short')} · <bdi>{lineWords(entry, undefined)}</bdi>
          </span>
          <span>{format.money(entry.amountCents, currency)}</span>
        </Checkbox>
      ))}
      {error && (
        <p role="alert" className="text-danger-text text-xs">
          {error}
        </p>
      )}
    </fieldset>
  )
}

function move(id: string, toFolioId: string, entryIds: readonly string[], key: string): Promise<Statement> {
  const body = { toFolioId, entryIds: [...entryIds] }
  const params = { path: { id } }
  return dataOf(api.POST('/api/v1/pms/folios/{id}/transfer', { params, body, headers: writeHeaders(key) }))
}

/** Another folio of the same stay. */
export function openFolio(of: Folio, name: string, key: string): Promise<Folio> {
  const body = {
    propertyId: of.propertyId,
    reservationId: of.reservationId ?? null,
    name: name.trim() || null,
  }
  return dataOf(api.POST('/api/v1/pms/folios', { body, headers: writeHeaders(key) }))
}
