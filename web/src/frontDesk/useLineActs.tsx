import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiError, asApiError } from '../api/errors'
import { sentenceOf } from '../i18n/sentences'
import { type Day, day } from '../kernel/dates'
import { ActDialog, asksFirst, useAct } from '../reservations/ActDialog'
import { type ActName, noValues } from '../reservations/acts'
import { type Booking, type Reservation, roomsOnQuery, stayQuery } from '../reservations/queries'
import { useSettling } from '../reservations/settling'
import { notify } from '../ui/Toast'
import { bestRoom } from './bestRoom'

/** What a dialog is open for: the stay as it is, the refusal that opened it, and the room to begin with. */
interface Asking {
  act: ActName
  stay: Booking
  refusal: ApiError | null
  roomId: string | null
}

/** Does to a line what the drawer does to a stay: at once where nothing is to be asked, else in the same dialogs. */
export function useLineActs(line: Reservation, today: Day) {
  const client = useQueryClient()
  const [asking, setAsking] = useState<Asking>()
  const [isLoading, setLoading] = useState(false)
  const write = useAct(line, () => {})
  const isSettling = useSettling()

  const ask = async (act: ActName, refusal: ApiError | null = null) => {
    setLoading(true)
    try {
      const stay = await client.fetchQuery({ ...stayQuery(line.id), staleTime: 0 })
      const needsRoom = act === 'checkIn' && !stay.roomId
      const nights = roomsOnQuery(line.propertyId, today, day(stay.checkOutDate))
      const rooms = needsRoom ? await client.fetchQuery({ ...nights, staleTime: 0 }) : []
      setAsking({ act, stay, refusal, roomId: bestRoom(rooms, stay.roomTypeId) })
    } catch (error) {
      notify({ text: sentenceOf(asApiError(error)), tone: 'error' })
    } finally {
      setLoading(false)
    }
  }
  const run = (act: ActName) => {
    if (asksFirst(act, line, today)) void ask(act)
    else write.mutate({ act, values: noValues }, { onError: (refusal) => void ask(act, refusal) })
  }
  const dialog = asking && (
    <ActDialog
      act={asking.act}
      stay={asking.stay}
      refusal={asking.refusal}
      roomId={asking.roomId}
      isNamed
      onClose={() => setAsking(undefined)}
    />
  )
  return { run, dialog, isPending: isLoading || write.isPending || isSettling }
}
