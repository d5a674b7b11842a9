/** What all parts of the drawn chart share. */
import { createContext, useContext } from 'react'
import type { Format } from '../../i18n/format'
import { type Night, type Span, weekdayOf } from '../core/days'
import type { Metrics } from '../core/layout'
import type { Desk } from '../desk/Desk'

export interface Frame {
  readonly desk: Desk
  readonly range: Span
  readonly metrics: Metrics
  readonly format: Format
  readonly look: Look
  readonly isRightToLeft: boolean
  isWeekend(night: Night): boolean
}

/** How much a column has room for. */
export type Look = 'wide' | 'medium' | 'narrow'

export const lookOf = (night: number): Look => (night >= 64 ? 'wide' : night >= 28 ? 'medium' : 'narrow')

const Context = createContext<Frame | null>(null)
export const FrameProvider = Context.Provider

export function useFrame(): Frame {
  const frame = useContext(Context)
  if (!frame) throw new Error('useFrame needs a chart around it')
  return frame
}

type WeekInfo = { weekend: readonly number[] }

/** By the reader's country; where a browser does not know it, Saturday and Sunday. */
export function weekendOf(tag: string): (night: Night) => boolean {
  const locale = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo }
  const days = (locale.getWeekInfo?.() ?? locale.weekInfo)?.weekend ?? [6, 7]
  const isOff = new Set(days.map((day) => day % 7))
  return (night) => isOff.has(weekdayOf(night))
}

/** Of a night: no room for it wraps or is cut. */
export const LEAST_NIGHT_PX: Readonly<Record<number, number>> = { 7: 72, 14: 48, 31: 26, 90: 13 }
