import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'

/** How a group of buttons that are on or off looks, and each of them. */
export const segmentsFrame = 'rounded-md border border-line-strong bg-surface p-px'
export const segmentLook =
  'min-h-[calc(var(--control)-4px)] rounded-[5px] text-muted hover:text-text selected:bg-accent-soft selected:font-semibold selected:text-accent-text'

export interface SegmentsProps<Id extends string> {
  label: string
  choices: readonly { id: Id; label: string }[]
  value: Id
  onChange: (id: Id) => void
}

/** One of a handful, all in sight: 7, 14, 31 or 90 days. */
export function Segments<Id extends string>({ label, choices, value, onChange }: SegmentsProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => onChange([...keys][0] as Id)}
      className={`inline-flex ${segmentsFrame}`}
    >
      {choices.map((choice) => (
        <ToggleButton
          key={choice.id}
          id={choice.id}
          className={`pointer-coarse:min-h-control pointer-coarse:min-w-control whitespace-nowrap px-2.5 ${segmentLook}`}
        >
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
