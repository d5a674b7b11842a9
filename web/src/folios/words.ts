import { m } from '../paraglide/messages'
import type { Choice } from '../ui/Select'
import { movedPrefix } from './ledger'
import type { Entry, Folio, Method } from './queries'

const methods: Record<Method, () => string> = {
  CASH: m.folioCash,
  CARD: m.folioCard,
  BANK_TRANSFER: m.folioBankTransfer,
  CHEQUE: m.folioCheque,
  OTHER: m.folioOtherMethod,
}

export const methodName = (method: Method): string => methods[method]()

export const methodChoices = (): Choice<Method>[] =>
  (Object.keys(methods) as Method[]).map((id) => ({ id, label: methods[id]() }))

const kinds: Record<Folio['kind'], () => string> = {
  GUEST: m.folioGuest,
  HOUSE: m.accountsHouse,
  CITY_LEDGER: m.accountsCityLedger,
}

export const kindName = (kind: Folio['kind']): string => kinds[kind]()

/** What the server writes where nobody wrote anything, in the language of the reader. */
const plain: Record<string, () => string> = { Payment: m.folioPayment, Refund: m.folioRefund }

/** What a line says: what was typed stays as it is, what the program wrote is in the reader's language. */
export function lineWords(
  entry: Entry,
  reverses: Entry | undefined,
  dayOf: (date: string) => string = (date) => date,
): string {
  const { description } = entry
  // What was moved on a later day tells the day of the charge.
  const [, moved, date] = /^(.+) \((\d{4}-\d\d-\d\d)\)$/.exec(description) ?? []
  if (moved && date) return `${lineWords({ ...entry, description: moved }, reverses, dayOf)} (${dayOf(date)})`
  if (reverses && description.startsWith(movedPrefix))
    return m.folioMovedLine({ line: lineWords(reverses, undefined, dayOf) })
  if (reverses && description.startsWith('Void: '))
    return m.folioVoidLine({ line: lineWords(reverses, undefined, dayOf), reason: description.slice(6) })
  const room = /^Room (.+)$/.exec(description)?.[1]
  const isNight = entry.chargeKind === 'ROOM' || (entry.entryType === 'ROOM_CHARGE' && entry.movedFromEntryId)
  if (isNight && room) return m.folioRoomLine({ room })
  return plain[description]?.() ?? description
}

/** What people call it: its name, else its number among those of the stay when there are several. */
export function folioName(
  folio: Pick<Folio, 'id' | 'name'> & { creditNoteNumber?: number | null },
  all: readonly Pick<Folio, 'id'>[],
  number: (n: number) => string,
) {
  if (typeof folio.creditNoteNumber === 'number')
    return m.folioCreditNumbered({ number: number(folio.creditNoteNumber) })
  if (folio.name) return folio.name
  const at = all.findIndex(({ id }) => id === folio.id) + 1
  return all.length > 1 ? m.folioNumbered({ number: number(at) }) : m.folioGuest()
}
