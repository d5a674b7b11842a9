import type { ReactNode } from 'react'
import { useFormat } from '../i18n/locale'
import { day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { toldAges } from '../reservations/fields'
import { useStays } from '../reservations/openStay'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Drawer } from '../ui/Dialog'
import { NotFound } from '../ui/PageState'
import { type Asked as Query, QueryState } from '../ui/QueryState'
import type { Asked } from './asked'
import { at, type Spot } from './grid'
import { OfferTerms } from './OfferTerms'
import type { OfferChange, Offers } from './queries'
import { WhyNot } from './WhyNot'

interface Props {
  spot: Spot
  offers: Query<Offers> & { isOld: boolean }
  asked: Asked
  onLead: (change: OfferChange) => void
  onClose: () => void
}

/** An offer with all that a guest asks about it, or why there is none and what there is instead. */
export function OfferPanel({ spot, offers, asked, onLead, onClose }: Props) {
  const { may } = useApp()
  const { openBooking } = useStays()
  const found = offers.data && at(offers.data, spot)
  const book = () => {
    const { roomTypeId, ratePlanId, checkInDate, checkOutDate } = spot
    const [from, to] = [day(checkInDate), day(checkOutDate)]
    onClose()
    openBooking({
      from,
      to,
      roomTypeId,
      ratePlanId,
      adults: asked.adults,
      ages: toldAges(asked) ?? undefined,
    })
  }
  const { roomTypes = [], ratePlans = [] } = offers.data ?? {}
  const type = roomTypes.find((one) => one.id === spot.roomTypeId)
  const plan = ratePlans.find((one) => one.id === spot.ratePlanId)
  return (
    <Drawer
      isOpen
      onClose={onClose}
      title={[type?.name, plan?.name].join(' · ')}
      actions={
        found?.isAvailable &&
        may('pms.reservations.create') && (
          <Button look="primary" autoFocus onPress={book}>
            {m.stayBookDo()}
          </Button>
        )
      }
    >
      <Nights spot={spot} asked={asked} />
      {/* What was led to may be on its way. */}
      <QueryState query={found || !offers.isOld ? offers : { ...offers, data: undefined }}>
        {({ currency, roomTypes }) => {
          if (!found) return <NotFound />
          if (found.isAvailable) return <OfferTerms offer={found} plan={plan} currency={currency} />
          return <WhyNot offer={found} adults={asked.adults} {...{ roomTypes, currency, onLead }} />
        }}
      </QueryState>
    </Drawer>
  )
}

function Nights({ spot: { checkInDate, checkOutDate }, asked }: { spot: Spot; asked: Asked }): ReactNode {
  const format = useFormat()
  const nights = daysBetween(day(checkInDate), day(checkOutDate))
  return (
    <p className="mb-3 text-muted">
      {[
        `${format.day(checkInDate, 'long')} – ${format.day(checkOutDate, 'long')}`,
        m.reservationNights({ count: nights }),
        m.offersPersons({ count: asked.adults + asked.children }),
      ].join(' · ')}
    </p>
  )
}
