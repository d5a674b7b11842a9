import { m } from '../paraglide/messages'
import { PageHeader } from '../ui/PageHeader'
import { PageState } from '../ui/PageState'

export function SetUpPage() {
  return (
    <>
      <PageHeader title={m.navSetup()} />
      <PageState icon="setup" title={m.stateSoon()} />
    </>
  )
}

export const SetUpSectionPage = SetUpPage
