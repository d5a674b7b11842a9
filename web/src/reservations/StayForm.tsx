import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { api, dataOf, writeHeaders } from '../api/client'
import type { ApiError } from '../api/errors'
import { day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { notify } from '../ui/Toast'
import { FoundNote } from './BookDrawer'
import { type Draft, useDraft } from './draft'
import { ErrorNote } from './ErrorNote'
import { errorsOf, shownFields } from './faults'
import { type Change, carriedOver, changeOf, faultsOf, fieldsOf, type StayFields, toldAges } from './fields'
import { GuestFields } from './GuestFields'
import { PackageField } from './PackageField'
import { packagesQuery } from './packages'
import { QuoteBox } from './QuoteBox'
import { type Booking, useHouse } from './queries'
import {
  AgeFields,
  type FormPart,
  FormSection,
  HoldFields,
  NoteFields,
  PersonFields,
  PlanField,
  SourceFields,
  TypeField,
} from './StayFieldSet'
import { useChangeQuote, useQuote } from './useQuote'
import { useStayWrite } from './useStayWrite'
import { WishFields } from './WishFields'

/** What was typed, and the state of the stay on which it was typed: both are needed to tell one's own changes from those of others. */
interface Typed {
  base: StayFields
  own: StayFields
}

export interface StayFormState extends FormPart {
  stay: Booking
  /** As it was when the form opened, or after the last save. */
  seen: Booking
  isChanged: boolean
  isFound: boolean
  error: ApiError | null
  drop: () => void
  actions: ReactNode
}

/** The form of a stay that is booked. Its state lives above the tabs, so that looking at the history loses nothing. */
export function useStayForm(stay: Booking): StayFormState {
  const { property, may } = useApp()
  const { types, today } = useHouse()
  const now = useMemo(() => fieldsOf(stay, property.timezone, today), [stay, property.timezone, today])
  const kept = useDraft<Typed>(`stay.${stay.id}`, { base: now, own: now })
  const { base, own } = kept.value
  // What one did not touch follows the stay as it is, whoever changed it.
  const value = useMemo(() => carriedOver(base, own, now), [base, own, now])
  const draft: Draft<StayFields> = {
    value,
    change: (part) => kept.set({ base: now, own: { ...value, ...part } }),
    set: (fields) => kept.set({ base: now, own: fields }),
    drop: (fields) => kept.drop({ base: fields, own: fields }),
    isFound: kept.isFound,
  }
  const [seen, setSeen] = useState(stay)
  const change = changeOf(now, value, property.timezone)
  const isChanged = Object.keys(change).length > 0 && may('pms.reservations.edit')
  const write = useStayWrite<Change>(
    (body, key) => saveStay(stay, body, key),
    (booking) => {
      const fields = fieldsOf(booking, property.timezone, today)
      kept.drop({ base: fields, own: fields })
      setSeen(booking)
      notify({ text: m.staySaved() })
    },
  )
  const type = types.find((one) => one.id === value.roomTypeId)
  const faults = isChanged ? faultsOf(value, type) : {}
  const drop = () => {
    kept.drop({ base: now, own: now })
    setSeen(stay)
    write.reset()
  }
  const save = () => {
    if (Object.keys(faults).length === 0) write.mutate(change)
  }
  const actions = (
    <>
      <Button onPress={drop}>{m.stayDiscard()}</Button>
      <Button look="primary" isPending={write.isPending} onPress={save}>
        {m.staySave()}
      </Button>
    </>
  )
  const errorOf = errorsOf(faults, type, write.error)
  return { stay, seen, draft, errorOf, isChanged, isFound: kept.isFound, error: write.error, drop, actions }
}

const saveStay = (stay: Booking, change: Change, key: string): Promise<Booking> =>
  dataOf(
    api.PATCH('/api/v1/pms/reservations/{id}', {
      params: { path: { id: stay.id } },
      headers: writeHeaders(key),
      // What is absent stays; the types of the document ask for every field that has a default.
      body: { ...change, version: stay.version } as Required<Change>,
    }),
  )

export function StayForm({ form }: { form: StayFormState }) {
  const { stay, draft, errorOf, error, seen } = form
  const isBeforeArrival = stay.status === 'HOLD' || stay.status === 'CONFIRMED'
  return (
    <>
      {form.isFound && form.isChanged && <FoundNote onDrop={form.drop} />}
      {error && (
        <div className="mb-4">
          <ErrorNote error={error} seen={seen} shown={shownFields} />
        </div>
      )}
      <FormSection title={m.stayGuest()}>
        <GuestFields draft={draft} errorOf={errorOf} />
      </FormSection>
      <FormSection title={m.stayTerms()}>
        <div className="grid gap-3 sm:grid-cols-2">
          <TypeField draft={draft} errorOf={errorOf} isLocked={!isBeforeArrival} />
          <PlanField draft={draft} errorOf={errorOf} isLocked={!isBeforeArrival} />
          <PersonFields draft={draft} errorOf={errorOf} />
        </div>
        <AgeFields draft={draft} errorOf={errorOf} />
        {(isBeforeArrival || stay.status === 'CHECKED_IN') && (
          <>
            <PackageField draft={draft} errorOf={errorOf} stay={stay} />
            <NewPrice form={form} />
          </>
        )}
        {stay.status === 'HOLD' && <HoldFields draft={draft} errorOf={errorOf} mayChoose={false} />}
      </FormSection>
      <FormSection title={m.stayMore()}>
        <SourceFields draft={draft} errorOf={errorOf} />
        <div className="mt-3">
          <WishFields draft={draft} errorOf={errorOf} />
        </div>
        <div className="mt-3">
          <NoteFields draft={draft} errorOf={errorOf} />
        </div>
      </FormSection>
    </>
  )
}

/** Another type or plan prices every night anew, other packages come on top: that is shown before it is saved. */
function NewPrice({ form: { stay, draft } }: { form: StayFormState }) {
  const { value } = draft
  const { today } = useHouse()
  const { propertyId, checkInDate, checkOutDate } = stay
  const { may } = useApp()
  const { data: all } = useQuery({ ...packagesQuery(propertyId), enabled: may('pms.rates.view') })
  const { roomTypeId, ratePlanId } = value
  const packageIds = [...(value.packageIds ?? [])]
  const isOther = roomTypeId !== stay.roomTypeId || ratePlanId !== stay.ratePlanId
  const booked = fieldsOf(stay, 'UTC', today)
  const persons = ({ adults, children, ages = '' }: StayFields) => [adults, children, ages].join()
  // The quote of a change is for who is booked: with others there is no price yet.
  const arePersonsSame = persons(value) === persons(booked)
  const isPacked = !isOther && arePersonsSame && packageIds.join() !== booked.packageIds?.join()
  const quote = useQuote({
    propertyId,
    ...(isOther && roomTypeId ? { roomTypeId } : {}),
    ...(ratePlanId ? { ratePlanId } : {}),
    checkInDate,
    checkOutDate,
    adults: value.adults,
    children: value.children,
    childAges: toldAges(value),
    // Another plan takes along what is still sold.
    packageIds: packageIds.filter((id) => !all || all.some((one) => one.id === id && one.isActive)),
  })
  const packed = useChangeQuote(stay.id, day(checkInDate), day(checkOutDate), isPacked, packageIds)
  if (!isOther && !isPacked) return null
  return (
    <div className="mt-3">
      <QuoteBox {...(isOther ? quote : packed)} />
    </div>
  )
}
