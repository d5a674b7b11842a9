import { connection } from './connection'
import { session } from './session'

const AGAIN_MS = 3_000

/** What the stream tells of a change: enough to know what to read again. */
export interface Heard {
  readonly entityType: string
  readonly entityId: string
}

export interface Listening {
  /** Everything, for those who see the calendar; or rooms and what is done in them. */
  readonly of: 'calendar' | 'housekeeping'
  /** How old what is shown may be when the stream begins, in seconds: what happened since then is told first. */
  readonly recent: number
}

/**
 * Calls `onChange` when something in the property changed, at most once a frame, with what did; `null` after a gap, in which it may have
 * been anything. The browser resumes a broken stream by itself, from the last event that it heard.
 */
export function listen(
  propertyId: string,
  onChange: (heard: readonly Heard[] | null) => void,
  { of, recent }: Listening,
): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame: ReturnType<typeof setTimeout> | undefined
  let wasReady = false
  let heard: Heard[] | null = []
  // Not a frame of the screen: a tab in the background has none, and must still be true when it is looked at.
  const soon = () => {
    frame ??= setTimeout(() => {
      frame = undefined
      const all = heard
      heard = []
      onChange(all)
    }, 16)
  }
  const changed = (event: MessageEvent<string>) => {
    heard?.push(JSON.parse(event.data))
    soon()
  }
  const missed = () => {
    heard = null
    soon()
  }
  const open = () => {
    clearTimeout(timer)
    source?.close()
    source = new EventSource(`/api/v1/pms/${of}/stream?propertyId=${propertyId}&recent=${recent}`)
    source.addEventListener('change', changed)
    source.addEventListener('ready', () => {
      if (wasReady) missed()
      wasReady = true
    })
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED && session.state.get() === 'open')
        timer = setTimeout(open, AGAIN_MS)
    }
  }
  const seen = () => {
    if (document.visibilityState === 'visible') missed()
  }
  const again = () => {
    if (source?.readyState === EventSource.CLOSED) open()
    missed()
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
