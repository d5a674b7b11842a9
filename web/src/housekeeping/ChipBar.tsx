import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { useFormat } from '../i18n/locale'

export interface ChipBarProps<Id extends string> {
  label: string
  chips: readonly { id: Id; label: string; count?: number }[]
  /** None: all are shown. */
  value: Id | undefined
  onChange: (id: Id | undefined) => void
}

/** At most one of them; pressed again, none. On a telephone they are a line to swipe along. */
export function ChipBar<Id extends string>({ label, chips, value, onChange }: ChipBarProps<Id>) {
  const format = useFormat()
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      selectedKeys={value === undefined ? [] : [value]}
      onSelectionChange={(keys) => onChange([...keys][0] as Id | undefined)}
      className="-mx-4 flex gap-1.5 overflow-x-auto px-4 py-0.5 sm:flex-wrap"
    >
      {chips.map((chip) => (
        <ToggleButton
          key={chip.id}
          id={chip.id}
          className="inline-flex min-h-control shrink-0 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 hover:bg-sunken selected:border-accent selected:bg-accent-soft selected:font-semibold selected:text-accent-text"
        >
          {chip.label}
          {chip.count !== undefined && (
            <span className="text-xs opacity-80">{format.number(chip.count)}</span>
          )}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
