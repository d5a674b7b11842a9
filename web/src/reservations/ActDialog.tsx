import { useRef, useState } from 'react'
import type { ApiError } from '../api/errors'
import { usePaper } from '../folios/usePaper'
import { useFormat } from '../i18n/locale'
import { addDays, type Day, day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Note } from '../ui/Note'
import { notify } from '../ui/Toast'
import { ActFields, type Form, isMoved, PriceOf } from './ActFields'
import { type ActName, type ActValues, noValues, type Sent, send } from './acts'
import { actWords } from './actWords'
import { ErrorNote } from './ErrorNote'
import { FeeBox } from './FeeBox'
import { PayFirst } from './PayFirst'
import { type Booking, useHouse } from './queries'
import { settle } from './settling'
import { tellWarnings } from './tellWarnings'
import { useFee } from './useFee'
import { useStayWrite } from './useStayWrite'
import { lackWords } from './WishFields'
import { guestNameOf } from './words'

const forms: Partial<Record<ActName, Form>> = {
  cancel: { reason: 'free' },
  noShow: { reason: 'free' },
  reinstate: { reason: 'needed', room: 'free' },
  assign: { room: 'free' },
  move: {
    room: 'free',
    day: (stay, today) => ({ label: m.stayArrival(), min: today, first: day(stay.checkInDate) }),
  },
  dates: { dates: true },
  split: {
    room: 'needed',
    day: (stay, today) => {
      const [first, last] = [addDays(day(stay.checkInDate), 1), addDays(day(stay.checkOutDate), -1)]
      const min = stay.status === 'CHECKED_IN' && today > first ? today : first
      return { label: m.staySplitFrom(), min, max: last, first: min }
    },
  },
}

/** Whether the act asks, or tells, something before it is done. */
export function asksFirst(
  act: ActName,
  stay: Pick<Booking, 'roomId' | 'checkInDate' | 'checkOutDate'>,
  today: Day,
): boolean {
  if (forms[act] || act === 'undoCheckIn') return true
  if (act === 'checkIn') return !stay.roomId || stay.checkInDate > today
  return act === 'checkOut' && stay.checkOutDate > today
}

function formOf(act: ActName, stay: Booking, today: Day): Form {
  if (act === 'checkIn') {
    const early = Math.max(0, daysBetween(today, day(stay.checkInDate)))
    return { early, ...(stay.roomId ? {} : { room: 'needed' }) }
  }
  const form = forms[act] ?? {}
  // Who is in the house came already: the day of arrival stands.
  return act === 'move' && stay.status === 'CHECKED_IN' ? { room: 'needed' } : form
}

/** What the person should know beforehand. */
function useForewarning(act: ActName, stay: Booking): string | undefined {
  const { today } = useHouse()
  const format = useFormat()
  if (act === 'checkIn' && stay.checkInDate > today)
    return m.stayEarlyIn({
      count: daysBetween(today, day(stay.checkInDate)),
      arrival: format.day(stay.checkInDate),
      today: format.day(today),
    })
  if (act === 'checkOut' && stay.checkOutDate > today)
    return m.stayEarlyOut({ departure: format.day(stay.checkOutDate) })
  if (act === 'undoCheckIn') return m.stayUndoInText()
  if (act === 'cancel') return m.stayCancelText()
  const isInHouse = stay.status === 'CHECKED_IN'
  return isInHouse && (act === 'move' || act === 'dates' || act === 'split') ? m.stayInHouseText() : undefined
}

/** What the account is open for, when that is why the guest could not go. */
const balanceIn = (error: ApiError | null): number | undefined =>
  error?.code === 'FOLIO_NOT_BALANCED' ? Number(error.facts.balanceCents) : undefined

/** The room is not as the stay must have it. */
const isOfWishes = (error: ApiError | null): boolean => error?.code === 'ROOM_NOT_AS_WISHED'

/** What was said yes to stays so, when something else is asked after it. */
const saidYesTo = (error: ApiError | null): Partial<ActValues> =>
  isOfWishes(error) ? { overridesWishes: true } : { isInsisted: true }

/** A refusal that a person may overrule, as a question: a room that is not clean, a balance that is open. */
function useQuestion(act: ActName, error: ApiError | null, stay: Booking): string | undefined {
  const format = useFormat()
  const names = useHouse()
  if (act === 'checkIn' && error?.facts.roomStatus === 'VACANT_DIRTY')
    return m.stayDirtyQuestion({ room: names.room(String(error.facts.roomId)) })
  if (isOfWishes(error))
    return m.wishQuestion({
      room: names.room(String(error?.facts.roomId)),
      what: lackWords(error?.facts.lacks),
    })
  const balance = act === 'checkOut' ? balanceIn(error) : undefined
  if (balance !== undefined) return m.stayBalanceQuestion({ amount: format.money(balance, stay.currency) })
  return undefined
}

/** Does something to the stay, and says so. */
export function useAct(stay: Sent, onDone: () => void) {
  const acted = useRef<ActName>('confirm')
  const { may } = useApp()
  const paper = usePaper()
  return useStayWrite<{ act: ActName; values: ActValues }>(
    ({ act, values }, key) => {
      acted.current = act
      return send(act, stay, values, key)
    },
    (booking) => {
      settle()
      const { lastName } = booking.primaryGuestJson
      const text = `${lastName}, ${booking.confirmationNumber}: ${actWords[acted.current].done()}`
      // Who leaves wants the paper, and is gone from the list that offers it.
      const isLeaving = acted.current === 'checkOut' && may('pms.folio.view')
      const print = { label: paper.label(booking), run: () => void paper.print(booking) }
      const { email } = booking.primaryGuestJson
      const mail = email &&
        paper.maySend && { label: m.letterToGuest(), run: () => void paper.send(booking, email) }
      notify(isLeaving ? { text, action: print, ...(mail ? { other: mail } : {}) } : { text })
      tellWarnings(booking)
      onDone()
    },
  )
}

export interface ActDialogProps {
  act: ActName
  stay: Booking
  /** A refusal of a first try that was made without asking. */
  refusal?: ApiError | null
  /** The room to begin with, where one is to be chosen. */
  roomId?: string | null
  /** Says whose stay it is, where it does not stand beside the dialog. */
  isNamed?: boolean
  onClose: () => void
}

/** One dialog for every act: what it needs, what it changes, and why it was refused. */
export function ActDialog({ act, stay, refusal = null, roomId = null, ...rest }: ActDialogProps) {
  const { isNamed = false, onClose } = rest
  const { today } = useHouse()
  const asks = formOf(act, stay, today)
  const asked = asks.day?.(stay, today)
  const [seen] = useState(stay)
  const [values, setValues] = useState<ActValues>(() => ({
    ...noValues,
    roomId,
    from: asked?.first ?? (asks.dates ? day(stay.checkInDate) : null),
    to: asks.dates ? day(stay.checkOutDate) : null,
  }))
  const form: Form = values.waivesFee ? { ...asks, reason: 'needed' } : asks
  const [isTried, setTried] = useState(false)
  const write = useAct(stay, onClose)
  const error = write.error ?? (write.isIdle ? refusal : null)
  const { way, feeCents, hasChanged } = useFee(act, stay.id, error)
  const question = useQuestion(act, error, stay)
  const forewarning = useForewarning(act, stay)
  const { label, isDanger } = actWords[act]
  const lacks = isLacking(form, values) || (act === 'move' && !isMoved(stay, values))
  const submit = () => {
    setTried(true)
    const next = { ...values, ...(question ? saidYesTo(error) : {}) }
    setValues(next)
    if (!lacks) write.mutate({ act, values: { ...next, addsNights: Boolean(form.early), feeCents } })
  }
  const owed = act === 'checkOut' ? balanceIn(error) : undefined
  const goOn =
    owed !== undefined
      ? m.stayLetGo()
      : question
        ? m.stayAllTheSame()
        : form.early
          ? m.stayEarlyInDo({ count: form.early })
          : label()
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={label()}
      role="alertdialog"
      actions={
        <>
          <Button onPress={onClose}>{act === 'cancel' ? m.stayKeep() : m.uiCancel()}</Button>
          {owed !== undefined && (
            <PayFirst stay={stay} balance={owed} onPaid={() => write.mutate({ act, values })} />
          )}
          <Button
            look={isDanger || question ? 'danger' : 'primary'}
            isPending={write.isPending}
            onPress={submit}
          >
            {goOn}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {isNamed && <Whose stay={stay} />}
        {forewarning && <p className="text-pretty">{forewarning}</p>}
        {act === 'checkOut' && stay.checkInDate < today && today < stay.checkOutDate && (
          <PriceOf stay={stay} from={day(stay.checkInDate)} to={today} />
        )}
        {way && (
          <FeeBox
            stayId={stay.id}
            way={way}
            waive={{
              isWaived: values.waivesFee,
              onChange: (waivesFee) => setValues({ ...values, waivesFee }),
            }}
          />
        )}
        <ActFields
          form={form}
          stay={stay}
          values={values}
          asked={asked}
          isTried={isTried}
          onChange={setValues}
        />
        {hasChanged || question ? (
          <Note tone="warning">{question ?? m.feeChanged()}</Note>
        ) : (
          <ErrorNote error={error} seen={seen} />
        )}
      </div>
    </Dialog>
  )
}

const Whose = ({ stay }: { stay: Booking }) => (
  <p>
    <bdi className="font-semibold">{guestNameOf(stay)}</bdi>
    <span className="text-muted"> · </span>
    <span dir="ltr" className="text-muted">
      {stay.confirmationNumber}
    </span>
  </p>
)

const isLacking = (form: Form, values: ActValues): boolean =>
  (form.room === 'needed' && !values.roomId) ||
  (form.reason === 'needed' && !values.reason.trim()) ||
  (form.dates === true && !(values.from && values.to && values.from < values.to)) ||
  (form.day !== undefined && !values.from)
