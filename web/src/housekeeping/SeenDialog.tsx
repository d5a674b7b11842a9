import { m } from '../paraglide/messages'
import type { Room } from '../setup/queries'
import { FormDialog } from '../ui/FormDialog'
import { Segments } from '../ui/Segments'
import { NumberField, TextField } from '../ui/TextField'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { reportSighting, type Sighting } from './queries'
import { useHouseChanged } from './useWork'

interface Values {
  seen: 'in' | 'empty'
  persons: number
  note: string
}

/** What one sees behind the door, whatever the desk says. */
export function SeenDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const changed = useHouseChanged()
  const form = useForm<Values, never, Sighting>({
    initial: { seen: room.status === 'OCCUPIED' ? 'empty' : 'in', persons: Number.NaN, note: '' },
    send: ({ values: { seen, persons, note }, key }) => {
      const counted = seen === 'in' && persons > 0 ? { persons } : {}
      return reportSighting(room.id, { occupied: seen === 'in', note: note.trim() || null, ...counted }, key)
    },
    onSaved: ({ discrepancy }) => {
      void changed()
      const say = discrepancy ? m.houseSeenOther : m.houseSeenSame
      notify({ text: say({ room: room.roomNumber }) })
      onClose()
    },
  })
  const persons = form.field('persons')
  return (
    <FormDialog
      title={m.houseSeeTitle({ room: room.roomNumber })}
      form={form}
      onClose={onClose}
      submitLabel={m.houseSeeSave()}
      width="narrow"
    >
      <div>
        <Segments
          label={m.houseResolveSeen()}
          value={form.values.seen}
          onChange={(seen) => form.set({ seen })}
          choices={[
            { id: 'in', label: m.houseSeeIn() },
            { id: 'empty', label: m.houseSeeEmpty() },
          ]}
        />
      </div>
      {form.values.seen === 'in' && (
        <NumberField
          label={m.houseSeePersons()}
          minValue={1}
          maxValue={99}
          stepLabels={{ less: m.houseFewerPersons(), more: m.houseMorePersons() }}
          {...persons}
        />
      )}
      <TextField label={m.houseSeeNote()} maxLength={1000} {...form.field('note')} />
    </FormDialog>
  )
}
