import { m } from '../paraglide/messages'
import { PageHeader } from '../ui/PageHeader'
import { PageState } from '../ui/PageState'

export function ReservationsPage() {
  return (
    <>
      <PageHeader title={m.navReservations()} />
      <PageState icon="list" title={m.stateSoon()} />
    </>
  )
}
