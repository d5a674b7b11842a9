import { m } from '../paraglide/messages'
import { FitDialog } from '../reservations/FitDialog'
import { MoveList, WhyNot } from '../reservations/FitParts'
import { planOf, together, useFitAnswers, useFitExecute } from '../reservations/fit'
import { PlanDrawing } from '../reservations/PlanDrawing'
import { useHouse } from '../reservations/queries'

/** A room for each who arrives today and has none: what would happen is shown first, and all of it is taken back at once. */
export function AssignArrivals({ onClose }: { onClose: () => void }) {
  const { today, type } = useHouse()
  const query = useFitAnswers({ arrivals: { date: today } })
  const answers = query.data ?? []
  const moves = together(answers)
  const given = moves.filter((move) => !move.fromRoomNumber).length
  const execute = useFitExecute(m.fitAssigned({ count: given }), onClose)
  const accept =
    moves.length > 0 ? { plan: { moves: planOf(moves) }, label: m.fitAssign({ count: given }) } : undefined
  return (
    <FitDialog title={m.fitArrivalsTitle()} {...{ query, execute, accept, onClose }}>
      {answers.length === 0 && <p>{m.fitArrivalsNone()}</p>}
      {moves.length > given && <p>{m.fitArrivalsMoved({ count: moves.length - given })}</p>}
      {answers.map((answer) => (
        <section key={answer.roomTypeId} className="space-y-2">
          <h3 className="font-semibold">{type(answer.roomTypeId)}</h3>
          <WhyNot answer={answer} />
          {answer.moves.length > 0 && (
            <>
              <MoveList moves={answer.moves} />
              <PlanDrawing moves={answer.moves} />
            </>
          )}
        </section>
      ))}
    </FitDialog>
  )
}
