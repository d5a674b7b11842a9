import type { RoomOn } from '../reservations/queries'

/** The room to offer first: free for all the nights, of the booked type, and the sooner ready the better. Nobody is put into one that is slept in. */
export function bestRoom(rooms: readonly RoomOn[], roomTypeId: string): string | null {
  const free = rooms.filter((room) => room.isFree && room.roomTypeId === roomTypeId)
  const clean = free.find(({ status }) => status === 'VACANT_CLEAN')
  return (clean ?? free.find(({ status }) => status === 'VACANT_DIRTY'))?.roomId ?? null
}
