import { useState } from 'react'
import { m } from '../paraglide/messages'
import type { RoomState } from '../setup/rooms/roomState'
import { useApp } from '../shell/useApp'
import { Badge, type Tone } from '../ui/Badge'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Menu, MenuItem, MenuTrigger } from '../ui/Menu'
import { OutOfOrderDialog } from './OutOfOrderDialog'
import { nextMark, otherMarks, type RoomToday, type Use } from './rooms'
import { type Marks, markName } from './useMarks'

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
}
export const nameOfUse = (use: keyof Use): string => namesOfUse[use].name()

export interface RoomCardProps {
  today: RoomToday
  type: string
  marks: Marks
}

/** A room as one stands before its door: what it is, who is to come or to go, and under the thumb what is next. */
export function RoomCard({ today: { room, state, use }, type, marks }: RoomCardProps) {
  const { may } = useApp()
  const tap = marks.unsaved.find(({ roomId }) => roomId === room.id)
  const next = may('pms.housekeeping.manage') ? nextMark(state.id) : undefined
  const uses = (Object.keys(namesOfUse) as (keyof Use)[]).filter((one) => use[one])
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
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-1">
            <Badge tone={state.tone}>{state.name()}</Badge>
            {uses.map((one) => (
              <Badge key={one} tone={namesOfUse[one].tone}>
                {namesOfUse[one].name()}
              </Badge>
            ))}
          </p>
          {room.outOfOrderReason && (
            <p className="mt-0.5 truncate text-muted text-xs">{room.outOfOrderReason}</p>
          )}
        </div>
        <More room={room} state={state} marks={marks} />
        {next && (
          <Button
            icon="check"
            className="w-30 text-base pointer-coarse:min-h-14!"
            aria-label={`${markName(next)}: ${m.houseRoom({ room: room.roomNumber })}`}
            isPending={marks.pending.has(room.id)}
            onPress={() => marks.mark(room, next)}
          >
            {markName(next)}
          </Button>
        )}
      </div>
      {tap && <NotSaved tap={tap} marks={marks} />}
    </li>
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

const markActs = { dirty: m.setupMarkDirty, clean: m.setupMarkClean, inspected: m.setupMarkInspected }

/** What is seldom done. Nothing, for those who may not. */
function More({ room, state, marks }: Pick<RoomToday, 'room' | 'state'> & { marks: Marks }) {
  const { may } = useApp()
  const [isBlocking, setBlocking] = useState(false)
  const others = may('pms.housekeeping.manage') ? otherMarks(state.id) : []
  const mayBlock = may('pms.calendar.move')
  if (others.length === 0 && !mayBlock) return null
  const label = m.houseMore({ room: room.roomNumber })
  return (
    <>
      <MenuTrigger>
        <IconButton icon="more" label={label} />
        <Menu label={label}>
          {others.map((mark) => (
            <MenuItem
              key={mark}
              id={mark}
              icon={mark === 'dirty' ? 'undo' : 'check'}
              label={markActs[mark]()}
              onAction={() => marks.mark(room, mark)}
            />
          ))}
          {mayBlock && (
            <MenuItem id="out" icon="lock" label={m.houseOut()} onAction={() => setBlocking(true)} />
          )}
        </Menu>
      </MenuTrigger>
      {isBlocking && <OutOfOrderDialog room={room} onClose={() => setBlocking(false)} />}
    </>
  )
}
