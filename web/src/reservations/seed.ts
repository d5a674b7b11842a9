import { asDay } from '../kernel/dates'
import { isUlid } from '../kernel/ids'
import { type BookingSeed, walkIn } from './openStay'

const oldestChild = 17

/** Reads what `seedText` wrote as far as it can, and leaves the rest: a link that was cut still opens the form. */
export function seedOf(text: string): BookingSeed {
  const parts = text.split('_')
  const [from, to] = parts.map(asDay).filter((day) => day !== undefined)
  const signed = (sign: string, isOne: (rest: string) => boolean) =>
    parts.find((part) => part.startsWith(sign) && isOne(part.slice(1)))?.slice(1)
  const adults = signed('a', (rest) => /^\d{1,4}$/.test(rest))
  const ages = signed('c', (rest) => /^\d\d?(-\d\d?)*$/.test(rest))
    ?.split('-')
    .map(Number)
  return {
    from,
    to: from && to && to > from ? to : undefined,
    roomId: signed('r', isUlid),
    roomTypeId: signed('t', isUlid),
    ratePlanId: signed('p', isUlid),
    adults: adults === undefined ? undefined : Number(adults),
    ages: ages?.every((age) => age <= oldestChild) ? ages : undefined,
    isWalkIn: parts.includes(walkIn) || undefined,
  }
}
