import type { ReactNode } from 'react'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Checkbox } from '../ui/Choice'
import { DatePicker } from '../ui/DatePicker'
import { Select } from '../ui/Select'
import { NumberField, TextField } from '../ui/TextField'
import type { Draft } from './draft'
import { agesOf, type StayFields } from './fields'
import { useHouse } from './queries'
import { sources } from './search'
import { sourceName } from './words'

/** A part of the form of a stay: it shows what was typed and what is wrong with it, and changes nothing else. */
export interface FormPart {
  draft: Draft<StayFields>
  errorOf: (field: keyof StayFields) => string | undefined
}

/** Who stays: of a form of a stay, or of a search. */
export interface PersonPart {
  draft: {
    value: Persons
    change: (part: Partial<Persons>) => void
  }
  errorOf: (field: keyof Persons) => string | undefined
}

type Persons = Pick<StayFields, 'adults' | 'children' | 'ages'>

export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-5">
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  )
}

export function PersonFields({ draft: { value, change }, errorOf }: PersonPart) {
  return (
    <>
      <NumberField
        label={m.stayAdults()}
        minValue={0}
        maxValue={1000}
        value={value.adults}
        onChange={(adults) => change({ adults: Number.isNaN(adults) ? 0 : adults })}
        stepLabels={{ less: m.stayAdultLess(), more: m.stayAdultMore() }}
        error={errorOf('adults')}
      />
      <NumberField
        label={m.stayChildren()}
        minValue={0}
        maxValue={1000}
        value={value.children}
        onChange={(children) => change({ children: Number.isNaN(children) ? 0 : children })}
        stepLabels={{ less: m.stayChildLess(), more: m.stayChildMore() }}
        error={errorOf('children')}
      />
    </>
  )
}

const oldestChild = 17
/** A class of children arrives: their ages are not told one by one. */
export const mostAges = 12

/** How old each child is, where the price may follow it. */
export function AgeFields({ draft: { value, change }, errorOf }: PersonPart) {
  const format = useFormat()
  const ages = agesOf(value)
  const error = errorOf('ages')
  if (ages.length === 0 || ages.length > mostAges) return null
  const choices = [
    { id: '', label: m.stayChildAgeUntold() },
    ...Array.from({ length: oldestChild + 1 }, (_, age) => ({ id: String(age), label: format.number(age) })),
  ]
  return (
    <div className="mt-3 grid grid-cols-2 items-start gap-3 sm:grid-cols-4">
      {ages.map((age, n) => (
        <Select
          // biome-ignore lint/suspicious/noArrayIndexKey: a child has no name but its place
          key={n}
          label={m.stayChildAge({ number: format.number(n + 1) })}
          choices={choices}
          value={age === null ? '' : String(age)}
          onChange={(told) => change({ ages: ages.map((one, at) => (at === n ? told : (one ?? ''))).join() })}
          error={age === null ? error : undefined}
        />
      ))}
    </div>
  )
}

/** The type that is charged. `lefts` says how many rooms of each type are left. */
export function TypeField({
  draft: { value, change },
  errorOf,
  isLocked = false,
  lefts,
}: FormPart & { isLocked?: boolean; lefts?: ReadonlyMap<string, number> | undefined }) {
  const { types } = useHouse()
  const left = (id: string) => {
    const count = lefts?.get(id)
    if (count === undefined) return undefined
    return count > 0 ? m.stayLeft({ count }) : m.stayFull()
  }
  return (
    <Select
      label={m.stayType()}
      isRequired
      isDisabled={isLocked}
      choices={types
        .filter((one) => one.isActive || one.id === value.roomTypeId)
        .map((one) => ({ id: one.id, label: one.name, note: left(one.id) }))}
      value={value.roomTypeId}
      onChange={(roomTypeId) => change({ roomTypeId })}
      placeholder={m.stayTypeChoose()}
      error={errorOf('roomTypeId')}
    />
  )
}

export function PlanField({
  draft: { value, change },
  errorOf,
  isLocked = false,
}: FormPart & { isLocked?: boolean }) {
  const { plans } = useHouse()
  return (
    <Select
      label={m.stayPlan()}
      isDisabled={isLocked}
      choices={plans
        .filter((one) => one.isActive || one.id === value.ratePlanId)
        .map((one) => ({ id: one.id, label: one.name }))}
      value={value.ratePlanId ?? plans.find((one) => one.isDefault)?.id ?? null}
      onChange={(ratePlanId) => change({ ratePlanId })}
      error={errorOf('ratePlanId')}
    />
  )
}

export function SourceFields({ draft: { value, change }, errorOf }: FormPart) {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <TextField
        label={m.stayArrivalTime()}
        type="time"
        value={value.arrivalTime}
        onChange={(arrivalTime) => change({ arrivalTime })}
        error={errorOf('arrivalTime')}
      />
      <Select
        label={m.staySource()}
        choices={sources.map((id) => ({ id, label: sourceName(id) }))}
        value={value.sourceType}
        onChange={(sourceType) => change({ sourceType })}
        error={errorOf('sourceType')}
      />
      <TextField
        label={m.staySourceRef()}
        value={value.sourceRef}
        onChange={(sourceRef) => change({ sourceRef })}
        error={errorOf('sourceRef')}
        autoComplete="off"
      />
    </div>
  )
}

export function NoteFields({ draft: { value, change }, errorOf }: FormPart) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={m.stayGuestNotes()}
        rows={3}
        value={value.guestNotes}
        onChange={(guestNotes) => change({ guestNotes })}
        error={errorOf('guestNotes')}
      />
      <TextField
        label={m.stayInternalNotes()}
        rows={3}
        value={value.internalNotes}
        onChange={(internalNotes) => change({ internalNotes })}
        error={errorOf('internalNotes')}
      />
    </div>
  )
}

/** Until when the rooms are kept. `mayChoose`: whether it is a hold at all is decided here, too. */
export function HoldFields({ draft, errorOf, mayChoose }: FormPart & { mayChoose: boolean }) {
  const { value, change } = draft
  const { today } = useHouse()
  const { property } = useApp()
  return (
    <div className="mt-3">
      {mayChoose && (
        <Checkbox isSelected={value.isHold} onChange={(isHold) => change({ isHold })}>
          {m.stayHoldChoose()}
        </Checkbox>
      )}
      {value.isHold && (
        <div className="mt-1 grid grid-cols-2 gap-3">
          <DatePicker
            label={m.stayHoldUntil()}
            min={today}
            value={value.holdDay}
            onChange={(holdDay) => change({ holdDay })}
            description={mayChoose ? m.stayHoldDefault() : m.stayZone({ zone: property.timezone })}
            error={errorOf('holdDay')}
          />
          <TextField
            label={m.stayHoldTime()}
            type="time"
            value={value.holdTime}
            onChange={(holdTime) => change({ holdTime })}
          />
        </div>
      )}
    </div>
  )
}
