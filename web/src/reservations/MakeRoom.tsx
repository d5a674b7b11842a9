import { useQuery } from '@tanstack/react-query'
import { m } from '../paraglide/messages'
import { Note } from '../ui/Note'
import { FitDialog } from './FitDialog'
import { MoveList, WhyNot } from './FitParts'
import { type Answer, planOf, useFitAnswers, useFitExecute } from './fit'
import { PlanDrawing } from './PlanDrawing'
import { type Booking, stayQuery } from './queries'
import { guestNameOf } from './words'

interface Props {
  stay: Booking
  /** Only this room will do: who lies there makes way. */
  roomId?: string | undefined
  onClose: () => void
}

/** A room for a stay that fits no single one: with the fewest moves of others, which are shown before they happen, or why there is none. */
export function MakeRoom({ stay, roomId, onClose }: Props) {
  const makeRoom = { reservationId: stay.id, features: [], ...(roomId ? { roomId } : {}) }
  const query = useFitAnswers({ makeRoom }, [stay.version])
  const answer = query.data?.[0]
  const room = answer?.moves.find((move) => move.reservationId === stay.id)?.toRoomNumber ?? ''
  const others = answer?.moves.filter((move) => move.fromRoomNumber && move.reservationId !== stay.id) ?? []
  const done = { name: guestNameOf(stay), room }
  const text = others.length === 0 ? m.fitDone(done) : m.fitDoneMoved({ ...done, count: others.length })
  const execute = useFitExecute(text, onClose)
  const label = others.length === 0 ? m.fitGive({ room }) : m.fitExecute({ count: others.length })
  const accept =
    answer && answer.moves.length > 0 ? { plan: { moves: planOf(answer.moves) }, label } : undefined
  return (
    <FitDialog title={m.fitTitle({ name: guestNameOf(stay) })} {...{ query, execute, accept, onClose }}>
      {answer && <Told answer={answer} room={room} others={others} isOfRoom={roomId !== undefined} />}
    </FitDialog>
  )
}

/** The same for one of whom only the id is known. */
export function MakeRoomFor({ stayId, ...rest }: Omit<Props, 'stay'> & { stayId: string }) {
  const { data } = useQuery(stayQuery(stayId))
  return data ? <MakeRoom stay={data} {...rest} /> : null
}

interface ToldProps {
  answer: Answer
  room: string
  others: Answer['moves']
  isOfRoom: boolean
}

function Told({ answer, room, others, isOfRoom }: ToldProps) {
  const count = others.length
  return (
    <>
      <WhyNot answer={answer} />
      {answer.moves.some((move) => move.overridesWishes && !others.includes(move)) && (
        <Note tone="warning">{m.fitNotAsWished()}</Note>
      )}
      {answer.moves.length > 0 && count === 0 && <p>{m.fitFree({ room })}</p>}
      {count > 0 && (
        <>
          <p className="text-pretty">
            {isOfRoom ? m.fitPlanRoom({ room, count }) : m.fitPlan({ room, count })}
          </p>
          <MoveList moves={others} />
          <PlanDrawing moves={answer.moves} />
        </>
      )}
    </>
  )
}
