import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ApiError } from '../api/errors'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { ErrorState, NotFound, PageState } from '../ui/PageState'

/** A page whose data could not be had, or whose program failed. The rest of the app stays. */
export function CrashPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  if (error instanceof ApiError)
    return <ErrorState error={error} onRetry={() => void router.invalidate()} isPage />
  const reload = (
    <Button look="primary" onPress={() => location.reload()}>
      {m.stateCrashReload()}
    </Button>
  )
  return (
    <PageState icon="warning" title={m.stateCrashTitle()} isPage role="alert" actions={reload}>
      {m.stateCrashText()}
    </PageState>
  )
}

export function MissingPage() {
  const router = useRouter()
  return (
    <main>
      <NotFound
        isPage
        actions={
          <Button look="primary" onPress={() => void router.navigate({ to: '/' })}>
            {m.stateMissingHome()}
          </Button>
        }
      />
    </main>
  )
}
