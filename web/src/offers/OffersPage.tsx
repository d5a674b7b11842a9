import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useFormat } from '../i18n/locale'
import { addDays, type Day, day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { useLive } from '../shell/useLive'
import { Icon } from '../ui/Icon'
import { PageHeader } from '../ui/PageHeader'
import { EmptyState } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import { type Asked, askedOf, questionOf } from './asked'
import { gridOf, type OfferGrid, type Spot } from './grid'
import { OfferForm } from './OfferForm'
import { OfferPanel } from './OfferPanel'
import { OfferTable } from './OfferTable'
import { type OfferChange, type Offers, useOffers } from './queries'
import type { OffersSearch } from './search'

/** What can be sold, and why not: for who has a guest on the telephone. */
export function OffersPage() {
  const { property, may } = useApp()
  const today = day(property.businessDate)
  const asked = askedOf(useSearch({ from: '/app/offers' }), today)
  const navigate = useNavigate()
  const question = questionOf(asked, property.id, today)
  const offers = useOffers(question)
  const [spot, setSpot] = useState<Spot>()
  useLive(property.id, may('pms.calendar.view'))
  const change = (part: Partial<Asked>) => {
    // Of what the address says by then: two changes may come before the page is drawn anew.
    const search = (known: OffersSearch) => {
      const { ages, ...next } = { ...askedOf(known, today), ...part }
      return { ...known, ...next, ages: ages || undefined }
    }
    void navigate({ to: '.', search: search as never, replace: true })
  }
  /** To its cell; where the table has none, it is searched for. */
  const lead = ({ roomTypeId, checkInDate, checkOutDate }: OfferChange) => {
    if (!spot) return
    setSpot({ ...spot, roomTypeId, checkInDate, checkOutDate })
    const isShown = offers.data?.offers.some(
      (one) => one.checkInDate === checkInDate && one.checkOutDate === checkOutDate,
    )
    const arrival = day(checkInDate)
    if (!isShown) change({ arrival, nights: daysBetween(arrival, day(checkOutDate)) })
  }
  return (
    <>
      <PageHeader title={m.navOffers()} />
      <OfferForm asked={asked} today={today} onChange={change} />
      {question ? (
        <QueryState
          query={offers}
          lines={12}
          isEmpty={({ roomTypes, ratePlans }) => roomTypes.length * ratePlans.length === 0}
          empty={
            <EmptyState icon="tag" title={m.offersNoneTitle()}>
              {m.offersNoneText()}
            </EmptyState>
          }
        >
          {(found) => (
            <Found offers={found} asked={asked} today={today} isOld={offers.isOld} onOpen={setSpot} />
          )}
        </QueryState>
      ) : (
        <EmptyState icon="tag" title={m.offersIncomplete()} />
      )}
      {spot && question && (
        <OfferPanel
          spot={spot}
          offers={offers}
          asked={asked}
          onLead={lead}
          onClose={() => setSpot(undefined)}
        />
      )}
    </>
  )
}

interface FoundProps {
  offers: Offers
  asked: Asked
  today: Day
  isOld: boolean
  onOpen: (spot: Spot) => void
}

function Found({ offers, asked, today, isOld, onOpen }: FoundProps) {
  const format = useFormat()
  // What was found was asked for before: until the next answer is there, it stands beside that question.
  const answered = useRef(asked)
  if (!isOld) answered.current = asked
  const { arrival } = answered.current
  const grid = gridOf(offers, arrival, today)
  return (
    <div className={`flex flex-col gap-2 pb-6 transition ${isOld ? 'opacity-60' : ''}`}>
      <Summary grid={grid} asked={answered.current} currency={offers.currency} />
      <OfferTable grid={grid} asked={arrival} today={today} currency={offers.currency} onOpen={onOpen} />
      <p className="mx-4 flex flex-wrap items-center gap-x-3 text-muted text-xs">
        {m.offersTotals()}
        {grid.cheapest.length > 0 && (
          <span className="flex items-center gap-1.5">
            <Icon name="tag" className="size-3.5 text-accent-text" />
            {m.offersCheapestOf({ date: format.day(arrival, 'short') })}
          </span>
        )}
      </p>
    </div>
  )
}

/** In one sentence, also for who hears it while typing. */
function Summary({ grid, asked, currency }: { grid: OfferGrid; asked: Asked; currency: string }) {
  const format = useFormat()
  const { arrival, nights, adults, children } = asked
  const { all, bookable, cheapest } = grid
  const least = cheapest[0]?.price?.totalCents
  const parts = [
    format.days(arrival, addDays(arrival, nights), 'short'),
    m.reservationNights({ count: nights }),
    m.offersPersons({ count: adults + children }),
  ]
  const sold = [
    m.offersBookable({ bookable: format.number(bookable), all: format.number(all) }),
    least !== undefined && m.offersFrom({ amount: format.money(least, currency) }),
  ].filter(Boolean)
  return (
    <p role="status" className="mx-4 flex flex-wrap gap-x-3 text-pretty">
      <span className="text-muted">{parts.join(' · ')}</span>
      <span className="font-medium">{sold.join(' · ')}</span>
    </p>
  )
}
