import { useEffect, useState } from 'react'
import { m } from '../paraglide/messages'

/** A grey line where a text will be. */
export const SkeletonLine = ({ className = 'w-40' }: { className?: string }) => (
  <span
    aria-hidden="true"
    className={`inline-block h-[0.8em] animate-pulse rounded-xs bg-sunken ${className}`}
  />
)

/** Nothing for a moment, so that a quick answer does not flicker. */
function useSlow(delayMs: number): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), delayMs)
    return () => clearTimeout(timer)
  }, [delayMs])
  return isSlow
}

const widths = ['w-2/5', 'w-3/5', 'w-1/2', 'w-4/5', 'w-2/3']

/** Lines in the shape of a list that loads. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const isSlow = useSlow(120)
  const rows = Array.from({ length: lines }, (_, n) => n)
  return (
    <div role="status" aria-busy="true" className="space-y-3 p-4">
      <span className="sr-only">{m.stateLoading()}</span>
      {isSlow && rows.map((n) => <SkeletonLine key={n} className={`block ${widths[n % widths.length]}`} />)}
    </div>
  )
}
