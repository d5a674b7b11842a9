import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useItemWords } from './packageWords'
import type { Booking } from './queries'

/** The packages of a booking, as they were when it was made, with the nights of those that are not for all of them. */
export function StayPackages({ stay }: { stay: Booking }) {
  const words = useItemWords(stay.currency)
  const format = useFormat()
  const within = (from: string | null | undefined, to: string | null | undefined) => {
    const { checkInDate: first, checkOutDate: last } = stay
    const [starts, ends] = [from && from > first ? from : first, to && to < last ? to : last]
    return starts === first && ends === last ? '' : ` · ${format.days(starts, ends, 'short')}`
  }
  const { packages = [] } = stay
  if (packages.length === 0) return null
  return (
    <section aria-label={m.stayPackages()} className="mt-6 border-line border-t pt-4">
      <h3 className="mb-1 font-semibold">{m.stayPackages()}</h3>
      <dl className="space-y-2">
        {packages.map(({ packageId, name, isIncluded, items, validFrom, validTo }) => (
          <div key={packageId}>
            <dt className="text-muted">
              <bdi>{name}</bdi>
              {isIncluded && ` · ${m.taxIsInclusive()}`}
              {within(validFrom, validTo)}
            </dt>
            {items.map((item) => (
              <dd key={item.id}>{words(item, name)}</dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}
