import { m } from '../../paraglide/messages'
import { Checkbox } from '../../ui/Choice'
import type { GridRow } from './Grid'

export interface RowChoiceProps {
  rows: readonly GridRow[]
  chosen: readonly string[]
  error?: string | undefined
  /** What is chosen from; room types unless it is said. */
  label?: string
  allLabel?: string
  onChange: (ids: string[]) => void
}

export function RowChoice({ rows, chosen, error, onChange, ...names }: RowChoiceProps) {
  const { label = m.setupTypes(), allLabel = m.setupGridAllTypes() } = names
  const isAll = chosen.length === rows.length
  return (
    <fieldset>
      <legend className="font-medium text-muted text-xs">{label}</legend>
      <div className="flex flex-wrap gap-x-5">
        {rows.length > 1 && (
          <Checkbox
            isSelected={isAll}
            isIndeterminate={!isAll && chosen.length > 0}
            onChange={(all) => onChange(all ? rows.map(({ id }) => id) : [])}
          >
            {allLabel}
          </Checkbox>
        )}
        {rows.map((row) => (
          <Checkbox
            key={row.id}
            isSelected={chosen.includes(row.id)}
            onChange={(isIn) => onChange(isIn ? [...chosen, row.id] : chosen.filter((one) => one !== row.id))}
          >
            {row.name || row.code}
          </Checkbox>
        ))}
      </div>
      {error && <p className="text-danger-text text-xs">{error}</p>}
    </fieldset>
  )
}
