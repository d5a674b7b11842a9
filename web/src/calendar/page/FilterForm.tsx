import { m } from '../../paraglide/messages'
import { type Status, statusName } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Choice'
import { type Filters, HOUSEKEEPING, NO_FILTERS, STATUSES } from '../core/url'
import type { Desk } from '../desk/Desk'
import { housekeepingName } from '../names'

export interface FilterProps {
  desk: Desk
  filters: Filters
  onChange(filters: Filters): void
}

export function FilterForm({ desk, filters, onChange }: FilterProps) {
  const count = filters.types.length + filters.statuses.length + filters.housekeeping.length
  return (
    <div className="flex flex-col gap-3">
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
    </div>
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
