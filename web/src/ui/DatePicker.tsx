import { type CalendarDate, parseDate } from '@internationalized/date'
import { Button } from 'react-aria-components/Button'
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
} from 'react-aria-components/Calendar'
import { DateInput, DateSegment } from 'react-aria-components/DateField'
import { DatePicker as AriaDatePicker } from 'react-aria-components/DatePicker'
import { DateRangePicker as AriaDateRangePicker } from 'react-aria-components/DateRangePicker'
import { Dialog } from 'react-aria-components/Dialog'
import { Group } from 'react-aria-components/Group'
import { Heading } from 'react-aria-components/Heading'
import { RangeCalendar } from 'react-aria-components/RangeCalendar'
import { type Day, day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { IconButton } from './Button'
import { Field, type FieldTexts, fieldClass } from './Field'
import { Icon } from './Icon'
import { Popover } from './Popover'

interface Limits extends FieldTexts {
  min?: Day | undefined
  max?: Day | undefined
  isDisabled?: boolean
  className?: string
}

const dateOf = (date: Day | null | undefined): CalendarDate | null => (date ? parseDate(date) : null)
const limitsOf = ({ min, max, isDisabled = false, error }: Limits) => ({
  ...(min ? { minValue: parseDate(min) } : {}),
  ...(max ? { maxValue: parseDate(max) } : {}),
  isDisabled,
  isInvalid: !!error,
  validationBehavior: 'aria' as const,
})

export interface DatePickerProps extends Limits {
  value: Day | null
  onChange: (date: Day | null) => void
}

/** A day of the hotel, typed or picked. */
export function DatePicker({ value, onChange, className = '', ...rest }: DatePickerProps) {
  return (
    <AriaDatePicker
      {...limitsOf(rest)}
      value={dateOf(value)}
      onChange={(date) => onChange(date ? day(date.toString()) : null)}
      className={`${fieldClass} ${className}`}
    >
      <Field {...rest}>
        <Group className="field flex items-center pe-0">
          <Segments />
          <Opener label={m.uiChooseDate()} />
        </Group>
        <Popover>
          <Dialog className="p-3 outline-none">
            <Calendar>
              <Month />
            </Calendar>
          </Dialog>
        </Popover>
      </Field>
    </AriaDatePicker>
  )
}

export interface DayRange {
  from: Day
  to: Day
}

export interface DateRangePickerProps extends Limits {
  value: DayRange | null
  onChange: (range: DayRange | null) => void
}

/** Two days: arrival and departure, or the first and the last of a list. */
export function DateRangePicker({ value, onChange, className = '', ...rest }: DateRangePickerProps) {
  return (
    <AriaDateRangePicker
      {...limitsOf(rest)}
      value={value ? { start: parseDate(value.from), end: parseDate(value.to) } : null}
      onChange={(range) =>
        onChange(range ? { from: day(range.start.toString()), to: day(range.end.toString()) } : null)
      }
      className={`${fieldClass} ${className}`}
    >
      <Field {...rest}>
        <Group className="field flex items-center gap-1 pe-0">
          <Segments slot="start" />
          <span aria-hidden="true">–</span>
          <Segments slot="end" />
          <Opener label={m.uiChooseDates()} />
        </Group>
        <Popover>
          <Dialog className="p-3 outline-none">
            <RangeCalendar>
              <Month />
            </RangeCalendar>
          </Dialog>
        </Popover>
      </Field>
    </AriaDateRangePicker>
  )
}

function Segments({ slot }: { slot?: 'start' | 'end' }) {
  return (
    <DateInput {...(slot ? { slot } : {})} className="flex whitespace-nowrap">
      {(segment) => (
        <DateSegment
          segment={segment}
          className="rounded-xs px-px caret-transparent outline-none placeholder-shown:text-muted focus:bg-accent focus:text-on-accent"
        />
      )}
    </DateInput>
  )
}

function Opener({ label }: { label: string }) {
  return (
    <Button
      aria-label={label}
      className="ms-auto flex size-control items-center justify-center rounded-md text-muted hover:text-text"
    >
      <Icon name="calendar" />
    </Button>
  )
}

const cell =
  'flex size-control items-center justify-center rounded-md cursor-default hover:bg-sunken selected:bg-accent selected:text-on-accent disabled:text-muted disabled:opacity-50 unavailable:line-through outside-month:hidden'

/** Inside a Calendar or a RangeCalendar. */
export function Month() {
  return (
    <>
      <header className="flex items-center pb-2">
        <IconButton slot="previous" icon="previous" label={m.uiPrevious()} />
        <Heading className="grow text-center font-semibold" />
        <IconButton slot="next" icon="next" label={m.uiNext()} />
      </header>
      <CalendarGrid>
        <CalendarGridHeader>
          {(name) => (
            <CalendarHeaderCell className="pb-1 font-normal text-muted text-xs">{name}</CalendarHeaderCell>
          )}
        </CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className={cell} />}</CalendarGridBody>
      </CalendarGrid>
    </>
  )
}
