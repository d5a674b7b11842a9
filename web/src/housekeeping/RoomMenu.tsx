import { type ReactNode, useState } from 'react'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { IconButton } from '../ui/Button'
import { Menu, MenuItem, MenuLine, MenuTrigger } from '../ui/Menu'
import { GiveDialog } from './GiveDialog'
import { attendantName, skipName, stepName } from './names'
import { OutOfOrderDialog } from './OutOfOrderDialog'
import type { HouseDay } from './queries'
import { ResolveDialog } from './ResolveDialog'
import { type Mark, otherMarks, type RoomToday } from './rooms'
import { SeenDialog } from './SeenDialog'
import { isLive, otherSteps } from './steps'
import type { Marks } from './useMarks'
import type { WorkActs } from './useWork'

const markActs = { dirty: m.setupMarkDirty, clean: m.setupMarkClean, inspected: m.setupMarkInspected }
const skipReasons = ['DO_NOT_DISTURB', 'REFUSED_SERVICE'] as const

type Asking = 'give' | 'seen' | 'resolve' | 'out'

interface Props {
  today: RoomToday
  day: HouseDay
  marks: Marks
  work: WorkActs
  /** What the button beside it does to the state of the room. */
  next: Mark | undefined
}

/** What is seldom done. Nothing, for those who may not. */
export function RoomMenu({ today, day, marks, work, next }: Props) {
  const { may } = useApp()
  const [asking, setAsking] = useState<Asking>()
  const ask = (what: Asking) => () => setAsking(what)
  const items = useItems({ today, day, marks, work, next }, ask)
  const { room, discrepancy } = today
  if (discrepancy && may('pms.housekeeping.resolve'))
    items.push(
      <MenuItem
        key="resolve"
        id="resolve"
        icon="check"
        label={m.houseResolveAct()}
        onAction={ask('resolve')}
      />,
    )
  if (day.mayBlockRooms)
    items.push(<MenuItem key="out" id="out" icon="lock" label={m.houseOut()} onAction={ask('out')} />)
  if (items.length === 0 && !asking) return null
  const label = m.houseMore({ room: room.roomNumber })
  const close = () => setAsking(undefined)
  return (
    <>
      <MenuTrigger>
        <IconButton icon="more" label={label} />
        <Menu label={label}>{items}</Menu>
      </MenuTrigger>
      {asking === 'give' && <GiveDialog today={today} attendants={day.attendants} onClose={close} />}
      {asking === 'seen' && <SeenDialog room={room} onClose={close} />}
      {asking === 'resolve' && discrepancy && (
        <ResolveDialog room={room} sighting={discrepancy} onClose={close} />
      )}
      {asking === 'out' && <OutOfOrderDialog room={room} onClose={close} />}
    </>
  )
}

/** Of those who clean and look after. */
function useItems({ today, day, marks, work, next }: Props, ask: (what: Asking) => () => void): ReactNode[] {
  const { me, may } = useApp()
  if (!may('pms.housekeeping.manage')) return []
  const { room, state, assignment: task } = today
  const number = room.roomNumber
  const items: ReactNode[] = []
  for (const step of otherSteps(task, me.id))
    items.push(
      <MenuItem
        key={step}
        id={step}
        icon="undo"
        label={stepName(step)}
        onAction={() => task && work.take(task, number, step)}
      />,
    )
  if (task && isLive(task) && state.id === 'occupied')
    for (const reason of skipReasons)
      items.push(
        <MenuItem
          key={reason}
          id={reason}
          icon="close"
          label={skipName(reason)}
          onAction={() => work.skip(task, number, reason)}
        />,
      )
  if (items.length > 0) items.push(<MenuLine key="after-steps" />)
  for (const mark of otherMarks(state.id, next))
    items.push(
      <MenuItem
        key={mark}
        id={mark}
        icon={mark === 'dirty' ? 'undo' : 'check'}
        label={markActs[mark]()}
        onAction={() => marks.mark(room, mark)}
      />,
    )
  items.push(<MenuItem key="seen" id="seen" icon="eye" label={m.houseSeeAct()} onAction={ask('seen')} />)
  if (task?.state !== 'STARTED' && day.attendants.some((one) => one.isAvailable))
    items.push(<MenuItem key="give" id="give" icon="user" label={m.houseGiveAct()} onAction={ask('give')} />)
  if (task?.state === 'OPEN') {
    const label = m.houseTakeAway({ name: attendantName(day.attendants, task.attendantId) })
    items.push(
      <MenuItem key="away" id="away" icon="minus" label={label} onAction={() => work.remove(task, number)} />,
    )
  }
  return items
}
