import { useQueryClient } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import { api, dataOf, presentRow, writeHeaders } from '../api/client'
import { type ApiError, asApiError } from '../api/errors'
import { sentenceOf } from '../i18n/sentences'
import { idempotencyKey } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { type Room, roomsQuery } from '../setup/queries'
import { stateOf } from '../setup/rooms/roomState'
import { useApp } from '../shell/useApp'
import { notify } from '../ui/Toast'
import { houseDayQuery } from './queries'
import { findings, type Mark } from './rooms'
import { type Unsaved, unsaved } from './unsaved'

const markNames: Record<Mark, () => string> = {
  dirty: m.setupStateDirty,
  clean: m.setupStateClean,
  inspected: m.setupStateInspected,
}
export const markName = (mark: Mark): string => markNames[mark]()

const save = ({ roomId, mark, key, version }: Unsaved): Promise<Room> =>
  dataOf(
    api.POST('/api/v1/pms/rooms/{id}/status', {
      params: { path: { id: roomId } },
      body: findings[mark],
      headers: writeHeaders(key, version),
    }),
  )

/** Whether the same tap may still be saved later: nobody refused it. */
const mayComeThrough = (error: ApiError) => error.isPassing || error.code === 'UNAUTHENTICATED'

export interface Marks {
  /** The rooms whose mark is on its way. */
  pending: ReadonlySet<string>
  /** What did not reach the server, of this property. */
  unsaved: readonly Unsaved[]
  mark(room: Room, mark: Mark): void
  retry(tap: Unsaved): void
  giveUp(tap: Unsaved): void
}

/** Marks rooms at a tap, offers to take it back, and keeps what did not come through. */
export function useMarks(): Marks {
  const { property } = useApp()
  const cache = useQueryClient()
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const all = useSyncExternalStore(unsaved.subscribe, unsaved.get)

  const put = (row: Room) => {
    cache.setQueryData(roomsQuery(property.id).queryKey, (rooms) =>
      rooms?.map((room) => (room.id === row.id ? row : room)),
    )
    cache.setQueryData(
      houseDayQuery(property.id).queryKey,
      (day) =>
        day && {
          ...day,
          rooms: day.rooms.map((one) => (one.room.id === row.id ? { ...one, room: row } : one)),
        },
    )
    void cache.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === 'calendar' || queryKey[0] === 'housekeeping',
    })
  }
  const refused = (tap: Unsaved, error: ApiError) => {
    if (mayComeThrough(error)) {
      unsaved.keep(tap)
      notify({ tone: 'error', text: m.houseNotSaved({ room: tap.roomNumber, state: markName(tap.mark) }) })
      return
    }
    unsaved.drop(tap.roomId)
    const present = presentRow<Room>(error)
    if (present) put(present)
    else void cache.invalidateQueries({ queryKey: ['housekeeping'] })
    // Somebody else found the same.
    if (present && stateOf(present).id === tap.mark) return
    const why = present
      ? m.houseChanged({ room: tap.roomNumber, state: stateOf(present).name() })
      : sentenceOf(error)
    notify({ tone: 'error', text: why })
  }
  const write = async (tap: Unsaved, before?: Mark) => {
    setPending((ids) => new Set(ids).add(tap.roomId))
    try {
      const row = await save(tap)
      unsaved.drop(tap.roomId)
      put(row)
      const undo = () =>
        void write({ ...tap, mark: before ?? tap.mark, version: row.version, key: idempotencyKey() })
      const text = m.houseSaved({ room: row.roomNumber, state: stateOf(row).name() })
      notify({ text, ...(before ? { action: { label: m.uiUndo(), run: undo } } : {}) })
    } catch (error) {
      refused(tap, asApiError(error))
    } finally {
      setPending((ids) => new Set([...ids].filter((id) => id !== tap.roomId)))
    }
  }
  return {
    pending,
    unsaved: all.filter(({ propertyId }) => propertyId === property.id),
    mark: (room, mark) => {
      const { id: roomId, roomNumber, version, propertyId } = room
      const before = stateOf(room).id
      const tap = { propertyId, roomId, roomNumber, mark, version, key: idempotencyKey() }
      void write(tap, before in findings ? (before as Mark) : undefined)
    },
    retry: (tap) => void write(tap),
    giveUp: (tap) => unsaved.drop(tap.roomId),
  }
}
