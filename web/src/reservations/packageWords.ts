import type { Format } from '../i18n/format'
import { useFormat } from '../i18n/locale'
import { addDays, day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { basisNames, type PackageItem, rhythmNames } from './packages'

type Terms = Pick<PackageItem, 'priceBasis' | 'postingRhythm' | 'weekdays' | 'everyNights' | 'fromNight'>

/** A Monday, for the names of the days. */
const monday = day('2027-02-01')

const daysOf = ({ weekdays }: Terms, format: Format): string =>
  format.list((weekdays ?? []).map((one) => format.day(addDays(monday, one - 1), 'weekday')))

/** Of what is charged once: the first night of its rhythm; nothing where that is the first of the stay. */
function onceWords(item: Terms, format: Format): string[] {
  switch (item.postingRhythm) {
    case 'EVERY_NIGHT':
      return []
    case 'ALL_BUT_LAST':
      return [rhythmNames.ARRIVAL()]
    case 'ALL_BUT_ARRIVAL':
      return [m.packageOnNight({ night: format.number(2) })]
    case 'WEEKDAYS':
      return [m.packageOnFirstOf({ days: daysOf(item, format) })]
    case 'EVERY_N':
      return [m.packageOnNight({ night: format.number(item.fromNight ?? 1) })]
    default:
      return [rhythmNames[item.postingRhythm]()]
  }
}

/** Of what is charged night by night: a rhythm says for itself that it is each of its nights. */
function nightsWords(item: Terms, format: Format): string {
  const { postingRhythm, everyNights, fromNight } = item
  if (postingRhythm === 'WEEKDAYS') return m.packageOnDays({ days: daysOf(item, format) })
  if (postingRhythm === 'EVERY_N')
    return m.packageEvery({ count: everyNights ?? 1, from: format.number(fromNight ?? 1) })
  return rhythmNames[postingRhythm]()
}

/** For what the amount is, and when: `Each night`, `Each person · On the last night`. */
export function termsWords(item: Terms, format: Format): string[] {
  const { priceBasis, postingRhythm } = item
  if (priceBasis === 'STAY' || priceBasis === 'PERSON')
    return [basisNames[priceBasis](), ...onceWords(item, format)]
  if (postingRhythm === 'EVERY_NIGHT') return [basisNames[priceBasis]()]
  const nights = nightsWords(item, format)
  return priceBasis === 'NIGHT' ? [nights] : [m.packageEachPerson(), nights]
}

/** An item in words: `Breakfast · $15.00 · Each person and night`; without its name within a package of the same. */
export function useItemWords(currency: string): (item: PackageItem, within?: string) => string {
  const format = useFormat()
  return (item, within) =>
    [
      ...(item.name === within ? [] : [item.name]),
      format.money(item.amountCents, currency),
      ...termsWords(item, format),
    ].join(' · ')
}
