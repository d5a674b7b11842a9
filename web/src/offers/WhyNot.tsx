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
      <Nearest {...{ nearest, roomTypes, currency, onLead }} />
    </>
  )
}

function Refusal({ refusal }: { refusal: OfferRefusal }) {
  const { property, may } = useApp()
  const { date, restriction, message } = refusal
  return (
    <li>
      <p className="font-medium">{refusalWord(refusal, property.businessDate)}</p>
      {restriction && date ? (
        <p className="text-muted">{ruleSentence({ ...restriction, date })}</p>
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
