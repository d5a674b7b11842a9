import { lazy, Suspense } from 'react'
import { m } from '../../paraglide/messages'
import { dateOf as dayOf } from '../core/days'
import { ghostOf } from '../core/hand'
import { spanBox } from '../core/layout'
import type { Row } from '../core/rows'
import { reasonMessage } from '../core/rules'
import type { Hand } from '../core/state'
import { said } from '../said'
import { blockFace } from './BlockBar'
import { useFrame } from './frame'
import { barFace, faceClass } from './StayBar'
import { useDeskState } from './useDesk'

/** Not needed to draw the chart. */
const GhostPrice = lazy(() => import('./GhostPrice').then((it) => ({ default: it.GhostPrice })))

/** What is in hand, where it would be: one element, moved by a transform. What is wrong with the place stands beside it. */
export function Ghost({ rows }: { rows: readonly Row[] }) {
  const { desk, range, metrics, format, isRightToLeft } = useFrame()
  const hand = useDeskState(desk, (state) => state.hand)
  if (!hand) return null
  const ghost = ghostOf(hand)
  const index = rows.findIndex((row) => row.id === ghost.row)
  const box = spanBox(ghost.span, range, metrics)
  if (index < 0 || !box) return null
  const forward = isRightToLeft ? -1 : 1
  const dates = format.days(dayOf(ghost.span.from), dayOf(ghost.span.to), 'short')
  const nights = m.reservationNights({ count: ghost.span.to - ghost.span.from })
  const isSame = hand.mode === 'move' && hand.row === hand.home && hand.from === hand.bar.from
  const state = ghost.why ? 'is-bad' : isSame ? 'is-home' : 'is-good'
  return (
    <div
      aria-hidden="true"
      className={`ghost ${state} ${faceOf(hand, box.size)}`}
      style={{
        inlineSize: box.size - 2,
        transform: `translate(${(box.start + 1) * forward}px, ${index * metrics.row}px)`,
      }}
    >
      {hand.mode === 'block'
        ? blockFace(hand.block, box.size)
        : hand.mode !== 'range' && barFace(hand.bar, box.size)}
      <span className={`ghost-note${index === 0 ? ' is-below' : ''}`}>
        {hand.mode === 'move' && placeName(hand, rows[index], desk.model)}
        <span>
          {dates} · {nights}
        </span>
        <Suspense>
          <GhostPrice hand={hand} span={ghost.span} />
        </Suspense>
        {ghost.why && <strong>{said(reasonMessage(ghost.why), format)}</strong>}
      </span>
    </div>
  )
}

function faceOf(hand: Hand, size: number): string {
  if (hand.mode === 'block') return 'is-block'
  return hand.mode === 'range' ? '' : `is-${hand.bar.status.toLowerCase()} ${faceClass(size)}`
}

function placeName(hand: Hand, row: Row | undefined, model: ReturnType<typeof useFrame>['desk']['model']) {
  if (hand.mode !== 'move' || row?.kind !== 'room') return null
  return <span className="ghost-room">{model.room(row.roomId)?.roomNumber}</span>
}
