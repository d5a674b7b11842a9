import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { type Status, statusName } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Choice'
import { Popover } from '../../ui/Popover'
import { type Filters, HOUSEKEEPING, NO_FILTERS, STATUSES } from '../core/url'
import type { Desk } from '../desk/Desk'
import { housekeepingName } from '../names'

interface Props {
  desk: Desk
  filters: Filters
  onChange(filters: Filters): void
}

export function FilterMenu({ desk, filters, onChange }: Props) {
  const format = useFormat()
  const count = filters.types.length + filters.statuses.length + filters.housekeeping.length
  return (
    <DialogTrigger>
      <Button look={count > 0 ? 'plain' : 'quiet'} icon="filter">
        <span className="max-xl:sr-only">{m.calendarFilter()}</span>
        {count > 0 && (
          <span className="rounded-full bg-accent px-1.5 text-on-accent text-xs">{format.number(count)}</span>
        )}
      </Button>
      <Popover placement="bottom end">
        <Dialog aria-label={m.calendarFilter()} className="flex flex-col gap-3 p-4 outline-none">
          <Group
            title={m.calendarFilterTypes()}
            choices={desk.model.types.map(({ id, name }) => [id, name])}
            chosen={filters.types}
            onChange={(types) => onChange({ ...filters, types })}
          />
          <Group
            title={m.calendarFilterStates()}
            choices={STATUSES.map((status) => [status, statusName(status as Status)])}
            chosen={filters.statuses}
            onChange={(statuses) => onChange({ ...filters, statuses })}
          />
          <Group
            title={m.calendarFilterHousekeeping()}
            choices={HOUSEKEEPING.map((state) => [state, housekeepingName(state)])}
            chosen={filters.housekeeping}
            onChange={(housekeeping) => onChange({ ...filters, housekeeping })}
          />
          <Button isDisabled={count === 0} onPress={() => onChange({ ...NO_FILTERS, text: filters.text })}>
            {m.calendarFilterClear()}
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

interface GroupProps {
  title: string
  choices: readonly (readonly [id: string, name: string])[]
  chosen: readonly string[]
  onChange(chosen: string[]): void
}

function Group({ title, choices, chosen, onChange }: GroupProps) {
  return (
    <fieldset>
      <legend className="font-medium text-muted text-xs">{title}</legend>
      <div className="grid grid-cols-2 gap-x-6">
        {choices.map(([id, name]) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            {name}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}
