import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, dataOf, writeHeaders } from '../../api/client'
import { type ApiError, asApiError } from '../../api/errors'
import { sentenceOf } from '../../i18n/sentences'
import { type Day, day } from '../../kernel/dates'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { useApp } from '../../shell/useApp'
import { Badge } from '../../ui/Badge'
import { Checkbox } from '../../ui/Choice'
import { DatePicker } from '../../ui/DatePicker'
import { FormDialog } from '../../ui/FormDialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { notify } from '../../ui/Toast'
import { type Room, type RoomType, roomsQuery } from '../queries'
import { floorOf, type NumbersFault, readNumbers } from './numbers'

const faults: Record<NumbersFault, (hole: { part: string }) => string> = {
  unreadable: m.setupNumbersUnreadable,
  backwards: m.setupNumbersBackwards,
  'too-many': m.setupNumbersTooMany,
}

interface Wish {
  typeId: string
  hasFloor: boolean
  openedOn: Day | null
}

/**
 * Adds room after room. Each has an id and a key of its own, made when it is first sent: a second try adds what is missing and
 * repeats nothing.
 */
function useAdding(propertyId: string) {
  const cache = useQueryClient()
  const keys = useRef(new Map<string, { id: string; key: string }>())
  const [added, setAdded] = useState<string[]>([])
  const [refusals, setRefusals] = useState<ReadonlyMap<string, ApiError>>(new Map())
  const [isPending, setPending] = useState(false)
  const addOne = (roomNumber: string, wish: Wish) => {
    const signature = JSON.stringify([roomNumber, wish])
    const own = keys.current.get(signature) ?? { id: ulid(), key: ulid() }
    keys.current.set(signature, own)
    const body = {
      id: own.id,
      propertyId,
      roomNumber,
      roomTypeId: wish.typeId,
      floor: wish.hasFloor ? (floorOf(roomNumber) ?? null) : null,
      ...(wish.openedOn ? { openedOn: wish.openedOn } : {}),
    }
    return dataOf(api.POST('/api/v1/pms/rooms', { body, headers: writeHeaders(own.key) }))
  }
  const run = async (numbers: string[], wish: Wish): Promise<boolean> => {
    setPending(true)
    const refused = new Map<string, ApiError>()
    for (const number of numbers) {
      try {
        await addOne(number, wish)
        setAdded((before) => [...before, number])
      } catch (thrown) {
        const error = asApiError(thrown)
        refused.set(number, error)
        // Without a connection the others fail alike: they wait for the next try.
        if (error.isPassing) break
      }
    }
    setRefusals(refused)
    setPending(false)
    await cache.invalidateQueries({ queryKey: roomsQuery(propertyId).queryKey })
    return refused.size === 0
  }
  return { added, refusals, isPending, run }
}

export interface AddRoomsProps {
  types: RoomType[]
  rooms: Room[]
  onClose: () => void
}

export function AddRoomsDialog({ types, rooms, onClose }: AddRoomsProps) {
  const { property } = useApp()
  const active = types.filter((type) => type.isActive)
  const [text, setText] = useState('')
  const [wish, setWish] = useState<Wish>({ typeId: active[0]?.id ?? '', hasFloor: true, openedOn: null })
  const [wasSent, setSent] = useState(false)
  const adding = useAdding(property.id)
  const { numbers, fault } = readNumbers(text)
  const taken = new Set(rooms.map((room) => room.roomNumber))
  const isNew = (number: string) => !taken.has(number) && !adding.added.includes(number)
  const fresh = numbers.filter(isNew)
  const problem = fault
    ? faults[fault.why]({ part: fault.part })
    : wasSent && fresh.length === 0
      ? m.setupNumbersNone()
      : undefined
  const submit = async () => {
    setSent(true)
    if (adding.isPending || fault || fresh.length === 0) return
    if (!(await adding.run(fresh, wish))) return
    notify({ text: m.setupRoomsAdded({ count: fresh.length }) })
    onClose()
  }
  const [first] = adding.refusals.values()
  const form = {
    isDirty: text.trim() !== '',
    isPending: adding.isPending,
    problem: first && !adding.isPending ? sentenceOf(first) : undefined,
    submit: () => void submit(),
  }
  const label = fresh.length > 0 ? m.setupRoomsAddCount({ count: fresh.length }) : m.setupRoomsAdd()
  return (
    <FormDialog title={m.setupRoomsAdd()} form={form} onClose={onClose} submitLabel={label}>
      <TextField
        label={m.setupNumbers()}
        description={m.setupNumbersHelp()}
        placeholder="101–120, 201"
        value={text}
        onChange={setText}
        error={problem}
        autoFocus
        isRequired
      />
      <Preview numbers={numbers} isNew={isNew} added={adding.added} refusals={adding.refusals} />
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
        <Select
          label={m.setupType()}
          choices={active.map((type) => ({ id: type.id, label: type.name, note: type.code }))}
          value={wish.typeId}
          onChange={(typeId) => setWish({ ...wish, typeId })}
        />
        <DatePicker
          label={m.setupOpensOn()}
          description={m.setupOpensOnHelp()}
          value={wish.openedOn}
          onChange={(openedOn) => setWish({ ...wish, openedOn })}
          min={day(property.businessDate)}
        />
      </div>
      <Checkbox isSelected={wish.hasFloor} onChange={(hasFloor) => setWish({ ...wish, hasFloor })}>
        {m.setupFloorFromNumber()}
      </Checkbox>
    </FormDialog>
  )
}

interface PreviewProps {
  numbers: string[]
  isNew: (number: string) => boolean
  added: string[]
  refusals: ReadonlyMap<string, ApiError>
}

/** Which doors these will be; what is there already is left out. */
function Preview({ numbers, isNew, added, refusals }: PreviewProps) {
  if (numbers.length === 0) return null
  return (
    <ul aria-label={m.setupNumbersPreview()} className="flex max-h-40 flex-wrap gap-1 overflow-auto">
      {numbers.map((number) => {
        const isAdded = added.includes(number)
        const isThere = !isAdded && !isNew(number)
        const tone = isAdded ? 'success' : refusals.has(number) ? 'danger' : isThere ? 'plain' : 'accent'
        return (
          <li key={number}>
            <Badge tone={tone}>
              {isThere ? <del>{number}</del> : number}
              {isThere && <span className="sr-only"> {m.setupNumberTaken()}</span>}
              {isAdded && ' ✓'}
            </Badge>
          </li>
        )
      })}
    </ul>
  )
}
