import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { addDays, type Day, day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Button, IconButton } from '../../ui/Button'
import { DatePicker } from '../../ui/DatePicker'
import { Segments } from '../../ui/Segments'

type Width = '14' | '28' | '56'

/** Which nights the grid shows. The first of them stands in the URL. */
export function useGridWindow() {
  const { property } = useApp()
  const { start: inUrl } = useSearch({ from: '/app/set-up/$section' })
  const navigate = useNavigate()
  const [width, setWidth] = useState<Width>('28')
  const start = inUrl ?? day(property.businessDate)
  const show = (next: Day) =>
    void navigate({ to: '.', search: (search) => ({ ...search, start: next }), replace: true })
  return { start, days: Number(width), width, setWidth, show, today: day(property.businessDate) }
}

export function GridWindow({ start, days, width, setWidth, show, today }: ReturnType<typeof useGridWindow>) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <IconButton
        look="plain"
        icon="previous"
        label={m.setupGridEarlier()}
        onPress={() => show(addDays(start, -days))}
      />
      <DatePicker
        label={m.setupGridFrom()}
        isLabelHidden
        value={start}
        onChange={(date) => date && show(date)}
        className="w-40"
      />
      <IconButton
        look="plain"
        icon="next"
        label={m.setupGridLater()}
        onPress={() => show(addDays(start, days))}
      />
      <Button isDisabled={start === today} onPress={() => show(today)}>
        {m.setupGridToday()}
      </Button>
      <Segments<Width>
        label={m.setupGridWidth()}
        choices={(['14', '28', '56'] as const).map((id) => ({
          id,
          label: m.setupGridDays({ count: Number(id) }),
        }))}
        value={width}
        onChange={setWidth}
      />
    </div>
  )
}
