import { m } from '../../paraglide/messages'

/** What a child of some age pays for a night, as a person types it. */
export interface ChildDraft {
  from: string
  to: string
  amount: string
}

export const newChild: ChildDraft = { from: '', to: '', amount: '' }

/** Who is older pays as an adult. */
export const oldestChild = 17
export const mostChildRates = 18

/** How what was typed is read. */
export interface ChildReading {
  amount: (text: string) => number | undefined
  plain: (text: string) => string
}

function ageIn(text: string, { plain }: ChildReading): number | undefined {
  const typed = plain(text).trim()
  const age = /^\d{1,2}$/.test(typed) ? Number(typed) : oldestChild + 1
  return age <= oldestChild ? age : undefined
}

/** What is wrong with the n-th of them, by its field. */
export function childFaults(
  all: readonly ChildDraft[],
  index: number,
  reading: ChildReading,
): Partial<Record<keyof ChildDraft, string>> {
  const one = all[index]
  if (!one) return {}
  const [from, to] = [ageIn(one.from, reading), ageIn(one.to, reading)]
  const faults: Partial<Record<keyof ChildDraft, string>> = {}
  if (from === undefined) faults.from = m.setupChildAgeWrong()
  if (to === undefined) faults.to = m.setupChildAgeWrong()
  if ((reading.amount(one.amount) ?? -1) < 0) faults.amount = m.setupPlanAmountWrong()
  if (from === undefined || to === undefined) return faults
  if (to < from) faults.to = m.setupChildAgesTurned()
  const isTaken = all.slice(0, index).some((other) => {
    const [first, last] = [ageIn(other.from, reading), ageIn(other.to, reading)]
    return first !== undefined && last !== undefined && first <= to && from <= last
  })
  if (isTaken) faults.from = m.setupChildAgesOverlap()
  return faults
}

/** As the API takes them. */
export const childRates = (all: readonly ChildDraft[], reading: ChildReading) =>
  all.map(({ from, to, amount }) => ({
    fromAge: ageIn(from, reading) ?? 0,
    toAge: ageIn(to, reading) ?? 0,
    amountCents: reading.amount(amount) ?? 0,
  }))
