import { useSyncExternalStore } from 'react'

/** So long a slow double click may take. */
const SETTLES_MS = 600

let isSettling = false
const listeners = new Set<() => void>()

function change(to: boolean) {
  isSettling = to
  for (const told of listeners) told()
}

/** An act was done: what stands under the pointer now, another guest or another act, is not what was clicked. */
export function settle() {
  change(true)
  setTimeout(change, SETTLES_MS, false)
}

/** Whether a button that acts at once must wait until the eye has followed. */
export function useSettling(): boolean {
  return useSyncExternalStore(
    (told) => {
      listeners.add(told)
      return () => listeners.delete(told)
    },
    () => isSettling,
  )
}
