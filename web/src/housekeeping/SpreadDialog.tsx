import { useState } from 'react'
import type { Schemas } from '../api/client'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Checkbox, Switch } from '../ui/Choice'
import { FormDialog } from '../ui/FormDialog'
import { Note } from '../ui/Note'
import { notify } from '../ui/Toast'
import { useForm } from '../ui/useForm'
import { type HouseDay, spreadRooms } from './queries'
import { useHouseChanged } from './useWork'

interface Values {
  attendantIds: string[]
  reassignOpen: boolean
}

/** The rooms of the day to whoever is at work, in one step. */
export function SpreadDialog({ day, onClose }: { day: HouseDay; onClose: () => void }) {
  const { property } = useApp()
  const format = useFormat()
  const changed = useHouseChanged()
  const free = day.attendants.filter((one) => one.isAvailable)
  const [toPlan] = useState(() => day.rooms.filter((one) => one.toPlan).length)
  const form = useForm<Values, never, Schemas['SpreadOut']>({
    initial: { attendantIds: free.map(({ id }) => id), reassignOpen: false },
    check: ({ attendantIds }) => ({
      attendantIds: attendantIds.length > 0 ? undefined : m.houseSpreadMissing(),
    }),
    send: ({ values, key }) => spreadRooms(property.id, values, key),
    onSaved: ({ created, moved }) => {
      void changed()
      const [given, other] = [format.number(created), format.number(moved)]
      notify({ text: m.houseSpreadDone({ created: given, moved: other }) })
      onClose()
    },
  })
  const { value, onChange, error } = form.field('attendantIds')
  // In the order of the list: rounds follow it.
  const set = (id: string, isAtWork: boolean) =>
    onChange(free.map((one) => one.id).filter((one) => (one === id ? isAtWork : value.includes(one))))
  return (
    <FormDialog
      title={m.houseSpreadTitle()}
      form={form}
      onClose={onClose}
      submitLabel={m.houseSpread()}
      width="narrow"
      isReadOnly={free.length === 0}
    >
      <p>{m.houseSpreadText({ n: format.number(toPlan) })}</p>
      {free.length === 0 && <Note tone="warning">{m.houseSpreadNobody()}</Note>}
      {free.length > 0 && (
        <fieldset>
          <legend className="font-medium">{m.houseSpreadWho()}</legend>
          {free.map(({ id, name }) => (
            <Checkbox key={id} isSelected={value.includes(id)} onChange={(isAtWork) => set(id, isAtWork)}>
              {name}
            </Checkbox>
          ))}
          {error && <p className="text-danger-text text-xs">{error}</p>}
        </fieldset>
      )}
      <Switch isSelected={form.values.reassignOpen} onChange={(reassignOpen) => form.set({ reassignOpen })}>
        {m.houseSpreadAgain()}
      </Switch>
    </FormDialog>
  )
}
