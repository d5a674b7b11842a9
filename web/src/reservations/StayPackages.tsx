import { m } from '../paraglide/messages'
import { useItemWords } from './packages'
import type { Booking } from './queries'

/** The packages of a booking, as they were when it was made. */
export function StayPackages({ stay }: { stay: Booking }) {
  const words = useItemWords(stay.currency)
  const { packages = [] } = stay
  if (packages.length === 0) return null
  return (
    <section aria-label={m.stayPackages()} className="mt-6 border-line border-t pt-4">
      <h3 className="mb-1 font-semibold">{m.stayPackages()}</h3>
      <dl className="space-y-2">
        {packages.map(({ packageId, name, isIncluded, items }) => (
          <div key={packageId}>
            <dt className="text-muted">
              <bdi>{name}</bdi>
              {isIncluded && ` · ${m.taxIsInclusive()}`}
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
