import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Checkbox } from '../ui/Choice'
import { choosable, isAmong, ofPlan, packagesQuery } from './packages'
import { useItemWords } from './packageWords'
import { type Booking, useHouse } from './queries'
import type { FormPart } from './StayFieldSet'

/**
 * What is sold beside the room: part of the plan, and to be chosen. A stay that is booked has it as it was then. Nothing when the house
 * has no packages.
 */
export function PackageField({ draft: { value, change }, errorOf, stay }: FormPart & { stay?: Booking }) {
  const { property, may } = useApp()
  const format = useFormat()
  const { plans, today } = useHouse()
  const words = useItemWords(property.currency)
  const { data: all = [] } = useQuery({
    ...packagesQuery(property.id),
    enabled: may('pms.rates.view'),
  })
  const planId = value.ratePlanId ?? plans.find((one) => one.isDefault)?.id
  const had = stay?.packages ?? []
  const begins = value.from && value.from < today ? today : value.from
  const included = planId === stay?.ratePlanId ? had.filter((one) => one.ratePlanId) : ofPlan(all, planId)
  const sold = choosable(all, begins, value.to).map(({ id, name, items }) => ({ id, name, items }))
  const booked = had
    .filter((one) => !one.ratePlanId)
    .map(({ packageId: id, name, items }) => ({ id, name, items }))
  const offered = [...booked, ...sold.filter(({ id }) => !booked.some((one) => one.id === id))]
  const chosen = value.packageIds ?? []
  const error = errorOf('packageIds')
  if (included.length === 0 && offered.length === 0 && !error) return null
  return (
    <fieldset className="mt-3">
      <legend className="font-medium text-muted text-xs">{m.stayPackages()}</legend>
      {included.length > 0 && (
        <p>{m.packageOfPlan({ names: format.list(included.map(({ name }) => name)) })}</p>
      )}
      {offered.map(({ id, name, items }) => (
        <Checkbox
          key={id}
          isSelected={chosen.includes(id)}
          onChange={(isIn) =>
            change({ packageIds: (isIn ? [...chosen, id] : chosen.filter((one) => one !== id)).sort() })
          }
        >
          <span>
            <bdi>{name}</bdi>
            <span className="block text-muted text-xs">
              {items.map((item) => words(item, name)).join('; ')}
            </span>
            {isAmong({ name, items }, included) && (
              <span className="block text-warning-text text-xs">{m.packageHasAlready()}</span>
            )}
          </span>
        </Checkbox>
      ))}
      {error && (
        <p role="alert" className="text-danger-text text-xs">
          {error}
        </p>
      )}
    </fieldset>
  )
}
