import type { ReactNode } from 'react'
import { Icon } from './Icon'

const looks = {
  info: 'bg-accent-soft text-accent-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
}

/** Something to know before one goes on, within a form. Read out when it appears. */
export function Note({ tone = 'info', children }: { tone?: keyof typeof looks; children: ReactNode }) {
  return (
    <div
      role={tone === 'info' ? 'status' : 'alert'}
      className={`flex gap-2 rounded-md px-3 py-2 ${looks[tone]}`}
    >
      <Icon name={tone === 'info' ? 'info' : 'warning'} className="mt-0.5" />
      <div className="min-w-0 grow">{children}</div>
    </div>
  )
}
