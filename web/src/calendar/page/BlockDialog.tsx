import { lazy, Suspense, useState } from 'react'
import { day } from '../../kernel/dates'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { Button } from '../../ui/Button'
import { DateRangePicker, type DayRange } from '../../ui/DatePicker'
import { Dialog } from '../../ui/Dialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import type { Action, BlockType } from '../core/actions'
import { dateOf, type Night, nightOf } from '../core/days'
import type { Block } from '../core/items'
import type { Desk } from '../desk/Desk'
import { BLOCK_TYPES, blockName } from '../names'
import { useRefusal } from './news'

const FreeRoom = lazy(() => import('../../reservations/FreeRoom').then((it) => ({ default: it.FreeRoom })))

export interface BlockRequest {
  readonly roomId: string
  readonly from: Night
  readonly to: Night
  readonly key: string
  /** The one that is changed. */
  readonly block?: Block
  /** Whoever lies there goes elsewhere: who, is shown before it is done. */
  readonly isFreeing?: boolean
}

interface BlockDialogProps {
  desk: Desk
  request: BlockRequest
  onClose(): void
}

interface Typed {
  type: BlockType
  range: DayRange | null
  reason: string
}

/** Takes a room off the market for some nights, or changes when and why. */
export function BlockDialog({ desk, request, onClose }: BlockDialogProps) {
  const { block, roomId, isFreeing = false } = request
  const [typed, setTyped] = useState<Typed>({
    type: (block?.blockType as BlockType) ?? 'OUT_OF_ORDER',
    range: { from: day(dateOf(request.from)), to: day(dateOf(request.to)) },
    reason: block?.reason ?? '',
  })
  const [isPlanned, setPlanned] = useState(false)
  const { save, isPending, isTaken, text } = useSave(desk, request, typed, onClose)
  const { type, range, reason } = typed
  const isWrong = !range || range.from >= range.to
  const number = desk.model.room(roomId)?.roomNumber ?? ''
  if (isPlanned && range)
    return (
      <Suspense>
        <FreeRoom
          room={{ id: roomId, number }}
          {...range}
          blockType={type}
          blockName={blockName(type)}
          reason={reason.trim() || null}
          onClose={() => setPlanned(false)}
          onDone={onClose}
        />
      </Suspense>
    )
  const submit = () => {
    if (isWrong) return
    if (isFreeing) setPlanned(true)
    else void save()
  }
  const label = isFreeing ? m.fitFreeShow() : block ? m.calendarBlockChangeSave() : m.calendarBlockSave()
  return (
    <Dialog
      isOpen
      width="narrow"
      title={isFreeing ? m.fitFreeTitle({ room: number }) : m.calendarBlockTitle({ room: number })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.calendarBack()}</Button>
          <Button look="primary" isPending={isPending} onPress={submit}>
            {label}
          </Button>
        </>
      }
    >
      <Fields typed={typed} set={(part) => setTyped({ ...typed, ...part })} isNew={!block} submit={submit}>
        {text && (
          <p role="alert" className="text-danger-text">
            {text}
          </p>
        )}
        {isTaken && (
          <div>
            <Button icon="move" onPress={() => setPlanned(true)}>
              {m.fitFreeMove()}
            </Button>
          </div>
        )}
      </Fields>
    </Dialog>
  )
}

interface FieldsProps {
  typed: Typed
  set(part: Partial<Typed>): void
  isNew: boolean
  submit(): void
  children: React.ReactNode
}

function Fields({ typed: { type, range, reason }, set, isNew, submit, children }: FieldsProps) {
  const isWrong = !range || range.from >= range.to
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {isNew && (
        <Select
          label={m.calendarBlockKind()}
          choices={BLOCK_TYPES.map((one) => ({ id: one, label: blockName(one) }))}
          value={type}
          onChange={(one) => set({ type: one })}
        />
      )}
      <DateRangePicker
        label={m.calendarBlockDates()}
        value={range}
        onChange={(one) => set({ range: one })}
        error={isWrong ? m.calendarBlockDatesMissing() : undefined}
      />
      <TextField
        label={m.calendarReasonLabel()}
        value={reason}
        onChange={(one) => set({ reason: one })}
        maxLength={1000}
        autoFocus
      />
      {children}
      <button type="submit" hidden />
    </form>
  )
}

/** `isTaken`: it was refused because of guests, who may go elsewhere. */
function useSave(desk: Desk, { block, roomId, key }: BlockRequest, typed: Typed, onDone: () => void) {
  const [isPending, setPending] = useState(false)
  const [isTaken, setTaken] = useState(false)
  const [id] = useState(() => block?.id ?? ulid())
  const refusal = useRefusal(desk)
  const save = async () => {
    const { type, range } = typed
    if (isPending || !range) return
    const span = { from: nightOf(range.from), to: nightOf(range.to) }
    const reason = typed.reason.trim() || null
    const action: Action = block
      ? { kind: 'changeBlock', id, ...changed(block, span), reason }
      : { kind: 'block', id, roomId, blockType: type, reason, ...span }
    setPending(true)
    const versions = block ? { [id]: block.version } : {}
    const outcome = await desk.do({ action, versions, key }, true)
    setPending(false)
    if (outcome.ok) return onDone()
    refusal.set(outcome.refusal)
    setTaken(!block && outcome.refusal.code === 'ROOM_ALREADY_BOOKED')
  }
  return { save, isPending, isTaken, text: refusal.text }
}

/** Only what differs: the first day of a block that has begun may not even be named. */
function changed(block: Block, span: { from: Night; to: Night }): { from?: Night; to?: Night } {
  return {
    ...(span.from === block.from ? {} : { from: span.from }),
    ...(span.to === block.to ? {} : { to: span.to }),
  }
}
