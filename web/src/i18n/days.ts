/** Days within the sentences of the server, as who reads writes them. The language says how, as it does for numbers in `counted`. */
import { asDay, formatDay } from '../kernel/dates'

let writtenAs = 'en'

export function writeDaysIn(tag: string) {
  writtenAs = tag
}

export const dayOf = (date: string): string => {
  const found = asDay(date)
  return found ? formatDay(found, writtenAs) : date
}

/** A day that stands alone: within an instant, a number of a booking, an address or the name of a file it is none. */
const alone = /(?<![\w\-/.:@])\d{4}-\d{2}-\d{2}(?![\w\-/:@]|\.\w)/g

/** A sentence of the server with its days as the reader writes them. */
export const withDays = (sentence: string): string => sentence.replace(alone, dayOf)
