import type { ReactNode } from 'react'
import { Icon } from './Icon'

const looks = {
  info: 'bg-accent-soft text-accent-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
}

export interface NoteProps {
  tone?: keyof typeof looks
  children: ReactNode
  /** What can be done about it, at the end of the line. */
  actions?: ReactNode
}

/** Something to know before one goes on. Read out when it appears, a refusal at once. */
export function Note({ tone = 'info', children, actions }: NoteProps) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-3 py-2 ${looks[tone]}`}
    >
      <Icon name={tone === 'info' ? 'info' : 'warning'} className="mt-0.5 self-start" />
      <div className="min-w-40 grow basis-0 text-pretty">{children}</div>
      {actions}
    </div>
  )
}
