import type { ReactNode } from 'react'
import { m } from '../paraglide/messages'
import { DateRangePicker, type DayRange } from '../ui/DatePicker'
import { Icon } from '../ui/Icon'
import type { Asked } from './ReportsPage'

interface Props extends Pick<Asked, 'span' | 'change'> {
  /** Where the report is as a file. */
  file: string
  children?: ReactNode
}

/** Of which days a report is, and the same as a file. */
export function Span({ span, change, file, children }: Props) {
  const pick = (range: DayRange | null) => range && change(range)
  return (
    <Choices file={file}>
      <DateRangePicker label={m.reportSpan()} value={span} onChange={pick} />
      {children}
    </Choices>
  )
}

export function Choices({ file, children }: { file: string; children: ReactNode }) {
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      {children}
      <span className="grow" />
      <a
        href={file}
        download
        className="inline-flex min-h-control items-center gap-1.5 rounded-md border border-line-strong bg-surface px-3 font-medium hover:bg-sunken"
      >
        <Icon name="download" />
        {m.reservationsExport()}
      </a>
    </div>
  )
}
