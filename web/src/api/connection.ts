import { store } from '../kernel/store'

const isUp = store(true)
const pingMs = 3_000
let timer: ReturnType<typeof setTimeout> | undefined
const returned = new Set<() => void>()

async function ping() {
  clearTimeout(timer)
  timer = undefined
  const answer = await fetch('/health/live', { cache: 'no-store' }).catch(() => undefined)
  if (!answer?.ok) timer ??= setTimeout(ping, pingMs)
  else if (!isUp.get()) {
    clearTimeout(timer)
    timer = undefined
    isUp.set(true)
    for (const listener of [...returned]) listener()
  }
}

/** Whether the server answers. A request that fails makes it lost; from then on the server is asked until it answers again. */
export const connection = {
  isUp,
  /** What was asked before the loss may be answered after it: only an answer to a question of now ends it. */
  answered() {
    if (!isUp.get()) void ping()
  },
  lost() {
    isUp.set(false)
    timer ??= setTimeout(ping, pingMs)
  },
  /** At once, for who does not want to wait. */
  tryNow: ping,
  onReturn(listener: () => void): () => void {
    returned.add(listener)
    return () => returned.delete(listener)
  },
  /** The browser's own word: it knows at once that a cable is out, not whether the server lives. */
  watch(target: Window): () => void {
    const offline = () => connection.lost()
    const online = () => void connection.tryNow()
    target.addEventListener('offline', offline)
    target.addEventListener('online', online)
    return () => {
      target.removeEventListener('offline', offline)
      target.removeEventListener('online', online)
    }
  },
}
