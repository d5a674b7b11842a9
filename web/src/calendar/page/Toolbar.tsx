import { Suspense, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { Button, IconButton } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import { DialogPopover } from '../../ui/Popover'
import { Segments } from '../../ui/Segments'
import { dateOf, type Night } from '../core/days'
import { type Filters, type Place, ZOOMS, type Zoom } from '../core/url'
import type { Desk } from '../desk/Desk'
import { FilterMenu } from './FilterMenu'
import { Find, type FoundNow } from './Find'
import { Legend } from './Legend'
import { MonthPicker } from './later'

export interface ToolbarProps {
  desk: Desk
  start: Night
  place: Place
  isPicking: boolean
  setPicking(isOpen: boolean): void
  onGo(start: Night | null): void
  onZoom(days: Zoom): void
  onFilter(filters: Filters): void
  found: FoundNow | null
  onFind(text: string): void
  onLeaveFind(): void
  onPrint(): void
  onNew(): void
}

export function Toolbar(props: ToolbarProps) {
  const { desk, start, place, onGo } = props
  const format = useFormat()
  const [zooms] = useState(() => ZOOMS.map((days) => ({ id: String(days), label: format.number(days) })))
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 bg-surface px-3 py-2 print:hidden">
      <div className="flex items-center">
        <IconButton icon="previous" label={m.calendarEarlier()} onPress={() => onGo(start - 7)} />
        <Button look="plain" onPress={() => onGo(null)} aria-keyshortcuts="T">
          {m.calendarToday()}
        </Button>
        <IconButton icon="next" label={m.calendarLater()} onPress={() => onGo(start + 7)} />
      </div>
      <DateTitle {...props} />
      <div className="grow max-sm:hidden" />
      {/* A line of its own where one is too short for all. */}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 max-lg:order-last max-lg:w-full max-sm:order-none max-sm:w-auto">
        <Find
          text={place.filters.text}
          onText={(text) => props.onFilter({ ...place.filters, text })}
          found={props.found}
          onFind={props.onFind}
          onLeave={props.onLeaveFind}
        />
        <FilterMenu desk={desk} filters={place.filters} onChange={props.onFilter} />
        <div className="max-sm:hidden">
          <Segments
            label={m.calendarZoom()}
            choices={zooms}
            value={String(place.days)}
            onChange={(days) => props.onZoom(Number(days) as Zoom)}
          />
        </div>
        <div className="flex items-center">
          <IconButton icon="undo" label={m.calendarUndo()} onPress={() => void desk.undo()} />
          <IconButton icon="redo" label={m.calendarRedo()} onPress={() => void desk.undo('redo')} />
          <Legend />
          <IconButton
            icon="print"
            label={m.calendarPrint()}
            onPress={props.onPrint}
            className="max-md:hidden"
          />
        </div>
      </div>
      {desk.hotel.may('pms.reservations.create') && (
        <Button look="primary" icon="plus" onPress={props.onNew} aria-keyshortcuts="N">
          <span className="max-sm:sr-only">{m.calendarNew()}</span>
        </Button>
      )}
    </div>
  )
}

/** The dates on screen; opens the calendar of a month to jump by. */
function DateTitle({ start, place, isPicking, setPicking, onGo }: ToolbarProps) {
  const format = useFormat()
  const title = format.days(dateOf(start), dateOf(start + place.days - 1))
  return (
    <DialogTrigger isOpen={isPicking} onOpenChange={setPicking}>
      <AriaButton
        aria-keyshortcuts="G"
        className="flex min-h-control items-center gap-1.5 rounded-md px-2 hover:bg-sunken max-sm:order-first max-sm:w-full pressed:bg-sunken"
      >
        <h1>{title}</h1>
        <span className="sr-only">{m.calendarGoToDate()}</span>
        <Icon name="down" className="text-muted" />
      </AriaButton>
      <DialogPopover placement="bottom start">
        <Dialog aria-label={m.calendarGoToDate()} className="p-3 outline-none">
          <Suspense fallback={<div className="size-72" />}>
            <MonthPicker
              start={start}
              onPick={(night) => {
                setPicking(false)
                onGo(night)
              }}
            />
          </Suspense>
        </Dialog>
      </DialogPopover>
    </DialogTrigger>
  )
}
