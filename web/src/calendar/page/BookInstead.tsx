import { useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../../api/client'
import { day, daysBetween } from '../../kernel/dates'
import { Nearest } from '../../offers/Nearest'
import type { OfferChange } from '../../offers/queries'
import { m } from '../../paraglide/messages'
import type { PartProps } from './BookFields'
import { ledTo } from './bookDraft'

/** As many nights are offered at most. */
const mostNights = 180

/** What is nearest to nights that are not sold: other dates, another length, another type. */
export function BookInstead({ desk, draft, change, planId }: PartProps & { planId: string }) {
  const { propertyId } = desk.hotel
  const { range, typeId, adults } = draft
  const nights = range ? daysBetween(range.from, range.to) : 0
  const asked = {
    propertyId,
    arrival: range?.from ?? '',
    departure: range?.to ?? '',
    adults,
    plans: planId,
  }
  const { data } = useQuery({
    queryKey: ['offers', asked],
    enabled: nights > 0 && nights <= mostNights,
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/pms/offers', { params: { query: asked }, signal })),
  })
  const nearest = data?.offers.find((one) => one.roomTypeId === typeId)?.nearest ?? []
  if (!data || nearest.length === 0) return null
  const lead = ({ roomTypeId, checkInDate, checkOutDate }: OfferChange) =>
    change(ledTo(desk.model, draft, { typeId: roomTypeId, from: day(checkInDate), to: day(checkOutDate) }))
  return (
    <section>
      <h3 className="mb-1 font-medium text-muted text-xs">{m.offersInstead()}</h3>
      <Nearest nearest={nearest} roomTypes={data.roomTypes} currency={data.currency} onLead={lead} />
    </section>
  )
}
