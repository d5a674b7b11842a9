import { parseDate } from '@internationalized/date'
import { Calendar } from 'react-aria-components/Calendar'
import { Month } from '../../ui/DatePicker'
import { dateOf, type Night, nightOf } from '../core/days'

/** The calendar of a month, to jump by. */
export function MonthPicker({ start, onPick }: { start: Night; onPick(night: Night): void }) {
  return (
    <Calendar
      autoFocus
      value={parseDate(dateOf(start))}
      onChange={(date) => onPick(nightOf(date.toString()))}
    >
      <Month />
    </Calendar>
  )
}
