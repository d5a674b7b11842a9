import { useLayoutEffect, useRef } from 'react'
import { m } from '../../paraglide/messages'
import { StatusBadge } from '../../ui/Badge'
import { dateOf } from '../core/days'
import { type Bar, type Block, type Item, isPiece } from '../core/items'
import { blockName, sourceName } from '../names'
import { useFrame } from './frame'
import { Sign } from './Sign'

const isToCome = (status: Bar['status']) => status === 'HOLD' || status === 'CONFIRMED'

export function CardBox({ item, beside }: { item: Item; beside: HTMLElement }) {
  const { isRightToLeft } = useFrame()
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const own = box.current
    if (!own) return
    const bar = beside.getBoundingClientRect()
    const size = own.getBoundingClientRect()
    const isBelow = bar.bottom + 6 + size.height < innerHeight
    // A bar may begin under the column of rooms, which stands still.
    const column = beside.closest('[role=row]')?.querySelector('[role=rowheader]')?.getBoundingClientRect()
    const [from, to] = isRightToLeft ? [0, column?.left ?? innerWidth] : [column?.right ?? 0, innerWidth]
    const x = Math.max(from + 8, Math.min(bar.left + 8, to - size.width - 8))
    own.style.transform = `translate(${x}px, ${isBelow ? bar.bottom + 6 : bar.top - size.height - 6}px)`
    own.style.visibility = 'visible'
  }, [beside, isRightToLeft])
  return (
    <div ref={box} role="tooltip" className="card" style={{ left: 0 }}>
      {item.kind === 'stay' ? <StayFacts bar={item} /> : <BlockFacts block={item} />}
    </div>
  )
}

function StayFacts({ bar }: { bar: Bar }) {
  const { desk, format } = useFrame()
  const { model } = desk
  const room =
    bar.roomId === null
      ? m.calendarUnassigned()
      : m.calendarRoom({ room: model.room(bar.roomId)?.roomNumber ?? '' })
  const type = model.type(bar.typeId ?? model.room(bar.roomId ?? '')?.roomTypeId ?? '')?.name
  const persons = bar.children
    ? m.calendarCardAdultsChildren({ adults: bar.adults, children: bar.children })
    : format.number(bar.adults)
  const facts: [string, string][] = [
    [m.calendarCardSource(), sourceName(bar.source)],
    [m.calendarCardPersons(), persons],
    ...(bar.balanceCents > 0
      ? [[m.calendarCardBalance(), format.money(bar.balanceCents, model.currency)] as [string, string]]
      : []),
    ...(bar.arrivalTime && isToCome(bar.status)
      ? [[m.calendarCardEta(), format.time(bar.arrivalTime)] as [string, string]]
      : []),
  ]
  return (
    <>
      <p className="card-name">{[bar.firstName, bar.lastName].filter(Boolean).join(' ')}</p>
      <p className="card-line">
        <StatusBadge status={bar.status} />
        <span>
          {room}
          {type && ` · ${type}`}
        </span>
      </p>
      <p>
        {format.days(dateOf(bar.checkIn), dateOf(bar.checkOut))} ·{' '}
        {m.reservationNights({ count: bar.checkOut - bar.checkIn })}
      </p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Signs bar={bar} />
    </>
  )
}

function Signs({ bar }: { bar: Bar }) {
  const texts = [
    bar.isPinned && (['pin', m.calendarCardPinned()] as const),
    bar.hasNotes && (['note', m.calendarCardNotes()] as const),
    isPiece(bar) && (['note', m.calendarSignPiece()] as const),
  ].filter((one) => one !== false)
  return texts.map(([sign, text]) => (
    <p key={text} className="card-line">
      <Sign name={sign} />
      {text}
    </p>
  ))
}

function BlockFacts({ block }: { block: Block }) {
  const { desk, format } = useFrame()
  return (
    <>
      <p className="card-name">{blockName(block.blockType)}</p>
      <p>{m.calendarRoom({ room: desk.model.room(block.roomId)?.roomNumber ?? '' })}</p>
      <p>{format.days(dateOf(block.from), dateOf(block.to))}</p>
      {block.reason && <p>{block.reason}</p>}
    </>
  )
}
