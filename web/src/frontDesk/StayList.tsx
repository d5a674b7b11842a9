import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { type Reservation, useHouse } from '../reservations/queries'
import { Button } from '../ui/Button'
import type { HouseNow } from './queries'
import { StayLine } from './StayLine'

const step = 60

export interface StayListProps {
  label: string
  stays: readonly Reservation[]
  now: HouseNow | undefined
}

/** All of them, drawn as far as one has scrolled: a thousand guests in the house are a list, too. */
export function StayList({ label, stays, now }: StayListProps) {
  const format = useFormat()
  const house = useHouse()
  const [shown, setShown] = useState(step)
  const list = useRef<HTMLUListElement>(null)
  useFocusKept(list, stays)
  const left = stays.length - shown
  const more = () => setShown((count) => count + step)
  return (
    <>
      <ul ref={list} aria-label={label} className="overflow-clip rounded-md border border-line bg-surface">
        {stays.slice(0, shown).map((stay) => (
          <StayLine key={stay.id} stay={stay} now={now} house={house} />
        ))}
      </ul>
      {left > 0 && <More key={shown} label={m.deskShowMore({ number: format.number(left) })} onMore={more} />}
    </>
  )
}

/** Comes into sight, and is pressed by that; a keyboard may press it, too. */
function More({ label, onMore }: { label: string; onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null)
  const newest = useRef(onMore)
  newest.current = onMore
  useEffect(() => {
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) newest.current()
    })
    if (end.current) seen.observe(end.current)
    return () => seen.disconnect()
  }, [])
  return (
    <div ref={end} className="flex justify-center py-3">
      <Button onPress={onMore}>{label}</Button>
    </div>
  )
}

/** When the line that had the focus was done and left the list, the next one has it: a keyboard goes on where it was. */
function useFocusKept(list: React.RefObject<HTMLUListElement | null>, stays: readonly Reservation[]) {
  const place = useRef(-1)
  useEffect(() => {
    const noted = () => {
      const lines = [...(list.current?.children ?? [])]
      const at = lines.findIndex((line) => line.contains(document.activeElement))
      // In a dialog, the place is still that of the line that opened it.
      if (at >= 0 || document.activeElement?.closest('[role=dialog], [role=alertdialog]') === null)
        place.current = at
    }
    document.addEventListener('focusin', noted)
    return () => document.removeEventListener('focusin', noted)
  }, [list])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks whenever the list is another
  useLayoutEffect(() => {
    if (place.current < 0) return
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return
      const lines = list.current?.children
      const line = lines?.[Math.min(place.current, lines.length - 1)]
      const next = line?.querySelector<HTMLElement>('[data-next]') ?? line?.querySelector('button')
      next?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [stays])
}
