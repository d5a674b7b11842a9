import type { ReactNode } from 'react'
import { Icon } from './Icon'

export type BannerTone = 'info' | 'warning' | 'danger'

const tones: Record<BannerTone, string> = {
  info: 'bg-accent-soft text-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
}

export interface BannerProps {
  tone?: BannerTone
  children: ReactNode
  actions?: ReactNode
  className?: string
}

/** Something about all that stands below it. A refusal is read out at once. */
export function Banner({ tone = 'info', children, actions, className = '' }: BannerProps) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-3 py-2 ${tones[tone]} ${className}`}
    >
      <Icon name={tone === 'info' ? 'info' : 'warning'} className="self-start mt-0.5" />
      <div className="min-w-40 grow basis-0 text-pretty">{children}</div>
      {actions}
    </div>
  )
}
