/** What is not needed to draw the chart: fetched when there is time, so that it opens without a connection, too. */
import { lazy, useEffect } from 'react'
import { loadCarried } from '../chart/Ghost'
import { inverses } from '../core/perform'
import type { Desk } from '../desk/Desk'
import type { OnOpen } from '../restraints/follow'

const overlays = () => import('./Overlays')

const parts = {
  overlays: () => overlays().then((it) => ({ default: it.Overlays })),
  legend: () => import('./LegendText').then((it) => ({ default: it.LegendText })),
  book: () => import('./BookDialog').then((it) => ({ default: it.BookDialog })),
  block: () => import('./BlockDialog').then((it) => ({ default: it.BlockDialog })),
  month: () => import('./MonthPicker').then((it) => ({ default: it.MonthPicker })),
  filter: () => import('./FilterForm').then((it) => ({ default: it.FilterForm })),
  card: () => import('../chart/CardBox').then((it) => ({ default: it.CardBox })),
  carried: loadCarried,
  price: () => import('../chart/GhostPrice').then((it) => ({ default: it.GhostPrice })),
  inverses,
}

export const Overlays = lazy(parts.overlays)
export const LegendText = lazy(parts.legend)
export const BookDialog = lazy(parts.book)
export const BlockDialog = lazy(parts.block)
export const MonthPicker = lazy(parts.month)
export const FilterForm = lazy(parts.filter)

const REST_MS = 1_500

/** `onRestraints`: somebody asked what may be sold on a date. */
export function usePartsAhead(desk: Desk, onRestraints: OnOpen) {
  useEffect(() => {
    let isOver = false
    let stop = () => {}
    const timer = setTimeout(() => {
      for (const load of Object.values(parts)) load().catch(() => {})
      overlays().then(
        (it) => {
          if (!isOver) stop = it.followRestraints(desk, onRestraints)
        },
        () => {},
      )
    }, REST_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
      stop()
    }
  }, [desk, onRestraints])
}
