import { type CSSProperties, lazy, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { m } from '../../paraglide/messages'
import { dateOf as dayOf } from '../core/days'
import { ghostOf, keptBy, notesAt } from '../core/hand'
import { columnStart, spanBox } from '../core/layout'
import type { Row } from '../core/rows'
import { reasonMessage } from '../core/rules'
import { type Hand, heldIn } from '../core/state'
import type { Desk } from '../desk/Desk'
import { said } from '../said'
import { blockFace } from './BlockBar'
import { type Frame, useFrame } from './frame'
import { barFace, faceClass } from './StayBar'

/** Not needed to draw the chart. */
const GhostPrice = lazy(() => import('./GhostPrice').then((it) => ({ default: it.GhostPrice })))

/** What is written on it changes no faster than it can be read while the hand moves on, and soon once it rests. */
const WORDS_MS = { moving: 320, rested: 80 }

/** How far the words reach over the bar, in pixels. */
const NOTE_OUT = 3

/** What is in hand, where it would be: one element, moved by a transform and beside React: it goes along with every step of the pointer. */
export function Carried({ rows, seen }: { rows: readonly Row[]; seen: number }) {
  const frame = useFrame()
  const { desk } = frame
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { classList } = document.body
    classList.add('is-carrying')
    return () => classList.remove('is-carrying')
  }, [])
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    const set = setter()
    const place = () => {
      const { hand } = desk.controller.state
      if (hand) put(current, set, hand, rows, frame)
    }
    place()
    return desk.controller.subscribe(place)
  }, [desk, frame, rows])
  const hand = useSlowly(desk)
  return (
    <div ref={element} aria-hidden="true" className="ghost">
      {hand && <Words hand={hand} rows={rows} seen={seen} />}
    </div>
  )
}

function put(element: HTMLElement, set: Setter, hand: Hand, rows: readonly Row[], frame: Frame): void {
  const { span, row, why } = ghostOf(hand)
  const box = spanBox(span, frame.range, frame.metrics)
  const index = rows.findIndex((one) => one.id === row)
  element.hidden = index < 0 || !box
  if (index < 0 || !box) return
  const isSame = hand.mode === 'move' && hand.row === hand.home && hand.from === hand.bar.from
  const look = why ? 'is-bad' : isSame ? 'is-home' : 'is-good'
  const forward = frame.isRightToLeft ? -1 : 1
  const across = (box.start + 1) * forward
  set(element, 'className', `ghost ${look} ${faceOf(hand, box.size)}`)
  set(element.style, 'inlineSize', `${box.size - 2}px`)
  set(element.style, 'transform', `translate(${across}px, ${index * frame.metrics.row}px)`)
}

type Setter = <K extends string>(to: Record<K, string>, name: K, value: string) => void

/** What is written anew is looked at anew, even when it is the same; and to read it costs the browser as much as to write it. */
function setter(): Setter {
  const known = new Map<string, string>()
  return (to, name, value) => {
    if (known.get(name) === value) return
    known.set(name, value)
    to[name] = value
  }
}

function faceOf(hand: Hand, size: number): string {
  if (hand.mode === 'block') return 'is-block'
  return hand.mode === 'range' ? '' : `is-${hand.bar.status.toLowerCase()} ${faceClass(size)}`
}

/** The hand as it was a moment ago at most. */
function useSlowly(desk: Desk): Hand | null {
  const { controller } = desk
  const [hand, setHand] = useState(controller.state.hand)
  useEffect(() => {
    let [moved, told] = [0, 0]
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      const now = performance.now()
      const isMoving = now - moved < WORDS_MS.rested && now - told < WORDS_MS.moving
      timer = isMoving ? setTimeout(look, WORDS_MS.rested) : undefined
      if (isMoving) return
      told = now
      setHand(controller.state.hand)
    }
    const changed = () => {
      moved = performance.now()
      timer ??= setTimeout(look, WORDS_MS.rested)
    }
    const stop = controller.subscribe(changed)
    look()
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [controller])
  return hand
}

/** Whom it is about, where to, and what is wrong with that place. */
function Words({ hand, rows, seen }: { hand: Hand; rows: readonly Row[]; seen: number }) {
  const frame = useFrame()
  const { desk, range, metrics, format } = frame
  const { span, row, why } = ghostOf(hand)
  const index = rows.findIndex((one) => one.id === row)
  const box = spanBox(span, range, metrics) ?? { start: 0, size: 0 }
  const dates = format.days(dayOf(span.from), dayOf(span.to), 'short')
  const count = span.to - span.from
  // Above, unless that is where the bar came from, or nowhere.
  const isBelow = index === 0 || (hand.mode === 'move' && rows[index - 1]?.id === hand.home)
  return (
    <>
      {hand.mode === 'block'
        ? blockFace(hand.block, box.size)
        : hand.mode !== 'range' && barFace(hand.bar, box.size, count)}
      <span
        className={`ghost-note${isBelow ? ' is-below' : ''}${why ? ' is-bad' : ''}`}
        style={inSight(box, frame, seen)}
      >
        {hand.mode === 'move' && <RoomNumber row={rows[index]} />}
        <span>
          {dates} · {m.reservationNights({ count })}
        </span>
        <Kept hand={hand} />
        <Suspense>
          <GhostPrice desk={desk} hand={hand} />
        </Suspense>
        {notesAt(desk.model, hand).map((note) => (
          <span key={note.key} className="ghost-warning">
            {said(note, format)}
          </span>
        ))}
        {why && <strong>{said(reasonMessage(why), format)}</strong>}
        {why && hand.by === 'keys' && <span>{m.calendarSayEscape()}</span>}
      </span>
    </>
  )
}

/** From the beginning of the bar on, or in the later half of what is seen up to its end; never beyond either. */
function inSight(box: { start: number; size: number }, frame: Frame, seen: number): CSSProperties {
  const from = columnStart(frame.edge, frame.range, frame.metrics)
  if (box.start < from + seen / 2) return { insetInlineStart: Math.max(0, from - box.start) - NOTE_OUT }
  return { insetInlineEnd: Math.max(0, box.start + box.size - from - seen) - NOTE_OUT }
}

/** What stays behind of a guest in the house. */
function Kept({ hand }: { hand: Hand }) {
  const { desk, format } = useFrame()
  const kept = keptBy(hand)
  const home = heldIn(hand)?.roomId
  if (!kept || !home) return null
  const days = format.days(dayOf(kept.from), dayOf(kept.to), 'short')
  return <span>{m.calendarGhostKeeps({ home: desk.model.room(home)?.roomNumber ?? '', kept: days })}</span>
}

function RoomNumber({ row }: { row: Row | undefined }) {
  const { desk } = useFrame()
  if (row?.kind !== 'room') return null
  return <span className="ghost-room">{desk.model.room(row.roomId)?.roomNumber}</span>
}
