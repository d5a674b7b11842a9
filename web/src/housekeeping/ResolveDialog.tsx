import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import type { Room } from '../setup/queries'
import { useApp } from '../shell/useApp'
import { FormDialog } from '../ui/FormDialog'
import { TextField } from '../ui/TextField'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { presence } from './names'
import { resolveSighting, type Sighting } from './queries'
import { useHouseChanged } from './useWork'

interface Props {
  room: Room
  sighting: Sighting
  onClose: () => void
}

/** What was seen beside what the desk said, and how that came about. */
export function ResolveDialog({ room, sighting, onClose }: Props) {
  const format = useFormat()
  const { property } = useApp()
  const changed = useHouseChanged()
  const form = useForm<{ resolution: string }, Sighting, Sighting>({
    initial: { resolution: '' },
    check: ({ resolution }) => ({ resolution: resolution.trim() ? undefined : m.houseResolveMissing() }),
    send: ({ values, key }) => resolveSighting(sighting, values.resolution.trim(), key),
    onSaved: () => {
      void changed()
      notify({ text: m.houseResolved({ room: room.roomNumber }) })
      onClose()
    },
  })
  return (
    <FormDialog
      title={m.houseResolveTitle({ room: room.roomNumber })}
      form={form}
      onClose={onClose}
      submitLabel={m.houseResolveSave()}
      width="narrow"
      lead={
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 rounded-md bg-sunken px-3 py-2">
          <dt className="text-muted">{m.houseResolveSeen()}</dt>
          <dd>
            {presence(sighting.seenOccupied, sighting.seenPersons, format.number)}
            <span className="block text-muted text-xs">
              {format.instant(sighting.createdAt, property.timezone)}
            </span>
            {sighting.note && <span className="block">{sighting.note}</span>}
          </dd>
          <dt className="text-muted">{m.houseResolveDesk()}</dt>
          <dd>{presence(sighting.deskOccupied, sighting.deskPersons, format.number)}</dd>
        </dl>
      }
    >
      <TextField label={m.houseResolveText()} isRequired maxLength={1000} {...form.field('resolution')} />
    </FormDialog>
  )
}
