import { m } from '../paraglide/messages'
import { PageHeader } from '../ui/PageHeader'
import { PageState } from '../ui/PageState'

export function GuestsPage() {
  return (
    <>
      <PageHeader title={m.navGuests()} />
      <PageState icon="guests" title={m.stateSoon()} />
    </>
  )
}
