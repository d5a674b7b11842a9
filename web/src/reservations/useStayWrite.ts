import { useMutation, useQueryClient } from '@tanstack/react-query'
import { presentRow } from '../api/client'
import type { ApiError } from '../api/errors'
import { useWriteKey } from '../api/useWriteKey'
import { type Booking, settle, stayQuery } from './queries'

/**
 * A write to a stay. Its key is the same until the server has answered: a second click, or a try after a lost connection, books nothing
 * twice. A refusal wrote nothing, so what is sent after it is another write. When the stay was changed by someone else, what it is now is
 * shown at once.
 */
export function useStayWrite<Values>(
  run: (values: Values, key: string) => Promise<Booking>,
  onDone: (booking: Booking) => void,
) {
  const client = useQueryClient()
  const { key, done } = useWriteKey()
  return useMutation<Booking, ApiError, Values>({
    mutationFn: (values) => run(values, key()),
    onSuccess: (booking) => {
      done()
      void settle(client, booking)
      onDone(booking)
    },
    onError: (error) => {
      if (!error.isPassing) done()
      const present = presentRow<Booking>(error)
      if (present?.nights) client.setQueryData(stayQuery(present.id).queryKey, present)
    },
  })
}
