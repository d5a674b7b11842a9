/** Mouse, pen and finger, told to the machine as places of the chart. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { Edge } from '../core/actions'
import type { Controller } from '../core/controller'
import type { Span } from '../core/days'
import { cellAt, inlineOffset, type Metrics, type Place } from '../core/layout'
import type { Row } from '../core/rows'
import type { Press, Spot } from '../core/state'
import type { Parts } from './useView'

const LONG_PRESS_MS = 420
const SCROLL_PX = 22
const EDGE_PX = { fine: 11, coarse: 16 }

export interface PointerOptions {
  readonly controller: Controller
  readonly rows: readonly Row[]
  readonly range: Span
  readonly metrics: Metrics
  readonly size: Parts
  readonly isRightToLeft: boolean
  /** Where a menu is to open if one does. */
  onMenuAt(point: { x: number; y: number } | null): void
}

interface Point {
  readonly clientX: number
  readonly clientY: number
}

/** Where a point of the screen is on the chart, and in what is seen of it. */
function placeOf(
  view: HTMLElement,
  point: Point,
  options: PointerOptions,
): { at: Spot; place: Place } | null {
  const { rows, range, metrics, size, isRightToLeft } = options
  const box = view.getBoundingClientRect()
  const inlineSeen = inlineOffset(point.clientX, box, isRightToLeft)
  const inline = inlineSeen + Math.abs(view.scrollLeft) - size.head
  const block = point.clientY - box.top + view.scrollTop - size.top
  const { night, row } = cellAt(inline, block, rows.length, range, metrics)
  const found = rows[row]
  if (!found) return null
  const part = inlineSeen < size.head ? 'head' : 'body'
  const place = {
    inline: inlineSeen - size.head,
    block: point.clientY - box.top - size.top,
    viewInline: view.clientWidth - size.head,
    viewBlock: view.clientHeight - size.top - size.foot,
  }
  return { at: { row: found.id, night, item: null, part, inline, block }, place }
}

/** What the pointer went down on: the item and its edge are those of the element that was hit. */
function hit(view: HTMLElement, event: MouseEvent, options: PointerOptions): Spot | null {
  const target = event.target instanceof Element ? event.target : null
  const row = target?.closest<HTMLElement>('[data-row]')?.dataset.row
  const at = placeOf(view, event, options)?.at
  if (!at || !row) return null
  const bar = target?.closest<HTMLElement>('[data-item]')
  if (!bar || at.part === 'head') return { ...at, row, item: null }
  const edge = edgeAt(bar, event, options.isRightToLeft)
  return { ...at, row, item: bar.dataset.item ?? null, part: edge ?? at.part }
}

/** As wide as bars.css draws it: an element for each edge of each bar would be most of the page. */
function edgeAt(bar: HTMLElement, point: MouseEvent, isRightToLeft: boolean): Edge | null {
  const free = bar.dataset.edges ?? ''
  const box = bar.getBoundingClientRect()
  const isCoarse = matchMedia('(pointer: coarse)').matches
  const size = Math.min(isCoarse ? EDGE_PX.coarse : EDGE_PX.fine, box.width * 0.3)
  const at = inlineOffset(point.clientX, box, isRightToLeft)
  if (free.includes('start') && at < size) return 'start'
  return free.includes('end') && at > box.width - size ? 'end' : null
}

export function usePointer(scroller: RefObject<HTMLDivElement | null>, options: PointerOptions) {
  const newest = useRef(options)
  useLayoutEffect(() => {
    newest.current = options
  })
  useEffect(() => {
    const view = scroller.current
    return view ? watch(view, () => newest.current) : undefined
  }, [scroller])
}

/** What shows that there is a menu: keys have one of their own for it. */
const isMore = ({ target }: Event) => target instanceof Element && target.closest('[data-more]') !== null

const pointOf = (event: MouseEvent) => ({ x: event.clientX, y: event.clientY })

function rested({ controller, onMenuAt }: PointerOptions, event: PointerEvent): void {
  onMenuAt(pointOf(event))
  controller.send({ type: 'longPress' })
  onMenuAt(null)
  if (controller.state.hand) navigator.vibrate?.(12)
}

function opened(view: HTMLElement, event: MouseEvent, options: PointerOptions): void {
  const at = hit(view, event, options)
  if (!at) return
  options.onMenuAt(pointOf(event))
  options.controller.send({ type: 'menu', at })
}

/** Told of every step; the document is touched when it begins and ends. */
function dragging(body: HTMLElement): (isNow: boolean) => void {
  let known = false
  return (isNow) => {
    if (isNow !== known) body.classList.toggle('is-dragging', isNow)
    known = isNow
  }
}

function listening(signal: AbortSignal) {
  return <K extends keyof HTMLElementEventMap>(
    target: EventTarget,
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    more: AddEventListenerOptions = {},
  ) => target.addEventListener(type, listener as EventListener, { signal, ...more })
}

function watch(view: HTMLDivElement, now: () => PointerOptions): () => void {
  const stop = new AbortController()
  const on = listening(stop.signal)
  let last: PointerEvent | null = null
  let rest: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  const { controller } = now()
  const isBusy = () => controller.state.press !== null || controller.state.hand !== null
  const isCarried = () => controller.state.hand?.by === 'pointer'

  const setDragging = dragging(view.ownerDocument.body)
  const tellMove = (event: PointerEvent) => {
    const where = placeOf(view, event, now())
    if (where) controller.send({ type: 'move', ...where })
    const { pull } = controller.state
    if (frame === 0 && (pull.inline !== 0 || pull.block !== 0)) frame = requestAnimationFrame(scroll)
  }
  const scroll = () => {
    frame = 0
    const { pull, hand } = controller.state
    if (!hand || !last || (pull.inline === 0 && pull.block === 0)) return
    const forward = now().isRightToLeft ? -1 : 1
    view.scrollBy(pull.inline * SCROLL_PX * forward, pull.block * SCROLL_PX)
    tellMove(last)
  }

  on(view, 'pointerdown', (event) => {
    const at = hit(view, event, now())
    if (!at || !event.isPrimary || isMore(event)) return
    last = event
    const pointer = event.pointerType as Press['pointer']
    if (event.button === 0 && !controller.state.hand)
      controller.send({ type: 'goTo', cell: { row: at.row, night: at.part === 'head' ? null : at.night } })
    controller.send({ type: 'down', at, pointer, alt: event.altKey, button: event.button })
    clearTimeout(rest)
    if (pointer === 'touch') rest = setTimeout(() => rested(now(), event), LONG_PRESS_MS)
  })
  on(view, 'mousedown', (event) => {
    // Focus is given by us, and a drag marks no text.
    if ((event.target as Element).closest('[data-row]')) event.preventDefault()
  })
  const moved = (event: PointerEvent) => {
    if (!event.isPrimary || !isBusy()) return
    last = event
    tellMove(event)
    setDragging(isCarried())
    if (!controller.state.press) clearTimeout(rest)
    alone(event)
  }
  // Nobody else is to look at a move while something is carried: React would go through its listeners four times for each.
  const alone = (event: Event) => isCarried() && event.stopPropagation()
  on(window, 'pointermove', moved, { capture: true })
  on(window, 'mousemove', alone, { capture: true })
  // The chart may go along under a hand that rests; where the hand makes it go, it is told already.
  on(view, 'scroll', () => last && frame === 0 && isCarried() && tellMove(last))
  const released = (event: PointerEvent, isLost: boolean) => {
    clearTimeout(rest)
    setDragging(false)
    if (!event.isPrimary || !isBusy()) return
    const where = placeOf(view, event, now())
    if (isLost || !where) return controller.send({ type: 'cancel' })
    if (controller.state.rested) now().onMenuAt(pointOf(event))
    controller.send({ type: 'up', at: where.at })
  }
  on(window, 'pointerup', (event) => released(event, false))
  on(window, 'pointercancel', (event) => released(event, true))
  on(view, 'touchmove', (event) => controller.state.hand && event.preventDefault(), { passive: false })
  on(view, 'click', (event) => isMore(event) && opened(view, event, now()))
  on(view, 'contextmenu', (event) => {
    if (!hit(view, event, now())) return
    event.preventDefault()
    if (last?.pointerType !== 'touch' && !controller.state.hand) opened(view, event, now())
  })
  return () => {
    stop.abort()
    clearTimeout(rest)
    cancelAnimationFrame(frame)
    setDragging(false)
  }
}
