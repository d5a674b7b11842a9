import { Link } from '@tanstack/react-router'
import { withDays } from '../i18n/days'
import { ruleSentence } from '../i18n/rules'
import { day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Nearest } from './Nearest'
import type { Offer, OfferChange, OfferRefusal, Offers } from './queries'
import { refusalWord } from './words'

interface Props {
  offer: Offer
  /** Who asked: too many for the type, perhaps. */
  adults: number
  roomTypes: Offers['roomTypes']
  currency: string
  onLead: (change: OfferChange) => void
}

/** Every reason in full, and what is nearest to what was asked for. */
export function WhyNot({ offer, adults, roomTypes, currency, onLead }: Props) {
  const { refusals, nearest, roomTypeId } = offer
  const type = roomTypes.find(({ id }) => id === roomTypeId)
  return (
    <>
      <h3 className="mb-2 font-semibold">{m.offersWhy()}</h3>
      <ul aria-label={m.offersWhy()} className="space-y-2 rounded-md bg-sunken px-3 py-2">
        {refusals.map((refusal) => (
          <Refusal
            key={`${refusal.message} ${refusal.date}`}
            refusal={refusal}
            most={type && crowded(type, adults)}
          />
        ))}
      </ul>
      <h3 className="mt-5 mb-2 font-semibold">{m.offersInstead()}</h3>
      {nearest.length === 0 && <p className="text-muted">{m.offersInsteadNone()}</p>}
      <Nearest {...{ nearest, roomTypes, currency, onLead }} />
    </>
  )
}

type Type = Offers['roomTypes'][number]

/** As the forms of a stay say it. */
const crowded = ({ maxAdults, maxOccupancy }: Type, adults: number): string =>
  adults > maxAdults ? m.stayAdultsMost({ count: maxAdults }) : m.stayPersonsMost({ count: maxOccupancy })

function Refusal({ refusal, most }: { refusal: OfferRefusal; most: string | undefined }) {
  const { property, may } = useApp()
  const { date, restriction, message, rule } = refusal
  return (
    <li>
      <p className="font-medium">{refusalWord(refusal, property.businessDate)}</p>
      {restriction && date ? (
        <p className="text-muted">{ruleSentence({ ...restriction, date })}</p>
      ) : rule === 'OCCUPANCY' && most ? (
        <p className="text-muted">{most}</p>
      ) : (
        // The API's own sentence.
        <p dir="ltr" className="text-start text-muted">
          {withDays(message)}
        </p>
      )}
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
