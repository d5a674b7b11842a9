import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { asDay, type Day } from '../kernel/dates'
import { isUlid } from '../kernel/ids'

/** What is known of a stay before it is booked: the cell that was clicked, the nights that were drawn. */
export interface BookingSeed {
  from?: Day | undefined
  to?: Day | undefined
  roomId?: string | undefined
  roomTypeId?: string | undefined
  /** The guest stands at the desk. */
  isWalkIn?: true | undefined
}

const walkIn = 'walk-in'

/** The seed as it stands in the URL: `2026-02-12_2026-02-14_r01J…`. A seed that knows nothing is `new`. */
export function seedText({ from, to, roomId, roomTypeId, isWalkIn }: BookingSeed): string {
  const parts = [from, from && to, roomId && `r${roomId}`, roomTypeId && `t${roomTypeId}`, isWalkIn && walkIn]
  return parts.filter(Boolean).join('_') || 'new'
}

/** Reads what it knows, and leaves the rest: a link that was cut still opens the form. */
export function seedOf(text: string): BookingSeed {
  const parts = text.split('_')
  const [from, to] = parts.map(asDay).filter((day) => day !== undefined)
  const id = (sign: string) => {
    const found = parts.find((part) => part.startsWith(sign) && isUlid(part.slice(1)))
    return found?.slice(1)
  }
  return {
    from,
    to: from && to && to > from ? to : undefined,
    roomId: id('r'),
    roomTypeId: id('t'),
    isWalkIn: parts.includes(walkIn) || undefined,
  }
}

/** Opens the drawer of a stay, or of one to be booked, over whatever page one is on. The URL says which, so that a link opens it, too. */
export function useStays() {
  const navigate = useNavigate()
  return useMemo(() => {
    const show = (stay: string | undefined, book: string | undefined, replace = false) =>
      void navigate({ to: '.', search: (search) => ({ ...search, stay, book }), replace })
    return {
      openStay: (id: string) => show(id, undefined),
      openBooking: (seed: BookingSeed = {}) => show(undefined, seedText(seed)),
      /** In place of the form that made it: going back leads to the page. */
      openBooked: (id: string) => show(id, undefined, true),
      close: () => show(undefined, undefined),
    }
  }, [navigate])
}
