import { lazy, type RefObject, Suspense, useEffect, useState } from 'react'
import { useFrame } from './frame'
import { useDeskState } from './useDesk'

/** Not needed to draw the chart. */
const CardBox = lazy(() => import('./CardBox').then((it) => ({ default: it.CardBox })))

const HOVER_MS = 350
const FOCUS_MS = 700

interface Shown {
  key: string
  element: HTMLElement
}

/** What there is to know about a bar, while a pointer rests on it or the keyboard's focus does. */
export function Card({ scroller }: { scroller: RefObject<HTMLDivElement | null> }) {
  const { desk } = useFrame()
  const [shown, setShown] = useState<Shown | null>(null)
  const isBusy = useDeskState(desk, (state) => state.hand !== null || state.press !== null)
  useEffect(() => {
    const view = scroller.current
    return view ? watch(view, setShown) : undefined
  }, [scroller])
  const item = shown ? desk.model.item(shown.key) : undefined
  if (!shown || !item || isBusy || !shown.element.isConnected) return null
  return (
    <Suspense>
      <CardBox key={shown.key} item={item} beside={shown.element} />
    </Suspense>
  )
}

function watch(view: HTMLElement, show: (shown: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = new AbortController()
  const barOf = (event: Event) => (event.target as Element).closest<HTMLElement>('[data-item]')
  const later = (element: HTMLElement, ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => show({ key: element.dataset.item ?? '', element }), ms)
  }
  const hide = () => {
    clearTimeout(timer)
    show(null)
  }
  const over = (event: PointerEvent) => {
    const bar = barOf(event)
    if (bar && event.pointerType !== 'touch') later(bar, HOVER_MS)
    else hide()
  }
  const focused = (event: FocusEvent) => {
    const bar = barOf(event)
    if (bar?.matches(':focus-visible')) later(bar, FOCUS_MS)
  }
  const { signal } = stop
  view.addEventListener('pointerover', over, { signal })
  view.addEventListener('pointerleave', hide, { signal })
  view.addEventListener('focusin', focused, { signal })
  for (const type of ['focusout', 'pointerdown', 'scroll', 'keydown', 'contextmenu'])
    view.addEventListener(type, hide, { signal, passive: true })
  return () => {
    stop.abort()
    clearTimeout(timer)
  }
}
