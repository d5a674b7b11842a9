import type { Schemas } from '../../../api/client'
import { everyDay } from '../../../i18n/weekdays'
import { addDays, type Day, day, fromNumber, toNumber } from '../../../kernel/dates'
import { m } from '../../../paraglide/messages'
import type { DayRange } from '../../../ui/DatePicker'
import { rangeFault } from '../../grid/ranges'
import { isPercent } from '../derivedValues'

export type RangeChange = Schemas['PricesRangeChange']
export type PricedRange = Schemas['PricedRange']
export type Way = 'SET' | 'ADJUST' | 'CLEAR'

/** What becomes of many prices, as a person types it. */
export interface BulkValues {
  planIds: readonly string[]
  typeIds: readonly string[]
  /** Both nights included. */
  range: DayRange | null
  weekdays: readonly number[]
  way: Way
  price: string
  percent: string
  amount: string
  roundTo: string
  rounding: Schemas['PriceRounding']
}

export interface BulkReading {
  amount: (text: string) => number | undefined
  /** A share with its sign, as the API reads it. */
  percent: (text: string) => string
}

export type BulkFault = Partial<Record<keyof BulkValues, string>>

function adjustFaults({ percent, amount, roundTo }: BulkValues, reading: BulkReading): BulkFault {
  const minor = (text: string) => (text.trim() ? reading.amount(text) : 0)
  const share = reading.percent(percent)
  const faults: BulkFault = {}
  if (!isPercent(share)) faults.percent = m.setupPlanPercentWrong()
  if (minor(amount) === undefined) faults.amount = m.setupPlanAmountWrong()
  if ((minor(roundTo) ?? -1) < 0) faults.roundTo = m.setupPlanAmountWrong()
  if (!share && !minor(amount) && !minor(roundTo) && Object.keys(faults).length === 0)
    faults.percent = m.bulkNothing()
  return faults
}

/** What is wrong, by its field. */
export function bulkFaults(values: BulkValues, reading: BulkReading): BulkFault {
  const { planIds, typeIds, range, weekdays, way, price } = values
  const faults: BulkFault = way === 'ADJUST' ? adjustFaults(values, reading) : {}
  if (planIds.length === 0) faults.planIds = m.setupChooseOne()
  if (typeIds.length === 0) faults.typeIds = m.setupChooseOne()
  if (!range) faults.range = m.setupChooseOne()
  const wrong = range && rangeFault(range)
  if (wrong) faults.range = wrong
  if (weekdays.length === 0) faults.weekdays = m.setupGridNoNights()
  if (way === 'SET' && (reading.amount(price) ?? -1) < 0) faults.price = m.setupPlanAmountWrong()
  return faults
}

function effectOf(
  values: BulkValues,
  reading: BulkReading,
): Pick<RangeChange, 'adjust' | 'nightlyBaseCents'> {
  if (values.way === 'CLEAR') return { nightlyBaseCents: null }
  if (values.way === 'SET') return { nightlyBaseCents: reading.amount(values.price) ?? null }
  const minor = (text: string) => (text.trim() ? reading.amount(text) : undefined)
  const [percent, amount, roundTo] = [
    reading.percent(values.percent),
    minor(values.amount),
    minor(values.roundTo),
  ]
  return {
    adjust: {
      ...(percent ? { percent } : {}),
      ...(amount ? { amountCents: amount } : {}),
      ...(roundTo ? { roundToCents: roundTo, rounding: values.rounding } : {}),
    },
  }
}

/** As the API takes it: the same for each plan and type. */
export function changesOf(values: BulkValues, reading: BulkReading): RangeChange[] {
  const { planIds, typeIds, range, weekdays } = values
  if (!range) return []
  const one = {
    startDate: range.from,
    endDate: addDays(range.to, 1),
    ...(weekdays.length < everyDay.length ? { weekdays: [...weekdays] as Schemas['Weekday'][] } : {}),
    ...effectOf(values, reading),
  }
  return planIds.flatMap((ratePlanId) => typeIds.map((roomTypeId) => ({ ratePlanId, roomTypeId, ...one })))
}

/** Nights of a plan and a type that cost one thing before and another after. */
export interface Compared {
  ratePlanId: string
  roomTypeId: string
  from: Day
  /** Exclusive. */
  to: Day
  was: number | null
  is: number | null
}

const nightOf = (date: string) => toNumber(day(date))

/** What was laid beside what is: the two are the same nights, cut in different places. */
export function compared(before: readonly PricedRange[], after: readonly PricedRange[]): Compared[] {
  const nameOf = (range: PricedRange) => `${range.ratePlanId} ${range.roomTypeId}`
  const pairs: Compared[] = []
  let at = 0
  for (const is of after) {
    for (; at < before.length; at++) {
      const was = before[at] as PricedRange
      const from = Math.max(nightOf(was.startDate), nightOf(is.startDate))
      const to = Math.min(nightOf(was.endDate), nightOf(is.endDate))
      if (nameOf(was) !== nameOf(is) || from >= to) break
      pairs.push({
        ratePlanId: is.ratePlanId,
        roomTypeId: is.roomTypeId,
        from: fromNumber(from),
        to: fromNumber(to),
        was: was.nightlyBaseCents ?? null,
        is: is.nightlyBaseCents ?? null,
      })
      if (was.endDate > is.endDate) break
    }
  }
  return pairs
}
