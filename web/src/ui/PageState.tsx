import type { ReactNode } from 'react'
import { asApiError } from '../api/errors'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { Button } from './Button'
import { Icon, type IconName } from './Icon'

export interface PageStateProps {
  icon: IconName
  title: string
  children?: ReactNode
  actions?: ReactNode
  role?: 'alert'
  /** Stands for the whole page, so its title is the page's. */
  isPage?: boolean
}

/** In place of what a page would show: a picture, a sentence, and what can be done now. */
export function PageState({ icon, title, children, actions, role, isPage = false }: PageStateProps) {
  const Title = isPage ? 'h1' : 'h2'
  return (
    <div role={role} className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      <div className="mb-1 rounded-full bg-sunken p-3 text-muted">
        <Icon name={icon} className="size-6" />
      </div>
      <Title className="text-balance font-semibold text-base">{title}</Title>
      {children && <div className="text-pretty text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}

/** A list without a row: says why, and offers the first step. */
export const EmptyState = (props: PageStateProps) => <PageState {...props} />

export function NotAllowed({ isPage = false }: { isPage?: boolean }) {
  return (
    <PageState icon="lock" title={m.stateForbiddenTitle()} isPage={isPage}>
      {m.stateForbiddenText()}
    </PageState>
  )
}

export function NotFound({ actions, isPage = false }: { actions?: ReactNode; isPage?: boolean }) {
  return (
    <PageState icon="search" title={m.stateMissingTitle()} actions={actions} isPage={isPage}>
      {m.stateMissingText()}
    </PageState>
  )
}

/** For a query that failed: a refusal in its own words, anything else with a way to try again. */
export function ErrorState(props: { error: unknown; onRetry?: () => void; isPage?: boolean }) {
  const { error, onRetry, isPage = false } = props
  const refusal = asApiError(error)
  if (refusal.code === 'AUTHORIZATION_DENIED') return <NotAllowed isPage={isPage} />
  if (refusal.code === 'NOT_FOUND') return <NotFound isPage={isPage} />
  const retry = onRetry && <Button onPress={onRetry}>{m.stateRetry()}</Button>
  return (
    <PageState icon="warning" title={m.stateErrorTitle()} role="alert" actions={retry} isPage={isPage}>
      {sentenceOf(refusal)}
      {refusal.correlationId && (
        <p className="mt-1 text-xs">{m.stateErrorId({ id: refusal.correlationId })}</p>
      )}
    </PageState>
  )
}
