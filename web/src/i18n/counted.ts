/**
 * A number within a sentence, in the digits of who reads: the compiled catalogues call it for each `{{count}}`, see build/messages.mjs.
 * Which plural a sentence takes is decided by the number itself.
 */
let numbers = new Intl.NumberFormat('en')

export function countIn(tag: string) {
  numbers = new Intl.NumberFormat(tag)
}

export const counted = (count: unknown): string =>
  typeof count === 'number' ? numbers.format(count) : String(count)
