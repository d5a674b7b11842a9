import { useState, useSyncExternalStore } from 'react'
import { connection } from '../api/connection'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'

/** Stays until the server answers. The region is there from the start, so that screen readers notice what comes into it. */
export function OfflineBanner() {
  const isUp = useSyncExternalStore(connection.isUp.subscribe, connection.isUp.get)
  const [isTrying, setTrying] = useState(false)
  const tryNow = async () => {
    setTrying(true)
    await connection.tryNow()
    setTrying(false)
  }
  return (
    <div role="status">
      {!isUp && (
        <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 bg-warning-soft px-4 py-1 text-warning-text">
          <Icon name="offline" />
          <span>{m.offlineText()}</span>
          <Button look="quiet" onPress={tryNow} isPending={isTrying} className="text-warning-text underline">
            {m.offlineRetry()}
          </Button>
        </div>
      )}
    </div>
  )
}
