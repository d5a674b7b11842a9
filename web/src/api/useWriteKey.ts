import { useCallback, useRef } from 'react'
import { idempotencyKey } from '../kernel/ids'

/**
 * The idempotency key of a form: the same for each try, also after a lost connection, until `done` says that the write came through and
 * the next one is another.
 */
export function useWriteKey(): { key: () => string; done: () => void } {
  const held = useRef<string>(undefined)
  const key = useCallback(() => {
    held.current ??= idempotencyKey()
    return held.current
  }, [])
  const done = useCallback(() => {
    held.current = undefined
  }, [])
  return { key, done }
}
