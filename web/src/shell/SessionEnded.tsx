import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { meQuery } from '../api/queries'
import { session } from '../api/session'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { LogInForm } from './LogInForm'
import { useMe } from './useApp'

/** Asks for the password over the page, so that what was typed there is still there. */
export function SessionEnded() {
  const me = useMe()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const goOn = () => {
    session.opened()
    void queryClient.invalidateQueries()
  }
  const leave = () => {
    queryClient.removeQueries(meQuery)
    session.opened()
    void navigate({ to: '/log-in' })
  }
  return (
    <Dialog isOpen onClose={() => {}} title={m.loginAgainTitle()} width="narrow" isForced>
      <p className="mb-4 text-muted">{m.loginAgainText()}</p>
      <LogInForm email={me.email ?? undefined} tenant={me.tenant.slug} onLoggedIn={goOn} />
      <Button look="quiet" onPress={leave} className="mt-2 w-full text-muted">
        {m.loginSomeoneElse()}
      </Button>
    </Dialog>
  )
}
