const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Crockford's base 32 of a number, in so many signs. */
function base32(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = alphabet[rest % 32] + text
  return text
}

/** An id as the API makes them: 48 bits of time, then 80 random ones, in 26 signs. */
export function ulid(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  return base32(now, 10) + Array.from(random, (byte) => alphabet[byte % 32]).join('')
}

/** Made when a form or a drag begins and sent with each try of it, so that a second click books nothing twice. */
export const idempotencyKey = (): string => ulid()

const pattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

export const isUlid = (text: string): boolean => pattern.test(text)
