import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { type Booking, stayQuery, useHouse } from '../reservations/queries'
import { guestNameOf } from '../reservations/words'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { PageHeader } from '../ui/PageHeader'
import { NotAllowed } from '../ui/PageState'
import { QueryState } from '../ui/QueryState'
import './card.css'

/** The sheet that a guest signs: shown as it is printed. */
export function CardPage() {
  const { stayId } = useParams({ from: '/app/front-desk/card/$stayId' })
  const { property } = useApp()
  const query = useQuery(stayQuery(stayId))
  return (
    <>
      <div className="print:hidden">
        <PageHeader title={m.deskCard()}>
          <Link
            to="/front-desk"
            className="inline-flex min-h-control items-center rounded-md px-3 font-medium hover:bg-sunken"
          >
            {m.deskCardBack()}
          </Link>
          <Button look="primary" icon="print" onPress={() => window.print()}>
            {m.deskCardPrint()}
          </Button>
        </PageHeader>
      </div>
      <QueryState query={query} lines={10}>
        {(stay) => (stay.propertyId === property.id ? <Card stay={stay} /> : <NotAllowed />)}
      </QueryState>
    </>
  )
}

function Card({ stay }: { stay: Booking }) {
  const format = useFormat()
  const house = useHouse()
  const { property } = useApp()
  const { email, phone } = stay.primaryGuestJson
  const dayOf = (date: string) => `${format.day(date, 'weekday')} ${format.day(date)}`
  const rooms = stay.rooms.map((piece) => house.room(piece.roomId))
  return (
    <article aria-label={m.deskCard()} className="registration-card">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-line-strong border-b pb-3">
        <h2 className="text-lg">
          <bdi>{property.name}</bdi>
        </h2>
        <p className="text-muted">
          {m.deskCard()} · <span dir="ltr">{stay.confirmationNumber}</span>
        </p>
      </header>
      <Part title={m.stayGuest()}>
        <Fact name={m.deskCardName()}>
          <bdi>{guestNameOf(stay)}</bdi>
        </Fact>
        <Fact name={m.stayPhone()}>{phone && <span dir="ltr">{phone}</span>}</Fact>
        <Fact name={m.stayEmail()}>{email && <span dir="ltr">{email}</span>}</Fact>
        <Fact name={m.deskCardNationality()} />
        <Fact name={m.deskCardBorn()} />
        <Fact name={m.deskCardDocument()} />
        <Fact name={m.deskCardAddress()} isWide />
      </Part>
      <Part title={m.stayStay()}>
        <Fact name={m.stayArrival()}>{dayOf(stay.checkInDate)}</Fact>
        <Fact name={m.stayDeparture()}>{dayOf(stay.checkOutDate)}</Fact>
        <Fact name={m.reservationsNights()}>{format.number(stay.nights.length)}</Fact>
        <Fact name={m.stayRoom()}>{rooms.length > 0 ? format.list([...new Set(rooms)]) : null}</Fact>
        <Fact name={m.stayType()}>{house.type(stay.roomTypeId)}</Fact>
        <Fact name={m.reservationsPersons()}>
          {[stay.adults, stay.children || undefined]
            .filter((n) => n !== undefined)
            .map(format.number)
            .join(' + ')}
        </Fact>
        <Fact name={m.stayPlan()}>{house.plan(stay.ratePlanId)}</Fact>
        <Fact name={m.deskCardRate()}>{format.money(stay.nightlyRateCents, stay.currency)}</Fact>
        <Fact name={m.stayTotal()}>
          <strong>{format.money(stay.totalCents, stay.currency)}</strong>
        </Fact>
      </Part>
      <p className="mt-6 text-pretty text-muted text-xs">{m.deskCardText()}</p>
      <div className="mt-14 grid grid-cols-[2fr_1fr] gap-8">
        <p className="border-text border-t pt-1 text-muted text-xs">{m.deskCardSignature()}</p>
        <p className="border-text border-t pt-1 text-muted text-xs">{m.deskCardDate()}</p>
      </div>
    </article>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mt-5">
    <h3 className="mb-2 font-semibold">{title}</h3>
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 print:grid-cols-3">{children}</dl>
  </section>
)

/** What is not known has a line to write on. */
const Fact = ({
  name,
  children,
  isWide = false,
}: {
  name: string
  children?: ReactNode
  isWide?: boolean
}) => (
  <div className={isWide ? 'col-span-full' : ''}>
    <dt className="text-muted text-xs">{name}</dt>
    <dd className="min-h-7 border-line border-b pt-0.5 pb-1 font-medium">{children}</dd>
  </div>
)
