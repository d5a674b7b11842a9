import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { type Listening, listen } from '../api/live'
import { meQuery } from '../api/queries'

/** What came in a burst is asked for once, and a busy house no more often than this. */
const restMs = 400

/** As old as an answer may be that is not asked for again (queries.ts), and then some. */
const recent = 15

/** What no guest and no room changes: asked for anew when it is old, as everywhere. */
const seldom = ['me', 'roomTypes', 'ratePlans', 'room-types']

/**
 * While the page is shown, what it shows is asked for anew when something changes in the property, whoever changed it. The stream is for
 * those who see the calendar: `isAllowed` says whether that is so.
 */
export function useLive(propertyId: string, isAllowed: boolean, of: Listening['of'] = 'calendar') {
  const client = useQueryClient()
  const router = useRouter()
  useEffect(() => {
    if (!isAllowed) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      void client.invalidateQueries({ predicate: ({ queryKey }) => !seldom.includes(String(queryKey[0])) })
    }
    const stop = listen(
      propertyId,
      (heard) => {
        timer ??= setTimeout(refresh, restMs)
        // The business date stands in the bar, and every list is of that day.
        if (heard?.some(({ entityType }) => entityType === 'DAY_CLOSE'))
          void client.refetchQueries({ queryKey: meQuery.queryKey }).then(() => router.invalidate())
      },
      { of, recent },
    )
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, router, propertyId, isAllowed, of])
}
