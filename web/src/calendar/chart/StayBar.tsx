import { m } from '../../paraglide/messages'
import type { GridCell } from '../core/a11y'
import { type Bar, isTerminal } from '../core/items'
import { boxOf, columnStart } from '../core/layout'
import { edgeFault } from '../core/rules'
import { sourceLetter } from '../names'
import { abbreviated, fitted, type Letters, measureAhead, widthOf } from './fitText'
import { type Frame, placed, spoken } from './frame'
import { Sign, type SignName } from './Sign'

/** From how many pixels on a bar has room for what. */
const ROOM_FOR = { sign: 66, nights: 132, source: 96, marks: 72 }

/** What bars.css takes, in pixels: borders and margins, the status before the name, a mark, the letter of the source. */
const TAKES = { tiny: 12, frame: 15, sign: 16, mark: 15, source: 18 }
const NAME: Letters = { px: 13, weight: 550 }
const NIGHTS: Letters = { px: 11.5, weight: 400 }
const NIGHTS_GAP = 5

export const measureLetters = () => measureAhead(NAME, NIGHTS)

const NO_MARKS: readonly SignName[] = []
const EDGES = ['start', 'end'] as const

interface Props {
  cell: GridCell
  bar: Bar
  isTabStop: boolean
  isHeld: boolean
  isDimmed: boolean
  isSaving: boolean
}

/**
 * Not a component: its row is drawn anew as a whole, and a thousand components of one element each would cost more than they draw. For the
 * same reason a bar is one element with letters in it and no clip, no picture and no layer of its own.
 */
export function stayBar(frame: Frame, props: Props) {
  const { desk, range, metrics } = frame
  const { cell, bar, isTabStop, isHeld, isDimmed, isSaving } = props
  const box = boxOf(bar, range, metrics)
  if (!box) return null
  // A bar that begins before what is in sight: its name goes along with the edge, and has the room that is left.
  const isAtEdge = bar.from + 0.5 < frame.edge
  const size = isAtEdge
    ? Math.min(box.size, box.start + box.size - columnStart(frame.edge, range, metrics))
    : box.size
  const flags = [
    `is-${bar.status.toLowerCase()}`,
    !isAtEdge && faceClass(size),
    box.arrival === 'clipped' && 'is-cut-before',
    box.departure === 'clipped' && 'is-cut-after',
    box.seamBefore && 'is-seam-before',
    box.seamAfter && 'is-seam-after',
    isHeld && 'is-held',
    isDimmed && 'is-dimmed',
    isSaving && 'is-saving',
  ]
  const canStretch = !isTerminal(bar.status) && desk.hotel.may('pms.calendar.resize')
  const edges = canStretch ? EDGES.filter((edge) => !edgeFault(bar, edge)).join(' ') : ''
  return (
    <div
      key={cell.key}
      role="gridcell"
      aria-colindex={cell.colindex}
      aria-colspan={cell.colspan}
      aria-label={spoken(frame, cell.name)}
      tabIndex={isTabStop && cell.isFocused ? 0 : -1}
      data-item={bar.key}
      data-edges={edges || undefined}
      data-focus={cell.isFocused || undefined}
      className={`bar ${flags.filter(Boolean).join(' ')}`}
      style={placed(frame, box.start + 1, box.size - 2)}
    >
      {isAtEdge ? (
        <span className={`bar-label ${faceClass(size)}`}>{barName(bar, size)}</span>
      ) : (
        barName(bar, size)
      )}
      {barEnds(bar, size)}
    </div>
  )
}

/** How what is written on a bar of this size is set. */
export const faceClass = (size: number) => (size < ROOM_FOR.sign ? 'is-tiny' : 'has-sign')

/** What is written on the ghost of a drag: as on the bar, with the nights that it would have. */
export function barFace(bar: Bar, size: number, nights: number) {
  return (
    <>
      {barName(bar, size, nights)}
      {barEnds(bar, size)}
    </>
  )
}

function barName(bar: Bar, size: number, count: number = bar.to - bar.from) {
  if (size < ROOM_FOR.sign) return abbreviated(bar.lastName, size - TAKES.tiny, NAME)
  const room =
    size -
    TAKES.frame -
    TAKES.sign -
    marksOf(bar, size).length * TAKES.mark -
    (hasSource(bar, size) ? TAKES.source : 0)
  if (size < ROOM_FOR.nights) return fitted(bar.lastName, room, NAME, '…')
  const nights = m.calendarNightsShort({ count })
  return (
    <>
      {fitted(bar.lastName, room - widthOf(nights, NIGHTS) - NIGHTS_GAP, NAME, '…')}
      <span className="bar-nights">{nights}</span>
    </>
  )
}

function barEnds(bar: Bar, size: number) {
  const marks = marksOf(bar, size)
  const isFrom = hasSource(bar, size)
  if (marks.length === 0) return isFrom ? sourceOf(bar, 'bar-source is-alone') : null
  return (
    <span className="bar-ends">
      {marks.map((mark) => (
        <Sign key={mark} name={mark} />
      ))}
      {isFrom && sourceOf(bar, 'bar-source')}
    </span>
  )
}

const sourceOf = (bar: Bar, className: string) => (
  <span className={`${className} is-${bar.source.toLowerCase()}`}>{sourceLetter(bar.source)}</span>
)

const hasSource = (bar: Bar, size: number) => size >= ROOM_FOR.source && bar.source !== 'DIRECT'

function marksOf(bar: Bar, size: number): readonly SignName[] {
  if (size < ROOM_FOR.marks || !(bar.isPinned || bar.hasNotes || bar.balanceCents > 0)) return NO_MARKS
  const marks: [SignName, boolean][] = [
    ['pin', bar.isPinned],
    ['note', bar.hasNotes],
    ['owes', bar.balanceCents > 0],
  ]
  return marks.flatMap(([name, has]) => (has ? [name] : []))
}
