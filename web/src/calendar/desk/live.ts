import { connection } from '../../api/connection'
import { session } from '../../api/session'

const AGAIN_MS = 3_000

/**
 * Calls `onChange` when something in the property changed, at most once a frame. The browser resumes a broken stream by itself, from the
 * last event that it heard; after a gap of any kind the chart is asked for again, so nothing is missed.
 */
export function listen(propertyId: string, onChange: () => void): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame: ReturnType<typeof setTimeout> | undefined
  let wasReady = false
  // Not a frame of the screen: a tab in the background has none, and must still be true when it is looked at.
  const changed = () => {
    frame ??= setTimeout(() => {
      frame = undefined
      onChange()
    }, 16)
  }
  const open = () => {
    clearTimeout(timer)
    source?.close()
    source = new EventSource(`/api/v1/pms/calendar/stream?propertyId=${propertyId}`)
    source.addEventListener('change', changed)
    source.addEventListener('ready', () => {
      if (wasReady) changed()
      wasReady = true
    })
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED && session.state.get() === 'open')
        timer = setTimeout(open, AGAIN_MS)
    }
  }
  const seen = () => {
    if (document.visibilityState === 'visible') changed()
  }
  const again = () => {
    if (source?.readyState === EventSource.CLOSED) open()
    changed()
  }
  open()
  document.addEventListener('visibilitychange', seen)
  const stopReturn = connection.onReturn(again)
  const stopSession = session.state.subscribe(() => session.state.get() === 'open' && again())
  return () => {
    clearTimeout(timer)
    clearTimeout(frame)
    source?.close()
    document.removeEventListener('visibilitychange', seen)
    stopReturn()
    stopSession()
  }
}
