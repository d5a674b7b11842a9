import type { Schemas } from '../api/client'
import { useFormat } from '../i18n/locale'
import type { Day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { FitDialog } from './FitDialog'
import { MoveList, WhyNot } from './FitParts'
import { planOf, useFitAnswers, useFitExecute } from './fit'
import { PlanDrawing } from './PlanDrawing'

interface Props {
  room: { id: string; number: string }
  from: Day
  /** The first day on which the room is back. */
  to: Day
  blockType: Schemas['BlockKind']
  /** What the block is called. */
  blockName: string
  reason: string | null
  onClose: () => void
  onDone: () => void
}

/** Takes a room off the market although stays lie there: they go elsewhere, as few as will do, in the same moment. */
export function FreeRoom({ room, from, to, blockType, blockName, reason, onClose, onDone }: Props) {
  const { property } = useApp()
  const format = useFormat()
  const nights = { roomId: room.id, startDate: from, endDate: to }
  const query = useFitAnswers({ freeRoom: nights })
  const answer = query.data?.[0]
  const execute = useFitExecute(m.fitFreed({ room: room.number }), onDone)
  const moves = answer?.moves ?? []
  const block = { propertyId: property.id, ...nights, blockType, reason }
  const isPossible = answer && (moves.length > 0 || answer.outcome === 'PLAN')
  const label = moves.length > 0 ? m.fitFreeDo({ count: moves.length }) : m.calendarBlockSave()
  const accept = isPossible ? { plan: { moves: planOf(moves), block }, label } : undefined
  return (
    <FitDialog
      title={m.fitFreeTitle({ room: room.number })}
      lead={
        <p>
          {blockName} · {format.days(from, to)}
        </p>
      }
      {...{ query, execute, accept, onClose }}
    >
      {answer && (
        <>
          <WhyNot answer={answer} />
          {isPossible && (
            <p>{moves.length > 0 ? m.fitFreePlan({ count: moves.length }) : m.fitFreeNobody()}</p>
          )}
          {moves.length > 0 && (
            <>
              <MoveList moves={moves} />
              <PlanDrawing moves={moves} blocked={{ room: room.number, from, to, name: blockName }} />
            </>
          )}
        </>
      )}
    </FitDialog>
  )
}
