import { useQuery } from '@tanstack/react-query'
import { api, bodyOf, dataOf, type Schemas, writeHeaders } from '../api/client'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Checkbox } from '../ui/Choice'
import { FormDialog } from '../ui/FormDialog'
import { type Choice, Select } from '../ui/Select'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { type Folio, useFoliosChanged } from './queries'

type Routing = Schemas['Routing']
type Kind = 'ROOM_CHARGE' | 'ADJUSTMENT' | 'FEE'

const kinds: readonly { id: Kind; label: () => string }[] = [
  { id: 'ROOM_CHARGE', label: m.folioRoutingRooms },
  { id: 'ADJUSTMENT', label: m.folioRoutingExtras },
  { id: 'FEE', label: m.folioRoutingFees },
]
/** No rule: it stays where it is posted. */
const nowhere = 'none'

export interface RoutingDialogProps {
  propertyId: string
  stayId: string
  /** The open folios of the stay. */
  folios: readonly Choice[]
  onClose: () => void
}

/** Where the charges of a stay go: its own folios, or an account that pays later. */
export function RoutingDialog(props: RoutingDialogProps) {
  const { propertyId, stayId } = props
  const routing = useQuery({
    queryKey: ['folio', 'routing', stayId],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/pms/reservations/{id}/routing', { params: { path: { id: stayId } }, signal })),
    gcTime: 0,
  }).data
  const accounts = useQuery({
    queryKey: ['folios', 'accounts', propertyId],
    queryFn: async ({ signal }) => {
      const query = { propertyId, kind: 'CITY_LEDGER' as const, status: 'OPEN' as const, limit: 100 }
      return (await bodyOf(api.GET('/api/v1/pms/folios', { params: { query }, signal }))).data
    },
  }).data
  if (!routing || !accounts) return null
  return <RoutingForm {...props} routing={routing} accounts={accounts} />
}

interface RoutingValues extends Record<Kind, string> {
  moveExisting: boolean
}

function RoutingForm({
  routing,
  accounts,
  stayId,
  folios,
  onClose,
}: RoutingDialogProps & { routing: Routing; accounts: readonly Folio[] }) {
  const { may } = useApp()
  const changed = useFoliosChanged()
  const open = [...folios, ...accounts.map((one) => ({ id: one.id, label: one.name ?? '' }))]
  const toOf = (kind: Kind) => {
    const to = routing.rules.find((rule) => rule.entryType === kind)?.folioId
    return to && open.some(({ id }) => id === to) ? to : nowhere
  }
  const form = useForm<RoutingValues, Routing, Routing>({
    initial: {
      ROOM_CHARGE: toOf('ROOM_CHARGE'),
      ADJUSTMENT: toOf('ADJUSTMENT'),
      FEE: toOf('FEE'),
      moveExisting: false,
    },
    send: ({ values, key }) => {
      const rules = kinds
        .filter(({ id }) => values[id] !== nowhere)
        .map(({ id }) => ({ entryType: id, folioId: values[id] }))
      const body = { version: routing.version, rules, moveExisting: values.moveExisting }
      const params = { path: { id: stayId } }
      return dataOf(
        api.PUT('/api/v1/pms/reservations/{id}/routing', { params, body, headers: writeHeaders(key) }),
      )
    },
    onSaved: () => {
      notify({ text: m.folioRoutingSaved() })
      void changed()
      onClose()
    },
  })
  const choices = [{ id: nowhere, label: m.folioRoutingNone() }, ...open]
  return (
    <FormDialog
      title={m.folioRouting()}
      form={form}
      onClose={onClose}
      submitLabel={m.folioRoutingSave()}
      width="narrow"
    >
      <p className="text-pretty text-muted">{m.folioRoutingText()}</p>
      {kinds.map(({ id, label }) => (
        <Select key={id} label={label()} choices={choices} {...form.field(id)} />
      ))}
      {may('pms.folio.transfer') && (
        <Checkbox
          isSelected={form.values.moveExisting}
          onChange={(moveExisting) => form.field('moveExisting').onChange(moveExisting)}
        >
          {m.folioRoutingMove()}
        </Checkbox>
      )}
    </FormDialog>
  )
}
