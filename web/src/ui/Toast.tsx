import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components/Toast'

export interface Notice {
  text: string
  tone?: 'plain' | 'error'
  /** One thing that can be done about it, such as to undo it. */
  action?: Action
  /** Another thing that can be done instead. */
  other?: Action
}

interface Action {
  label: string
  run: () => void
}

export const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 })

/** What may be missed may go by itself; a refusal, or what can be undone, stays longer. */
const shortMs = 5_000
const longMs = 12_000

/** Shows a notice at the foot of the page, reads it out, and answers how to take it away. */
export function notify(notice: Notice): () => void {
  const timeout = notice.tone === 'error' || notice.action ? longMs : shortMs
  const key = queue.add(notice, { timeout })
  return () => queue.close(key)
}

const region = () => import('./NoticeRegion').then((it) => ({ default: it.NoticeRegion }))
const Region = lazy(region)
const restMs = 1_500

/** Once, at the root of the page. What shows notices is fetched when there is time, so that it is there without a connection, too. */
export function Notices() {
  const isAny = useSyncExternalStore(
    (told) => queue.subscribe(told),
    () => queue.visibleToasts.length > 0,
  )
  const [isNeeded, setNeeded] = useState(false)
  if (isAny && !isNeeded) setNeeded(true)
  useEffect(() => {
    const timer = setTimeout(() => region().catch(() => {}), restMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    isNeeded && (
      <Suspense>
        <Region />
      </Suspense>
    )
  )
}
