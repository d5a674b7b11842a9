/** What all parts of the drawn chart share. */
import { createContext, useContext } from 'react'
import type { Format } from '../../i18n/format'
import { type Night, type Span, weekdayOf } from '../core/days'
import type { Metrics } from '../core/layout'
import type { Message } from '../core/message'
import type { Desk } from '../desk/Desk'
import { said } from '../said'

export interface Frame {
  readonly desk: Desk
  readonly range: Span
  readonly metrics: Metrics
  /** Pixels before the first night: the column of the heads. */
  readonly head: number
  /** Where what is in sight began when the chart last came to rest, in nights. */
  readonly edge: number
  /** What is seen has been painted: now come the cells that nobody sees, and what is read out. */
  readonly isDrawn: boolean
  readonly format: Format
  readonly look: Look
  readonly isRightToLeft: boolean
  isWeekend(night: Night): boolean
}

/** Where a cell stands in its row: chart.css lays cells out in the flow, one on the line of the other. */
export function placed(frame: Frame, start: number, size: number): React.CSSProperties {
  return { marginInlineStart: frame.head + start, inlineSize: size }
}

/** What is read out; the first time it waits, as a long sentence for each bar takes longer than to draw it. */
export const spoken = ({ isDrawn, format }: Frame, name: () => Message): string | undefined =>
  isDrawn ? said(name(), format) : undefined

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

/** Digits of the smallest size, in pixels. */
const DIGIT_PX = 5.2

/** Of narrow columns, each how many-th has room for a number as long as the longest. */
export function strideOf({ metrics, look }: Frame, most: number): number {
  return look === 'narrow' ? Math.ceil((String(most).length * DIGIT_PX) / metrics.night) : 1
}

/** Of the hotel's country; where a browser does not know it, Saturday and Sunday. */
export function weekendOf(tag: string): (night: Night) => boolean {
  const locale = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo }
  const days = (locale.getWeekInfo?.() ?? locale.weekInfo)?.weekend ?? [6, 7]
  const isOff = new Set(days.map((day) => day % 7))
  return (night) => isOff.has(weekdayOf(night))
}

/** Of a night: no room for it wraps or is cut. */
export const LEAST_NIGHT_PX: Readonly<Record<number, number>> = { 7: 72, 14: 48, 31: 26, 90: 13 }
