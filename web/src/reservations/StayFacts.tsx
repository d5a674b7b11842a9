import type { ReactNode } from 'react'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { type Booking, useHouse } from './queries'
import { wishWords } from './WishFields'
import { sourceName } from './words'

/** What a stay says, for who may not change it: text, no fields that only look as if one could type into them. */
export function StayFacts({ stay }: { stay: Booking }) {
  const format = useFormat()
  const { plan } = useHouse()
  const guest = stay.primaryGuestJson
  const contact = [guest.email, guest.phone].filter(Boolean).join(' · ')
  return (
    <dl className="grid grid-cols-[minmax(7rem,10rem)_1fr] gap-x-3 gap-y-1.5">
      <Fact name={m.stayAdults()}>{format.number(stay.adults)}</Fact>
      <Fact name={m.stayChildren()}>{stay.children > 0 && format.number(stay.children)}</Fact>
      <Fact name={m.stayContact()}>{contact && <span dir="ltr">{contact}</span>}</Fact>
      <Fact name={m.stayPlan()}>{plan(stay.ratePlanId)}</Fact>
      <Fact name={m.stayArrivalTime()}>{stay.arrivalTime && format.time(stay.arrivalTime)}</Fact>
      <Fact name={m.staySource()}>{sourceName(stay.sourceType)}</Fact>
      <Fact name={m.staySourceRef()}>{stay.sourceRef}</Fact>
      <Fact name={m.wishTitle()}>{stay.wishes && wishWords(stay.wishes)}</Fact>
      <Fact name={m.stayGuestNotes()}>{stay.guestNotes}</Fact>
      <Fact name={m.stayInternalNotes()}>{stay.internalNotes}</Fact>
    </dl>
  )
}

/** Nothing is said of what is empty. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 whitespace-pre-line break-words">{children}</dd>
    </>
  )
}
