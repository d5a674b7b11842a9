import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { FormDialog } from '../ui/FormDialog'
import { Select } from '../ui/Select'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { allWork, attendantName, workName } from './names'
import { type Assignment, type Attendant, changeAssignment, giveRoom, type Work } from './queries'
import type { RoomToday } from './rooms'
import { useHouseChanged } from './useWork'

interface Props {
  today: RoomToday
  attendants: readonly Attendant[]
  onClose: () => void
}

interface Values {
  attendantId: string
  kind: Work
}

/** Gives a room to an attendant, or to another one. */
export function GiveDialog({ today: { room, assignment, toPlan }, attendants, onClose }: Props) {
  const { property } = useApp()
  const changed = useHouseChanged()
  const free = attendants.filter((one) => one.isAvailable)
  const open = assignment?.state === 'OPEN' ? assignment : undefined
  const form = useForm<Values, never, Assignment>({
    initial: {
      attendantId: open?.attendantId ?? free[0]?.id ?? '',
      kind: open?.kind ?? toPlan ?? (room.status === 'OCCUPIED' ? 'STAY_OVER' : 'DEPARTURE'),
    },
    version: open?.version,
    send: ({ values, changes, key, version }) =>
      open
        ? changeAssignment(open.id, { ...changes, version: version ?? open.version }, key)
        : giveRoom({ propertyId: property.id, roomId: room.id, ...values }, key),
    onSaved: (saved) => {
      void changed()
      const name = attendantName(attendants, saved.attendantId)
      notify({ text: m.houseGiven({ room: room.roomNumber, name }) })
      onClose()
    },
  })
  return (
    <FormDialog
      title={m.houseGiveTitle({ room: room.roomNumber })}
      form={form}
      onClose={onClose}
      submitLabel={m.houseGiveSave()}
      width="narrow"
    >
      <Select
        label={m.houseGiveTo()}
        choices={free.map(({ id, name }) => ({ id, label: name }))}
        {...form.field('attendantId')}
      />
      <Select
        label={m.houseWork()}
        choices={allWork.map((id) => ({ id, label: workName(id) }))}
        {...form.field('kind')}
      />
    </FormDialog>
  )
}
