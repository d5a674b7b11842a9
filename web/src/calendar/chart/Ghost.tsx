import { lazy, Suspense } from 'react'
import type { Row } from '../core/rows'
import { useFrame } from './frame'
import { useDeskState } from './useDesk'

/** Not needed to draw the chart. */
export const loadCarried = () => import('./Carried').then((it) => ({ default: it.Carried }))
const Carried = lazy(loadCarried)

/** What is in hand, if anything is. */
export function Ghost({ rows, seen }: { rows: readonly Row[]; seen: number }) {
  const { desk } = useFrame()
  const key = useDeskState(desk, (state) => state.hand?.key ?? null)
  if (key === null) return null
  return (
    <Suspense>
      <Carried key={key} rows={rows} seen={seen} />
    </Suspense>
  )
}
