import type { ApiError } from '../api/errors'
import { useFormat } from '../i18n/locale'
import { ruleSentence } from '../i18n/rules'
import { rulesOf } from '../i18n/sentences'
import { day, weekday } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { Badge } from '../ui/Badge'
import { Note } from '../ui/Note'
import { sumsOnTop } from './packages'
import type { Booking, Quote } from './queries'

/** The nights of a stay with their prices, in as many columns as there is room for. */
export function NightPrices({ nights, currency }: Pick<Booking, 'nights' | 'currency'>) {
  const format = useFormat()
  return (
    <ul
      aria-label={m.stayPrices()}
      className="grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-x-6 gap-y-0.5"
    >
      {nights.map((night) => (
        <li key={night.night} className="flex justify-between gap-2">
          <span className={weekday(day(night.night)) > 5 ? 'font-medium' : 'text-muted'}>
            {format.day(night.night, 'weekday')} {format.day(night.night, 'short')}
          </span>
          <span>{format.money(night.priceCents, currency)}</span>
        </li>
      ))}
    </ul>
  )
}

export function TotalLine({ label, amount }: { label: string; amount: string }) {
  return (
    <p className="flex items-baseline justify-between not-first:mt-2 not-first:border-line not-first:border-t not-first:pt-2">
      <span>{label}</span>
      <strong className="text-lg">{amount}</strong>
    </p>
  )
}

interface Asked {
  data: Quote | undefined
  error: ApiError | null
  isPlaceholderData: boolean
  /** Of a stay that is not booked yet: it may fit no single room. */
  isNew?: boolean
}

/** The price as it follows what is being typed. While the next one is on its way, the last one stands there paler. */
export function QuoteBox({ data, error, isPlaceholderData, isNew = false }: Asked) {
  const format = useFormat()
  if (error) return <Note tone="warning">{rulesOf(error)}</Note>
  if (!data) return <p className="text-muted">{m.stayQuoteWaits()}</p>
  const { currency, available, differenceCents, violations, freeRoomIds } = data
  return (
    <section
      aria-label={m.stayPrice()}
      className={`rounded-md bg-sunken px-3 py-2 transition ${isPlaceholderData ? 'opacity-60' : ''}`}
    >
      <PriceLines {...data} />
      <p className="mt-1 flex justify-between" aria-live="polite">
        {available > 0 ? (
          <span className="text-muted">{m.stayLeft({ count: available })}</span>
        ) : (
          <Badge tone="danger">{m.stayFull()}</Badge>
        )}
        {differenceCents !== undefined && differenceCents !== null && differenceCents !== 0 && (
          <span>
            {m.stayDifference({
              amount: `${differenceCents > 0 ? '+' : ''}${format.money(differenceCents, currency)}`,
            })}
          </span>
        )}
      </p>
      {isNew && available > 0 && freeRoomIds.length === 0 && (
        <p className="mt-1 text-warning-text">{m.stayNoSingleRoomFind()}</p>
      )}
      {violations.map((broken) => (
        <p key={`${broken.rule} ${broken.date}`} role="status" className="mt-1 text-danger-text">
          {ruleSentence(broken)}
        </p>
      ))}
    </section>
  )
}

type PriceProps = Pick<Quote, 'nights' | 'packages' | 'taxes' | 'totalCents' | 'currency'> & {
  label?: string
}

/** What makes up the price of a stay, and the price. */
export function PriceLines({ nights, packages, taxes, totalCents, currency, label }: PriceProps) {
  const format = useFormat()
  return (
    <>
      {(nights.length > 1 || taxes.length > 0 || packages.length > 0) && (
        <NightPrices nights={nights} currency={currency} />
      )}
      <PackageLines packages={packages} currency={currency} />
      <TaxLines taxes={taxes} currency={currency} />
      <TotalLine
        label={label ?? `${m.calendarBookTotal()} · ${m.reservationNights({ count: nights.length })}`}
        amount={format.money(totalCents, currency)}
      />
    </>
  )
}

/** What comes on top of the nights, by name. */
function PackageLines({ packages, currency }: Pick<Quote, 'packages' | 'currency'>) {
  const format = useFormat()
  const sums = sumsOnTop(packages)
  if (sums.length === 0) return null
  return (
    <dl aria-label={m.stayPackages()} className="mt-2 space-y-0.5">
      {sums.map(({ id, name, amountCents }) => (
        <div key={id} className="flex justify-between gap-2">
          <dt className="text-muted">
            <bdi>{name}</bdi>
          </dt>
          <dd>{format.money(amountCents, currency)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Taxes and fees by their code: those that come on top, and those that the price has in it. */
function TaxLines({ taxes, currency }: Pick<Quote, 'taxes' | 'currency'>) {
  const format = useFormat()
  if (taxes.length === 0) return null
  return (
    <dl aria-label={m.closeTaxesFees()} className="mt-2 space-y-0.5">
      {taxes.map((tax) => (
        <div key={`${tax.code} ${tax.isInclusive}`} className="flex justify-between gap-2">
          <dt className="text-muted">
            <bdi>{tax.code}</bdi> · <bdi>{tax.name}</bdi>
            {tax.isInclusive && ` · ${m.taxIsInclusive()}`}
          </dt>
          <dd>{format.money(tax.amountCents, currency)}</dd>
        </div>
      ))}
    </dl>
  )
}
