import { useMutation } from '@tanstack/react-query'
import { api, dataOf, presentRow, writeHeaders } from '../../api/client'
import { useWriteKey } from '../../api/useWriteKey'
import { useFormat } from '../../i18n/locale'
import { sentenceOf } from '../../i18n/sentences'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import type { Room } from '../queries'
import { stateOf } from './roomState'

type Finding = Pick<Room, 'status' | 'isInspected'>

const findings: { id: string; label: () => string; finding: Finding }[] = [
  { id: 'clean', label: m.setupMarkClean, finding: { status: 'VACANT_CLEAN', isInspected: false } },
  { id: 'inspected', label: m.setupMarkInspected, finding: { status: 'VACANT_CLEAN', isInspected: true } },
  { id: 'dirty', label: m.setupMarkDirty, finding: { status: 'VACANT_DIRTY', isInspected: false } },
]

/** What the room is like now, and what housekeeping found or did. Written at once: it is no part of the form around it. */
export function HousekeepingState({ room, onSaved }: { room: Room; onSaved: (room: Room) => void }) {
  const { may } = useApp()
  const writeKey = useWriteKey()
  const state = stateOf(room)
  const write = useMutation({
    mutationFn: (finding: Finding) =>
      dataOf(
        api.POST('/api/v1/pms/rooms/{id}/status', {
          params: { path: { id: room.id } },
          body: finding,
          headers: writeHeaders(writeKey.key(), room.version),
        }),
      ),
    onSuccess: (row) => {
      writeKey.done()
      onSaved(row)
    },
    onError: (error) => {
      // The next press may be another finding, and then another write.
      writeKey.done()
      const present = presentRow<Room>(error)
      if (present) onSaved(present)
    },
  })
  const isVacant = state.id === 'clean' || state.id === 'inspected' || state.id === 'dirty'
  const mayMark = may('pms.housekeeping.manage') && isVacant
  return (
    <section className="flex flex-col gap-2 rounded-md bg-sunken p-3">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium text-muted text-xs">{m.setupRoomState()}</span>
        <Badge tone={state.tone}>{state.name()}</Badge>
        {room.outOfOrderReason && <span>{room.outOfOrderReason}</span>}
        <SoldFrom room={room} />
      </p>
      {write.isError && <Note tone="danger">{sentenceOf(write.error)}</Note>}
      {mayMark && (
        <div className="flex flex-wrap gap-2">
          {findings
            .filter(({ id }) => id !== state.id)
            .map(({ id, label, finding }) => (
              <Button key={id} isDisabled={write.isPending} onPress={() => write.mutate(finding)}>
                {label()}
              </Button>
            ))}
        </div>
      )}
    </section>
  )
}

function SoldFrom({ room }: { room: Room }) {
  const format = useFormat()
  const { property } = useApp()
  if (room.closedOn) return <span>{m.setupRoomClosedOn({ date: format.day(room.closedOn) })}</span>
  if (!room.openedOn || room.openedOn <= property.businessDate) return null
  return <span>{m.setupRoomOpensOn({ date: format.day(room.openedOn) })}</span>
}
