import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import type { RoomState } from '../setup/rooms/roomState'
import { useApp } from '../shell/useApp'
import { Badge, type Tone } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { attendantName, discrepancyName, stepName, taskState, workName } from './names'
import type { HouseDay } from './queries'
import { RoomMenu } from './RoomMenu'
import { nextMark, type RoomToday, type Use } from './rooms'
import { canStart, nextStep } from './steps'
import { type Marks, markName } from './useMarks'
import type { WorkActs } from './useWork'

const edges: Record<RoomState['id'], string> = {
  clean: 'border-s-in-house-edge',
  inspected: 'border-s-in-house-edge',
  dirty: 'border-s-hold-edge',
  occupied: 'border-s-confirmed-edge',
  out: 'border-s-no-show-edge',
  closed: 'border-s-line',
}

const namesOfUse: Record<keyof Use, { name: () => string; tone: Tone }> = {
  dueOut: { name: m.houseDueOut, tone: 'plain' },
  arrival: { name: m.houseArrival, tone: 'accent' },
  stayOver: { name: m.houseStayOver, tone: 'plain' },
  service: { name: m.houseService, tone: 'warning' },
  linen: { name: m.houseLinen, tone: 'warning' },
  differs: { name: m.houseDiffers, tone: 'danger' },
}
export const nameOfUse = (use: keyof Use): string => namesOfUse[use].name()

export interface RoomCardProps {
  today: RoomToday
  type: string
  day: HouseDay
  marks: Marks
  work: WorkActs
}

/** A room as one stands before its door: what it is, who is to come or to go, and under the thumb what is next. */
export function RoomCard({ today, type, day, marks, work }: RoomCardProps) {
  const { room, state, use, persons, discrepancy, assignment: task } = today
  const tap = marks.unsaved.find(({ roomId }) => roomId === room.id)
  const uses = (Object.keys(namesOfUse) as (keyof Use)[]).filter((one) => use[one] && one !== 'differs')
  const next = useNext(today)
  const format = useFormat()
  return (
    <li
      aria-label={m.houseRoom({ room: room.roomNumber })}
      className={`flex flex-col rounded-md border border-line border-s-4 bg-surface ${edges[state.id]}`}
    >
      <div className="flex grow items-center gap-1 py-1.5 ps-3 pe-1.5">
        <div className="min-w-0 grow">
          <p className="flex items-baseline gap-2">
            <span className="font-semibold text-lg">{room.roomNumber}</span>
            <span className="truncate text-muted text-xs">{type}</span>
            {persons !== undefined && (
              <span className="whitespace-nowrap text-muted text-xs">
                {m.housePersons({ n: format.number(persons) })}
              </span>
            )}
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-1">
            <Badge tone={state.tone}>{state.name()}</Badge>
            {uses.map((one) => (
              <Badge key={one} tone={namesOfUse[one].tone}>
                {namesOfUse[one].name()}
              </Badge>
            ))}
            {discrepancy && <Badge tone="danger">{discrepancyName(discrepancy)}</Badge>}
          </p>
          {task && <TaskLine today={today} day={day} />}
          {room.outOfOrderReason && (
            <p className="mt-0.5 truncate text-muted text-xs">{room.outOfOrderReason}</p>
          )}
        </div>
        <RoomMenu {...{ today, day, marks, work }} next={next.mark} />
        {next.step && task && (
          <Next
            name={stepName(next.step)}
            room={room.roomNumber}
            isPending={work.pending.has(room.id)}
            onPress={() => next.step && work.take(task, room.roomNumber, next.step)}
          />
        )}
        {next.mark && (
          <Next
            name={markName(next.mark)}
            room={room.roomNumber}
            isPending={marks.pending.has(room.id)}
            onPress={() => next.mark && marks.mark(room, next.mark)}
          />
        )}
      </div>
      {tap && <NotSaved tap={tap} marks={marks} />}
    </li>
  )
}

/** The step of its assignment, or else of the room: never both, so that a thumb finds one button. */
function useNext({ state, assignment }: RoomToday) {
  const { me, may } = useApp()
  if (!may('pms.housekeeping.manage')) return {}
  const step = nextStep(assignment, me.id)
  if (step === 'start' && assignment && !canStart(assignment.kind, state.id === 'occupied')) return {}
  if (step) return { step }
  // Who has done it himself leaves the next look to another.
  const isOwn = assignment?.state === 'DONE' && state.id === 'clean'
  const mark = isOwn ? undefined : nextMark(state.id)
  return mark ? { mark } : {}
}

interface NextProps {
  name: string
  room: string
  isPending: boolean
  onPress: () => void
}

function Next({ name, room, isPending, onPress }: NextProps) {
  return (
    <Button
      icon="check"
      className="w-30 text-base pointer-coarse:min-h-14!"
      aria-label={`${name}: ${m.houseRoom({ room })}`}
      isPending={isPending}
      onPress={onPress}
    >
      {name}
    </Button>
  )
}

/** Who does what there, and how far it is. */
function TaskLine({ today: { assignment: task }, day }: { today: RoomToday; day: HouseDay }) {
  const { me } = useApp()
  const format = useFormat()
  if (!task) return null
  // Whose own room it is knows his name.
  const who = task.attendantId === me.id ? [] : [attendantName(day.attendants, task.attendantId)]
  const parts = [
    ...who,
    workName(task.kind),
    m.houseCredits({ n: format.number(task.credits) }),
    taskState(task),
  ]
  return (
    <p className="mt-0.5 text-muted text-xs">
      {parts.map((part) => part.replaceAll(' ', '\u00a0')).join(' · ')}
      {task.note && <span className="block truncate">{task.note}</span>}
    </p>
  )
}

function NotSaved({ tap, marks }: { tap: Marks['unsaved'][number]; marks: Marks }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 bg-warning-soft ps-3 pe-1.5 text-warning-text">
      <Icon name="offline" />
      <span className="grow font-medium">{m.houseUnsaved({ state: markName(tap.mark) })}</span>
      <Button look="quiet" className="text-current! hover:text-text!" onPress={() => marks.giveUp(tap)}>
        {m.houseGiveUp()}
      </Button>
      <Button isPending={marks.pending.has(tap.roomId)} onPress={() => marks.retry(tap)}>
        {m.houseRetry()}
      </Button>
    </div>
  )
}
