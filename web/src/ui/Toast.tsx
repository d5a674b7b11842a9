import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react'
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

const restMs = 1_500

/** Once, at the root of the page. What shows notices is fetched when there is time; until it is there, without a connection, they are text. */
export function Notices() {
  const toasts = useSyncExternalStore(
    (told) => queue.subscribe(told),
    () => queue.visibleToasts,
  )
  const isAny = toasts.length > 0
  const [Region, setRegion] = useState<ComponentType>()
  useEffect(() => {
    if (Region) return
    const load = () =>
      import('./NoticeRegion').then(
        (it) => setRegion(() => it.NoticeRegion),
        () => {},
      )
    const timer = setTimeout(load, isAny ? 0 : restMs)
    window.addEventListener('online', load)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', load)
    }
  }, [Region, isAny])
  if (Region) return <Region />
  return (
    <div
      role="status"
      className="fixed inset-x-0 bottom-[5.25rem] z-50 mx-auto w-fit max-w-[calc(100vw-2rem)] rounded-md bg-text text-bg"
    >
      {toasts.map(({ key, content }) => (
        <p key={key} className="px-3 py-2">
          {content.text}
        </p>
      ))}
    </div>
  )
}
