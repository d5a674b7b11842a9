import { useState } from 'react'
import { ulid } from '../../kernel/ids'
import { m } from '../../paraglide/messages'
import { keepTyped } from '../../reservations/draft'
import { errorsOf } from '../../reservations/faults'
import { crowdOf } from '../../reservations/fields'
import { useStays } from '../../reservations/openStay'
import { useHouse } from '../../reservations/queries'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import type { BookingAnswer } from '../core/answers'
import type { Desk } from '../desk/Desk'
import { Persons, Terms, Where } from './BookFields'
import { BookPrice } from './BookPrice'
import {
  adultsFor,
  type BookedDraft,
  type BookRequest,
  bodyFor,
  canCheckIn,
  changed,
  type Draft,
  draftOf,
  isRange,
  sourceFor,
} from './bookDraft'
import { useRefusal } from './news'
import { act } from './useActs'
import { useBookQuote, whyId } from './useBookQuote'

/** A booking in a few fields: who, how many, at which price. */
export function BookDialog({
  desk,
  request,
  onClose,
  onFit,
}: {
  desk: Desk
  request: BookRequest
  onClose(): void
  /** It was booked, and no single room is free for it. */
  onFit(stayId: string): void
}) {
  const { types } = useHouse()
  const [first] = useState<Draft>(() => draftOf(desk, request))
  const [typed, setDraft] = useState(first)
  const type = types.find(({ id }) => id === typed.typeId)
  const draft = { ...typed, adults: adultsFor(typed, type) }
  const change = (part: Partial<Draft>) => setDraft((known) => changed(known, part))
  const crowd = crowdOf(draft, type)
  const isCrowded = Object.keys(crowd).length > 0
  const { quote, isStopped } = useBookQuote(desk, draft, isCrowded)
  const { send, isPending, isTried, refusal } = useSending(desk, request, draft, { onDone: onClose, onFit })
  const submit = () => {
    // By Enter from a field, where the button cannot say that it is off.
    if (isStopped) goToWhy()
    else void send()
  }
  const isNameMissing = isTried && draft.lastName.trim() === ''
  return (
    <Dialog
      isOpen
      title={m.calendarBookTitle()}
      onClose={onClose}
      actions={
        <>
          <AllFields desk={desk} draft={draft} isTyped={typed !== first} onClose={onClose} />
          <Button onPress={onClose}>{m.calendarBack()}</Button>
          <Button
            look="primary"
            isPending={isPending}
            isDisabled={isStopped}
            {...(isStopped && !isCrowded ? { 'aria-describedby': whyId } : {})}
            onPress={submit}
          >
            {m.calendarBookSave()}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-3 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextField
          label={m.calendarBookLastName()}
          value={draft.lastName}
          onChange={(lastName) => change({ lastName })}
          error={isNameMissing ? m.calendarBookNameMissing() : undefined}
          maxLength={200}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <TextField
          label={m.calendarBookFirstName()}
          value={draft.firstName}
          onChange={(firstName) => change({ firstName })}
          maxLength={200}
          autoComplete="off"
        />
        <Where desk={desk} draft={draft} change={change} />
        <Persons draft={draft} change={change} errorOf={errorsOf(crowd, type, null)} />
        <Terms desk={desk} draft={draft} change={change} />
        <button type="submit" hidden />
      </form>
      {isRange(draft.range) && !isCrowded && (
        <BookPrice desk={desk} draft={draft} change={change} quote={quote} isStopped={isStopped} />
      )}
      {refusal && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger-text">
          {refusal}
        </p>
      )}
    </Dialog>
  )
}

/** Beside the price, or at the field that is wrong. */
const goToWhy = () =>
  document.querySelector<HTMLElement>(`#${whyId}, [role=dialog] [aria-invalid=true]`)?.focus()

interface AllFieldsProps {
  desk: Desk
  draft: BookedDraft
  isTyped: boolean
  onClose(): void
}

/** To the drawer with everything that a booking can say. */
function AllFields({ desk, draft, isTyped, onClose }: AllFieldsProps) {
  const { openBooking } = useStays()
  const open = () => {
    onClose()
    const { range, roomId, typeId } = draft
    const seed = { from: range?.from, to: range?.to, roomId: roomId ?? undefined, roomTypeId: typeId }
    const { lastName, firstName, adults, children, isHold, planId: ratePlanId } = draft
    const typed = {
      lastName,
      firstName,
      adults,
      children,
      isHold,
      sourceType: sourceFor(desk, draft),
      ...(ratePlanId && { ratePlanId }),
    }
    if (isTyped) keepTyped(desk.hotel.propertyId, seed, typed)
    openBooking(seed)
  }
  return (
    <Button look="quiet" className="me-auto" onPress={open}>
      {m.calendarBookMore()}
    </Button>
  )
}

interface Booked {
  onDone(): void
  onFit(stayId: string): void
}

function useSending(desk: Desk, request: BookRequest, draft: BookedDraft, { onDone, onFit }: Booked) {
  const [id] = useState(ulid)
  const [isPending, setPending] = useState(false)
  const [isTried, setTried] = useState(false)
  const refusal = useRefusal(desk)
  async function send() {
    setTried(true)
    if (isPending || draft.lastName.trim() === '' || !isRange(draft.range)) return
    setPending(true)
    const body = bodyFor(desk, draft, draft.range)
    const outcome = await desk.do(
      { action: { kind: 'book', id, body }, versions: {}, key: request.key },
      true,
    )
    setPending(false)
    if (!outcome.ok) return refusal.set(outcome.refusal)
    onDone()
    const booking = outcome.data as BookingAnswer
    const [bar] = desk.model.stay(booking.id)
    const row = bar && desk.model.rowOf(bar)
    // Who drew the nights looks at them already.
    if (row && request.isAnyType) desk.reveal({ row, night: bar.from })
    if (draft.isHere && canCheckIn(desk, draft))
      void act(desk, { kind: 'checkIn', id: booking.id }, booking.version)
    const isLost = booking.warnings?.some(({ code }) => code === 'NO_SINGLE_ROOM_FREE')
    if (isLost && desk.hotel.may('pms.calendar.move')) onFit(booking.id)
  }
  return { send, isPending, isTried, refusal: refusal.text }
}
