import { useId } from 'react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { useFormat } from '../../i18n/locale'
import { dateOfWeekday, everyDay } from '../../i18n/weekdays'
import { m } from '../../paraglide/messages'
import { segmentLook, segmentsFrame } from '../../ui/Segments'

interface WeekdaysProps {
  value: readonly number[]
  error: string | undefined
  onChange: (days: number[]) => void
}

export function Weekdays({ value, error, onChange }: WeekdaysProps) {
  const format = useFormat()
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <span id={id} className="font-medium text-muted text-xs">
        {m.setupGridWeekdays()}
      </span>
      <ToggleButtonGroup
        aria-labelledby={id}
        selectionMode="multiple"
        selectedKeys={value.map(String)}
        onSelectionChange={(keys) => onChange([...keys].map(Number).sort())}
        className={`flex ${segmentsFrame}`}
      >
        {everyDay.map((one) => (
          <ToggleButton key={one} id={String(one)} className={`min-w-0 grow px-1 text-xs ${segmentLook}`}>
            {format.day(dateOfWeekday(one), 'weekday')}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {error && <span className="text-danger-text text-xs">{error}</span>}
    </div>
  )
}
