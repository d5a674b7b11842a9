import { Link } from '@tanstack/react-router'
import { useFormat } from '../i18n/locale'
import { day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import type { Offer, OfferChange, OfferRefusal, Offers } from './queries'
import { changeWord, refusalWord } from './words'

interface Props {
  offer: Offer
  roomTypes: Offers['roomTypes']
  currency: string
  onLead: (change: OfferChange) => void
}

/** Every reason in full, and what is nearest to what was asked for. */
export function WhyNot({ offer: { refusals, nearest }, roomTypes, currency, onLead }: Props) {
  return (
    <>
      <h3 className="mb-2 font-semibold">{m.offersWhy()}</h3>
      <ul aria-label={m.offersWhy()} className="space-y-2 rounded-md bg-sunken px-3 py-2">
        {refusals.map((refusal) => (
          <Refusal key={`${refusal.message} ${refusal.date}`} refusal={refusal} />
        ))}
      </ul>
      <h3 className="mt-5 mb-2 font-semibold">{m.offersInstead()}</h3>
      {nearest.length === 0 && <p className="text-muted">{m.offersInsteadNone()}</p>}
      <ul aria-label={m.offersInstead()} className="space-y-2">
        {nearest.map((change) => (
          <li key={change.kind}>
            <Change
              change={change}
              type={roomTypes.find((one) => one.id === change.roomTypeId)?.name ?? ''}
              currency={currency}
              onLead={onLead}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

function Refusal({ refusal }: { refusal: OfferRefusal }) {
  const { property, may } = useApp()
  const { date, restriction, message } = refusal
  return (
    <li>
      <p className="font-medium">{refusalWord(refusal, property.businessDate)}</p>
      {/* The API's own sentence: it names the rule, the date and for whom it counts. */}
      <p dir="ltr" className="text-start text-muted">
        {message}
      </p>
      {restriction && date && may('pms.rates.view') && (
        <Link
          to="/set-up/$section"
          params={{ section: 'restrictions' }}
          search={{ property: property.id, start: day(date) }}
          className="text-accent-text underline"
        >
          {m.calendarMenuRestrictions()}
        </Link>
      )}
    </li>
  )
}

interface ChangeProps extends Pick<Props, 'currency' | 'onLead'> {
  change: OfferChange
  type: string
}

function Change({ change, type, currency, onLead }: ChangeProps) {
  const format = useFormat()
  const { kind, checkInDate, checkOutDate, totalCents } = change
  const nights = m.reservationNights({ count: daysBetween(day(checkInDate), day(checkOutDate)) })
  const what = kind === 'ROOM_TYPE' ? type : `${format.days(checkInDate, checkOutDate, 'short')} · ${nights}`
  return (
    <Button
      className="w-full justify-start! gap-3! whitespace-normal! py-1.5 text-start!"
      onPress={() => onLead(change)}
    >
      <span className="min-w-0 grow">
        <span className="block font-normal text-muted text-xs">{changeWord(change)}</span>
        <bdi>{what}</bdi>
      </span>
      <span>{format.money(totalCents, currency)}</span>
      <Icon name="next" className="text-muted" />
    </Button>
  )
}
