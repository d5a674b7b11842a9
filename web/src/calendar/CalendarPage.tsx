import { m } from '../paraglide/messages'
import { PageHeader } from '../ui/PageHeader'
import { PageState } from '../ui/PageState'

export function CalendarPage() {
  return (
    <>
      <PageHeader title={m.navCalendar()} />
      <PageState icon="calendar" title={m.stateSoon()} />
    </>
  )
}
