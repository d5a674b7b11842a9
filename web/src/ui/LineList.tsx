import type { ReactNode } from 'react'
import { Button, IconButton } from './Button'

export interface LineListProps<Line> {
  label: string
  lines: readonly Line[]
  onChange: (lines: Line[]) => void
  /** The fields of one line. */
  children: (line: Line, change: (part: Partial<Line>) => void) => ReactNode
  addLabel: string
  fresh: Line
  removeLabel: (line: Line) => string
  error: string | undefined
}

/** Lines of a form that come and go: beds of a type, wishes of a guest. */
export function LineList<Line extends object>(props: LineListProps<Line>) {
  const { label, lines, onChange, children, addLabel, fresh, removeLabel, error } = props
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-muted text-xs">{label}</legend>
      {lines.map((line, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name while it is being typed
        <div key={n} className="flex gap-2">
          {children(line, (part) => onChange(lines.map((one, at) => (at === n ? { ...one, ...part } : one))))}
          <IconButton
            icon="close"
            label={removeLabel(line)}
            onPress={() => onChange(lines.filter((_, at) => at !== n))}
          />
        </div>
      ))}
      {error && <span className="text-danger-text text-xs">{error}</span>}
      <Button look="quiet" icon="plus" className="self-start" onPress={() => onChange([...lines, fresh])}>
        {addLabel}
      </Button>
    </fieldset>
  )
}
