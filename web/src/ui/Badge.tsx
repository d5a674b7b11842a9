import type { ReactNode } from 'react'
import type { Schemas } from '../api/client'
import { m } from '../paraglide/messages'

export type Tone = 'plain' | 'accent' | 'success' | 'warning' | 'danger'

const tones: Record<Tone, string> = {
  plain: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent-text',
  success: 'bg-success-soft text-success-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
}

const shape = 'inline-flex items-center whitespace-nowrap rounded-full px-2 py-px font-medium text-xs'

export const Badge = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`${shape} ${tones[tone]}`}>{children}</span>
)

export type Status = Schemas['Status']

const states: Record<Status, { name: () => string; look: string }> = {
  HOLD: { name: m.reservationStatusHold, look: 'bg-hold-bg text-hold-fg' },
  CONFIRMED: { name: m.reservationStatusConfirmed, look: 'bg-confirmed-bg text-confirmed-fg' },
  CHECKED_IN: { name: m.reservationStatusCheckedIn, look: 'bg-in-house-bg text-in-house-fg' },
  CHECKED_OUT: { name: m.reservationStatusCheckedOut, look: 'bg-departed-bg text-departed-fg' },
  CANCELLED: { name: m.reservationStatusCancelled, look: 'bg-departed-bg text-departed-fg line-through' },
  NO_SHOW: { name: m.reservationStatusNoShow, look: 'bg-no-show-bg text-no-show-fg' },
}

export const statusName = (status: Status): string => states[status].name()

export const StatusBadge = ({ status }: { status: Status }) => (
  <span className={`${shape} ${states[status].look}`}>{states[status].name()}</span>
)
