import { useFormat } from '../i18n/locale'
import type { Day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { toldAges } from '../reservations/fields'
import { AgeFields, mostAges, PersonFields, type PersonPart } from '../reservations/StayFieldSet'
import { DatePicker } from '../ui/DatePicker'
import { Select } from '../ui/Select'
import { NumberField } from '../ui/TextField'
import { type Asked, mostNightsAround } from './asked'

interface Props {
  asked: Asked
  today: Day
  onChange: (part: Partial<Asked>) => void
}

const within = (value: number, least: number, most: number) =>
  Number.isNaN(value) ? least : Math.min(Math.max(value, least), most)

/** What the guest on the telephone says. Each change searches. */
export function OfferForm({ asked, today, onChange }: Props) {
  const format = useFormat()
  const { arrival, nights, adults, children, around } = asked
  const persons: PersonPart = {
    draft: {
      value: asked,
      // Nobody is searched for without an adult, and the age of each child is asked.
      change: (part) =>
        onChange({
          ...part,
          adults: within(part.adults ?? adults, 1, 1000),
          children: within(part.children ?? children, 0, mostAges),
        }),
    },
    errorOf: (field) => (field === 'ages' && !toldAges(asked) ? m.offersAgesMissing() : undefined),
  }
  const isLong = nights > mostNightsAround
  return (
    <form
      aria-label={m.navOffers()}
      onSubmit={(event) => event.preventDefault()}
      className="mx-4 mb-3 rounded-md border border-line bg-surface px-3 pt-2 pb-3"
    >
      <div className="grid grid-cols-2 items-start gap-3 md:grid-cols-5">
        <DatePicker
          label={m.stayArrival()}
          min={today}
          value={arrival}
          onChange={(date) => date && onChange({ arrival: date })}
          error={arrival < today ? m.offersArrivalPast({ date: format.day(today, 'short') }) : undefined}
          className="max-md:col-span-2"
        />
        <NumberField
          label={m.reservationsNights()}
          minValue={1}
          maxValue={180}
          value={nights}
          onChange={(typed) => onChange({ nights: within(typed, 1, 180) })}
          stepLabels={{ less: m.offersNightLess(), more: m.offersNightMore() }}
        />
        <Select
          label={m.offersAround()}
          isDisabled={isLong}
          choices={Array.from({ length: 8 }, (_, days) => ({
            id: String(days),
            label: days === 0 ? m.offersAroundNone() : m.offersAroundDays({ count: days }),
          }))}
          value={isLong ? '0' : String(around)}
          onChange={(days) => onChange({ around: Number(days) })}
          description={isLong ? m.offersAroundMost({ nights: format.number(mostNightsAround) }) : undefined}
        />
        <PersonFields {...persons} />
      </div>
      <AgeFields {...persons} />
    </form>
  )
}
