import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Day } from '../kernel/dates'

/** What is known of a stay before it is booked: the cell that was clicked, the nights that were drawn, the offer that was taken. */
export interface BookingSeed {
  from?: Day | undefined
  to?: Day | undefined
  roomId?: string | undefined
  roomTypeId?: string | undefined
  ratePlanId?: string | undefined
  adults?: number | undefined
  /** Of each child. */
  ages?: readonly number[] | undefined
  /** The guest stands at the desk. */
  isWalkIn?: true | undefined
}

export const walkIn = 'walk-in'

/** The seed as it stands in the URL: `2026-02-12_2026-02-14_r01J…`, see `seedOf`. A seed that knows nothing is `new`. */
export function seedText(seed: BookingSeed): string {
  const { from, to, roomId, roomTypeId, ratePlanId, adults, ages, isWalkIn } = seed
  const signed = { r: roomId, t: roomTypeId, p: ratePlanId, a: adults, c: ages?.join('-') }
  const told = Object.entries(signed).map(([sign, value]) => value && sign + value)
  return [from, from && to, ...told, isWalkIn && walkIn].filter(Boolean).join('_') || 'new'
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
