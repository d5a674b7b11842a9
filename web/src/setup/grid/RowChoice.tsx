import { m } from '../../paraglide/messages'
import { Checkbox } from '../../ui/Choice'
import type { GridRow } from './Grid'

export interface RowChoiceProps {
  rows: readonly GridRow[]
  chosen: readonly string[]
  error?: string | undefined
  onChange: (ids: string[]) => void
}

export function RowChoice({ rows, chosen, error, onChange }: RowChoiceProps) {
  const isAll = chosen.length === rows.length
  return (
    <fieldset>
      <legend className="font-medium text-muted text-xs">{m.setupTypes()}</legend>
      <div className="flex flex-wrap gap-x-5">
        {rows.length > 1 && (
          <Checkbox
            isSelected={isAll}
            isIndeterminate={!isAll && chosen.length > 0}
            onChange={(all) => onChange(all ? rows.map(({ id }) => id) : [])}
          >
            {m.setupGridAllTypes()}
          </Checkbox>
        )}
        {rows.map((row) => (
          <Checkbox
            key={row.id}
            isSelected={chosen.includes(row.id)}
            onChange={(isIn) => onChange(isIn ? [...chosen, row.id] : chosen.filter((one) => one !== row.id))}
          >
            {row.name}
          </Checkbox>
        ))}
      </div>
      {error && <p className="text-danger-text text-xs">{error}</p>}
    </fieldset>
  )
}
