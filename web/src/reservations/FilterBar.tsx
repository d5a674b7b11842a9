import { useEffect, useRef, useState } from 'react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { statusName } from '../ui/Badge'
import { Button } from '../ui/Button'
import { DateRangePicker } from '../ui/DatePicker'
import { Popover } from '../ui/Popover'
import { Segments } from '../ui/Segments'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { usePaused } from '../ui/usePaused'
import { viewOf } from './filters'
import { useHouse } from './queries'
import { type Filters, type Source, type Status, sources, statuses, type View } from './search'
import { sourceName } from './words'

const viewNames: Record<View, () => string> = {
  coming: m.reservationsViewComing,
  arrivals: m.reservationsViewArrivals,
  departures: m.reservationsViewDepartures,
  inhouse: m.reservationsViewInHouse,
  all: m.reservationsViewAll,
}

export interface FilterBarProps {
  filters: Filters
  onChange: (change: Partial<Filters>) => void
}

/** Narrows the list. What is chosen stands in the URL; this only shows it. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const view = viewOf(filters)
  const noDates = {
    arrivalFrom: undefined,
    arrivalTo: undefined,
    departureFrom: undefined,
    departureTo: undefined,
  }
  const choose = (id: View) => onChange({ ...noDates, view: id === 'coming' ? undefined : id })
  return (
    <div className="flex flex-col gap-2 px-4 pb-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="max-w-full overflow-x-auto">
          <Segments
            label={m.reservationsView()}
            choices={(Object.keys(viewNames) as View[]).map((id) => ({ id, label: viewNames[id]() }))}
            value={view}
            onChange={choose}
          />
        </div>
        <SearchBox filters={filters} onChange={onChange} />
      </div>
      <div className="flex items-center gap-2 relative max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-px max-sm:*:shrink-0">
        <Choices filters={filters} onChange={onChange} />
        <Dates filters={filters} onChange={onChange} />
      </div>
    </div>
  )
}

/** No filter but the view. */
export const nothing: Partial<Filters> = {
  q: undefined,
  status: undefined,
  type: undefined,
  source: undefined,
  room: undefined,
  arrivalFrom: undefined,
  arrivalTo: undefined,
  departureFrom: undefined,
  departureTo: undefined,
  view: undefined,
}

function SearchBox({ filters, onChange }: FilterBarProps) {
  const inUrl = filters.q ?? ''
  const [text, setText] = useState(inUrl)
  const paused = usePaused(text)
  const sent = useRef(inUrl)
  // Going back in the browser, or clearing the filters, changes the text from outside.
  useEffect(() => {
    if (inUrl !== sent.current) setText(inUrl)
    sent.current = inUrl
  }, [inUrl])
  const change = useRef(onChange)
  change.current = onChange
  useEffect(() => {
    if (paused === sent.current) return
    sent.current = paused
    change.current({ q: paused || undefined })
  }, [paused])
  return (
    <TextField
      label={m.reservationsFind()}
      isLabelHidden
      type="search"
      placeholder={m.reservationsFind()}
      value={text}
      onChange={setText}
      autoComplete="off"
      className="w-64 grow max-sm:w-full sm:max-w-md"
    />
  )
}

const any = 'any'

function Choices({ filters, onChange }: FilterBarProps) {
  const { types } = useHouse()
  const anyOf = (label: string) => ({ id: any, label })
  return (
    <>
      <Select
        label={m.stayStatus()}
        isLabelHidden
        className="w-32"
        choices={[
          anyOf(m.reservationsAnyStatus()),
          ...statuses.map((id) => ({ id: id as string, label: statusName(id) })),
        ]}
        value={filters.status ?? any}
        onChange={(id) => onChange({ status: id === any ? undefined : (id as Status) })}
      />
      <Select
        label={m.stayType()}
        isLabelHidden
        className="w-40"
        choices={[anyOf(m.reservationsAnyType()), ...types.map((one) => ({ id: one.id, label: one.name }))]}
        value={filters.type ?? any}
        onChange={(id) => onChange({ type: id === any ? undefined : id })}
      />
      <Select
        label={m.staySource()}
        isLabelHidden
        className="w-36"
        choices={[
          anyOf(m.reservationsAnySource()),
          ...sources.map((id) => ({ id: id as string, label: sourceName(id) })),
        ]}
        value={filters.source ?? any}
        onChange={(id) => onChange({ source: id === any ? undefined : (id as Source) })}
      />
      <Select
        label={m.stayRoom()}
        isLabelHidden
        className="w-36"
        choices={[
          anyOf(m.reservationsAnyRoom()),
          { id: 'none', label: m.reservationsUnassigned() },
          { id: 'some', label: m.reservationsAssigned() },
        ]}
        value={filters.room ?? any}
        onChange={(id) => onChange({ room: id === any ? undefined : (id as 'none' | 'some') })}
      />
    </>
  )
}

/** Behind a button, which says what was chosen: dates are asked for seldom, and take much room. */
function Dates({ filters, onChange }: FilterBarProps) {
  const format = useFormat()
  const { arrivalFrom, arrivalTo, departureFrom, departureTo } = filters
  const chosen = [
    arrivalFrom && arrivalTo && `${m.stayArrival()} ${format.days(arrivalFrom, arrivalTo, 'short')}`,
    departureFrom &&
      departureTo &&
      `${m.stayDeparture()} ${format.days(departureFrom, departureTo, 'short')}`,
  ].filter(Boolean)
  return (
    <DialogTrigger>
      <Button icon="calendar" className={chosen.length > 0 ? 'text-accent-text!' : ''}>
        {chosen.join(' · ') || m.reservationsAnyDates()}
      </Button>
      <Popover>
        <Dialog aria-label={m.reservationsAnyDates()} className="space-y-3 p-4 outline-none">
          <DateRangePicker
            label={m.reservationsArrivals()}
            value={arrivalFrom && arrivalTo ? { from: arrivalFrom, to: arrivalTo } : null}
            onChange={(range) => onChange({ arrivalFrom: range?.from, arrivalTo: range?.to })}
          />
          <DateRangePicker
            label={m.reservationsDepartures()}
            value={departureFrom && departureTo ? { from: departureFrom, to: departureTo } : null}
            onChange={(range) => onChange({ departureFrom: range?.from, departureTo: range?.to })}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
