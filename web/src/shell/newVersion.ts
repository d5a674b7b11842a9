import { connection } from '../api/connection'

const key = 'pms.reloaded'
const onceInMs = 60_000

/** The server was replaced and no longer has the parts of the page that runs: the page is loaded anew, but not over and over. */
export function watchForNewVersion(target: Window) {
  target.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0)
    // Without a connection a new page would be none at all, and what was typed would be gone.
    if (Date.now() - last < onceInMs || !navigator.onLine || !connection.isUp.get()) return
    event.preventDefault()
    sessionStorage.setItem(key, String(Date.now()))
    target.location.reload()
  })
}
