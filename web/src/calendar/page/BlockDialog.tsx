import { useState } from 'react'
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

export interface BlockRequest {
  readonly roomId: string
  readonly from: Night
  readonly to: Night
  readonly key: string
  /** The one that is changed. */
  readonly block?: Block
}

/** Takes a room off the market for some nights, or changes when and why. */
export function BlockDialog({
  desk,
  request,
  onClose,
}: {
  desk: Desk
  request: BlockRequest
  onClose(): void
}) {
  const { block, roomId } = request
  const [type, setType] = useState<BlockType>((block?.blockType as BlockType) ?? 'OUT_OF_ORDER')
  const [range, setRange] = useState<DayRange | null>({
    from: day(dateOf(request.from)),
    to: day(dateOf(request.to)),
  })
  const [reason, setReason] = useState(block?.reason ?? '')
  const [isPending, setPending] = useState(false)
  const [id] = useState(() => block?.id ?? ulid())
  const refusal = useRefusal(desk)
  const isWrong = !range || range.from >= range.to
  const room = desk.model.room(roomId)?.roomNumber ?? ''

  async function save() {
    if (isPending || !range || isWrong) return
    const span = { from: nightOf(range.from), to: nightOf(range.to) }
    const why = reason.trim() || null
    const action: Action = block
      ? { kind: 'changeBlock', id, ...changed(block, span), reason: why }
      : { kind: 'block', id, roomId, blockType: type, reason: why, ...span }
    setPending(true)
    const versions = block ? { [id]: block.version } : {}
    const outcome = await desk.do({ action, versions, key: request.key }, true)
    setPending(false)
    if (outcome.ok) onClose()
    else refusal.set(outcome.refusal)
  }

  return (
    <Dialog
      isOpen
      width="narrow"
      title={m.calendarBlockTitle({ room })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.calendarBack()}</Button>
          <Button look="primary" isPending={isPending} onPress={() => void save()}>
            {block ? m.calendarBlockChangeSave() : m.calendarBlockSave()}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {!block && (
          <Select
            label={m.calendarBlockKind()}
            choices={BLOCK_TYPES.map((one) => ({ id: one, label: blockName(one) }))}
            value={type}
            onChange={setType}
          />
        )}
        <DateRangePicker
          label={m.calendarBlockDates()}
          value={range}
          onChange={setRange}
          error={isWrong ? m.calendarBlockDatesMissing() : undefined}
        />
        <TextField
          label={m.calendarReasonLabel()}
          value={reason}
          onChange={setReason}
          maxLength={1000}
          autoFocus
        />
        {refusal.text && (
          <p role="alert" className="text-danger-text">
            {refusal.text}
          </p>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

/** Only what differs: the first day of a block that has begun may not even be named. */
function changed(block: Block, span: { from: Night; to: Night }): { from?: Night; to?: Night } {
  return {
    ...(span.from === block.from ? {} : { from: span.from }),
    ...(span.to === block.to ? {} : { to: span.to }),
  }
}
