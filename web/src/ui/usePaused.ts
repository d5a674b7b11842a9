import { useEffect, useState } from 'react'

/** The value once it was left alone for so many milliseconds: a server is asked when a person stops, not at each key. */
export function usePaused<T>(value: T, pauseMs = 250): T {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return paused
}
