import { useFormat } from '../../i18n/locale'
import { ruleSentence } from '../../i18n/rules'
import { rulesOf } from '../../i18n/sentences'
import { m } from '../../paraglide/messages'
import { sumsOnTop } from '../../reservations/packages'
import type { Quote } from '../../reservations/queries'
import { Checkbox } from '../../ui/Choice'
import type { DayRange } from '../../ui/DatePicker'
import { Note } from '../../ui/Note'
import { nightOf, overlaps } from '../core/days'
import type { Model } from '../core/model'
import type { PartProps } from './BookFields'
import { BookInstead } from './BookInstead'
import { type useBookQuote, whyId } from './useBookQuote'

interface Props extends PartProps {
  quote: ReturnType<typeof useBookQuote>['quote']
  isStopped: boolean
}

/** What it would cost now, or why it cannot be had. */
export function BookPrice({ quote, ...rest }: Props) {
  const { data, error } = quote
  if (error)
    return (
      <p id={whyId} tabIndex={-1} role="alert" className="mt-4 text-danger-text">
        {rulesOf(error)}
      </p>
    )
  if (!data) return <p className="mt-4 text-muted">{m.calendarBookQuoting()}</p>
  return (
    <>
      <Price {...data} />
      {data.available > 0 && data.freeRoomIds.length === 0 && (
        <p className="mt-2 text-warning-text">{m.stayNoSingleRoom()}</p>
      )}
      <Why {...rest} quote={data} />
    </>
  )
}

function Price({ totalCents, currency, nights, taxes, packages }: Quote) {
  const format = useFormat()
  const onTop = sumsOnTop(packages)
  const parts = [
    ...onTop.map((one) => ({ ...one, key: one.id })),
    ...taxes.map((one) => ({ ...one, key: `${one.code} ${one.isInclusive}`, isIncluded: one.isInclusive })),
  ]
  return (
    <div aria-live="polite" className="mt-4 flex flex-wrap items-baseline gap-x-3 border-line border-t pt-3">
      <span className="text-muted">
        {m.calendarBookTotal()} · {m.reservationNights({ count: nights.length })}
      </span>
      <strong className="text-lg">{format.money(totalCents, currency)}</strong>
      <span className="text-muted">
        {m.calendarBookPerNight({
          amount: format.moneyShort(Math.round(totalCents / nights.length), currency),
        })}
      </span>
      {parts.map(({ key, name, amountCents, isIncluded }) => (
        <span key={key} className="text-muted">
          {isIncluded ? (
            <>
              <bdi>{name}</bdi> {format.money(amountCents, currency)} · {m.taxIsInclusive()}
            </>
          ) : (
            m.calendarBookWith({ name, amount: format.money(amountCents, currency) })
          )}
        </span>
      ))}
    </div>
  )
}

/** Stays that wait for a room of the type on some of these nights: they need those that look free. */
function waitingIn(model: Model, typeId: string, { from, to }: DayRange): number {
  const span = { from: nightOf(from), to: nightOf(to) }
  const lanes = model.rows.filter((row) => row.kind === 'lane' && row.typeId === typeId)
  const ids = lanes.flatMap((lane) => model.itemsOf(lane.id)).filter((item) => overlaps(item, span))
  return new Set(ids.map(({ id }) => id)).size
}

/** Everything that stands in the way, what would be taken instead, and a way to book all the same for who may. */
function Why({ quote, isStopped, ...part }: Omit<Props, 'quote'> & { quote: Quote }) {
  const { desk, draft, change } = part
  const { available, violations } = quote
  const isFull = available < 1
  if (!isFull && violations.length === 0) return null
  const waiting = draft.range ? waitingIn(desk.model, draft.typeId, draft.range) : 0
  return (
    <div className="mt-3 space-y-2">
      <div id={whyId} tabIndex={-1}>
        <Note tone={isStopped ? 'danger' : 'warning'}>
          {isFull && (
            <p>
              {m.calendarBookSoldOut()} {waiting > 0 && m.calendarBookWaiting({ count: waiting })}
            </p>
          )}
          {violations.map((broken) => (
            <p key={`${broken.rule} ${broken.date}`}>{ruleSentence(broken)}</p>
          ))}
        </Note>
      </div>
      {!isFull && desk.hotel.may('pms.restrictions.override') && (
        <Checkbox isSelected={draft.isInsisted} onChange={(isInsisted) => change({ isInsisted })}>
          {m.staySellAnyway()}
        </Checkbox>
      )}
      {isStopped && <BookInstead {...part} planId={quote.ratePlanId} />}
    </div>
  )
}
