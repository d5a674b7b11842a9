/** The ledger of a folio as a guest reads it. Pure: the views only draw what stands here. */
import type { Entry, Method, Statement } from './queries'

export interface LedgerLine {
  entry: Entry
  /** What was owed once this line was posted, as the lines stand here. */
  balance: number
  /** A tax or fee of the charge above it. */
  isBelow: boolean
  /** Another line takes it back: it counts no more. */
  isReversed: boolean
  /** It counts no more here, and stands on another folio. */
  isMoved: boolean
  /** What it takes back itself. */
  reverses: Entry | undefined
}

/** How the server begins the line that takes an entry to another folio. */
export const movedPrefix = 'Moved: '

/** In the order of posting, with the taxes of a charge below it. */
export function linesOf(entries: readonly Entry[]): LedgerLine[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const reversals = new Map(entries.map((entry) => [entry.reversesEntryId, entry]))
  const belowOf = (id: string | undefined) => entries.filter((entry) => chargeOf(entry, byId) === id)
  let balance = 0
  return belowOf(undefined).flatMap((root) =>
    [root, ...belowOf(root.id)].map((entry) => {
      balance += entry.amountCents
      return {
        entry,
        balance,
        isBelow: entry !== root,
        isReversed: reversals.has(entry.id),
        isMoved: reversals.get(entry.id)?.description.startsWith(movedPrefix) === true,
        reverses: entry.reversesEntryId ? byId.get(entry.reversesEntryId) : undefined,
      }
    }),
  )
}

/** The charge below which it stands: of this folio, and no tax itself. */
function chargeOf(entry: Entry, byId: ReadonlyMap<string, Entry>): string | undefined {
  const parent = entry.parentEntryId ? byId.get(entry.parentEntryId) : undefined
  return parent && !parent.parentEntryId ? parent.id : undefined
}

/** May be taken back or moved: it does not take back another, and was not taken back. */
export const isStanding = (line: LedgerLine): boolean => !line.isReversed && !line.entry.reversesEntryId

/** A charge that stands: no tax of one, no discount, no money. */
export const isDiscountable = (line: LedgerLine): boolean =>
  isStanding(line) &&
  !line.isBelow &&
  !line.entry.parentEntryId &&
  line.entry.amountCents > 0 &&
  ['ROOM_CHARGE', 'ADJUSTMENT', 'FEE'].includes(line.entry.entryType)

export interface Sums {
  subtotal: number
  tax: number
  fee: number
  /** Payments less refunds: what came in, above zero. */
  paid: number
  balance: number
}

export function sumsOf({ entries, subtotalCents, taxCents, feeCents, balanceCents }: Statement): Sums {
  return {
    subtotal: subtotalCents,
    tax: taxCents,
    fee: feeCents,
    paid: paidInto(entries),
    balance: balanceCents,
  }
}

/** As much may be given back: what was paid and not given back, and of a credit note what is left of it. */
export const refundable = (statement: Statement): number =>
  typeof statement.creditNoteNumber === 'number' ? 0 - statement.balanceCents : paidInto(statement.entries)

/** What was paid and not given back. */
export function paidInto(entries: readonly Entry[]): number {
  const money = entries.filter(({ entryType }) => entryType === 'PAYMENT' || entryType === 'REFUND')
  return 0 - money.reduce((sum, entry) => sum + entry.amountCents, 0)
}

/** How the last payment came: what goes back goes the same way, unless one says otherwise. */
export const lastMethod = (entries: readonly Entry[]): Method | undefined =>
  entries.findLast(({ entryType, reversesEntryId }) => entryType === 'PAYMENT' && !reversesEntryId)?.method ??
  undefined

/** What is missing of the deposit. */
export const depositOpen = ({ deposit }: Statement): number =>
  deposit ? Math.max(0, deposit.requiredCents - deposit.paidCents) : 0

/** What came through the payment gateway and stands: it is given back through it, and never simply taken back. */
export const gatewayPayments = (statement: Statement): Entry[] =>
  linesOf(statement.entries)
    .filter((line) => isStanding(line) && line.entry.paymentIntentId && line.entry.entryType === 'PAYMENT')
    .map(({ entry }) => entry)
