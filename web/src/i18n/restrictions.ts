/** What each field of a restriction is called, and what the API says against one. */
import type { Schemas } from '../api/client'
import type { ApiError } from '../api/errors'
import { m } from '../paraglide/messages'
import { withDays } from './days'
import { sentenceOf } from './sentences'

type Field = keyof Schemas['Restraints']

export const restrictionNames: Record<Field, () => string> = {
  isClosed: m.setupRestrictionClosed,
  closedToArrival: m.setupRestrictionArrival,
  closedToDeparture: m.setupRestrictionDeparture,
  minStayArrival: m.setupRestrictionMinArrival,
  maxStayArrival: m.setupRestrictionMaxArrival,
  minStayThrough: m.setupRestrictionMinThrough,
  maxStayThrough: m.setupRestrictionMaxThrough,
  minAdvanceDays: m.setupRestrictionMinAdvance,
  maxAdvanceDays: m.setupRestrictionMaxAdvance,
}

const anyField = new RegExp(`\\b(${Object.keys(restrictionNames).join('|')})\\b`, 'g')
const named = (text: string) =>
  text.replace(anyField, (field) => `\u201c${restrictionNames[field as Field]()}\u201d`)

/** The fields by the names that they have on the page; each rule once, of however many dates it is told. */
export function restrictionWords(error: ApiError): string {
  if (error.code !== 'VALIDATION_ERROR') return sentenceOf(error)
  const words = error.details.map(({ field, message }) => {
    const own = field.split('.').at(-1) ?? ''
    return named(`${own in restrictionNames ? `${own} ` : ''}${withDays(message)}`)
  })
  return [...new Set(words)].join('. ')
}
