/** What a room has, in the hotel's own words. Beside what is listed here, other programs may have noted more; that stays as it is. */

type Fields = Record<string, unknown>

const isFields = (json: unknown): json is Fields =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
const textsOf = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : []

/** Where the numbers of the rooms stand that a door leads to. */
const doors = 'connecting'

/** The features by their names: those of a list, and of an object those that are so. */
export function featuresOf(json: unknown): string[] {
  if (!isFields(json)) return textsOf(json)
  const marked = Object.keys(json).filter((name) => json[name] === true)
  return [...marked, ...textsOf(json.features)]
}

export const connectingOf = (json: unknown): string[] => {
  const rooms = isFields(json) ? json[doors] : undefined
  return typeof rooms === 'string' ? [rooms] : textsOf(rooms)
}

/** As it was, with just these features and these rooms behind a door. Null when nothing is left to note. */
export function withFeatures(
  json: unknown,
  names: readonly string[],
  rooms: readonly string[],
): Fields | null {
  const others = isFields(json)
    ? Object.entries(json).filter(([name, value]) => ![doors, 'features'].includes(name) && value !== true)
    : []
  const fields: Fields = {
    ...Object.fromEntries(others),
    ...Object.fromEntries(names.map((name) => [name, true])),
    ...(rooms.length > 0 ? { [doors]: [...rooms] } : {}),
  }
  return Object.keys(fields).length > 0 ? fields : null
}

/** `a, b; c` as it is typed. */
export const readList = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;،\n]/)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]
