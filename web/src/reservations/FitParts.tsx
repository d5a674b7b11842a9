import type { Schemas } from '../api/client'
import { useFormat } from '../i18n/locale'
import { day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { Note } from '../ui/Note'
import type { Answer, Move } from './fit'

/** Who goes from where to where, or gets a room. */
export function MoveList({ moves }: { moves: readonly Move[] }) {
  return (
    <ul className="list-disc space-y-1 ps-5">
      {moves.map((move) => (
        <MoveLine key={move.reservationId} move={move} />
      ))}
    </ul>
  )
}

function MoveLine({ move }: { move: Move }) {
  const format = useFormat()
  const [name, from, to] = [move.guestName ?? '', move.fromRoomNumber, move.toRoomNumber]
  return (
    <li>
      {from ? m.fitMove({ name, from, to }) : m.fitGets({ name, room: to })}{' '}
      <span className="text-muted">
        {format.days(day(move.checkInDate), day(move.checkOutDate), 'short')}
      </span>
      {move.isUpgrade && <span className="text-muted"> {m.upgradeMark()}</span>}
      {move.overridesWishes && <span className="text-warning-text"> {m.fitNotAsWished()}</span>}
    </li>
  )
}

/** Why there is no plan, or none that is known to be the smallest. Nothing of one that is. */
export function WhyNot({ answer }: { answer: Answer }) {
  if (answer.outcome === 'UNDECIDED')
    return <Note tone="warning">{m.fitUndecided({ count: answer.atLeastMoves ?? 1 })}</Note>
  return answer.proof ? <Proof proof={answer.proof} /> : null
}

const whys: Record<string, () => string> = {
  IN_HOUSE: m.fitWhyInHouse,
  PINNED: m.fitWhyPinned,
  SPLIT: m.fitWhySplit,
  WANTED: m.fitWhyWanted,
}

function Proof({ proof }: { proof: Schemas['FitProof'] }) {
  const format = useFormat()
  if (proof.fixed.length === 0)
    return (
      <Note tone="warning">
        {m.fitTooFull({ days: format.days(day(proof.startDate), day(proof.endDate), 'short') })}
      </Note>
    )
  return (
    <>
      <Note tone="warning">{m.fitImpossible()}</Note>
      <ul className="list-disc space-y-1 ps-5">
        {proof.fixed.map((it) => (
          <li key={`${it.roomId} ${it.startDate}`}>
            {m.fitFixed({
              room: it.roomNumber,
              days: format.days(day(it.startDate), day(it.endDate), 'short'),
              why: [it.guestName, (whys[it.why] ?? m.fitWhyBlocked)()].filter(Boolean).join(', '),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
