import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, dataOf, type Schemas } from '../api/client'
import { asApiError } from '../api/errors'
import { useFormat } from '../i18n/locale'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Switch } from '../ui/Choice'
import { Note } from '../ui/Note'

export type Way = 'cancellation' | 'noShow'

/** What it would cost to give the stay up now. Never old: deadlines pass. */
export const feePreviewQuery = (id: string) =>
  queryOptions<Schemas['FeePreview']>({
    queryKey: ['stay-fee', id],
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/pms/reservations/{id}/fee-preview', { params: { path: { id } }, signal })),
  })

interface Props {
  stayId: string
  way: Way
  /** Where the fee may be waived. */
  waive?: { isWaived: boolean; onChange: (isWaived: boolean) => void } | undefined
}

/** The fee before it is charged: how much, why, and what becomes of what was paid ahead. */
export function FeeBox({ stayId, way, waive }: Props) {
  const query = useQuery(feePreviewQuery(stayId))
  const { may } = useApp()
  if (query.error) return <Note tone="warning">{sentenceOf(asApiError(query.error))}</Note>
  const given = query.data?.[way]
  if (!query.data || !given) return <p className="text-muted">{m.stayQuoteWaits()}</p>
  const { currency } = query.data
  const isFree = given.totalCents === 0
  return (
    <section aria-label={m.feeTitle()} className="rounded-md bg-sunken px-3 py-2">
      {isFree ? <p>{m.feeNone()}</p> : <Lines given={given} currency={currency} isWaived={waive?.isWaived} />}
      <Deadline fee={given.fee} />
      {waive && !isFree && may('pms.reservations.waive_fee') && (
        <Switch isSelected={waive.isWaived} onChange={waive.onChange}>
          {m.feeWaive()}
        </Switch>
      )}
    </section>
  )
}

interface LinesProps {
  given: Schemas['GivenUp']
  currency: string
  isWaived: boolean | undefined
}

function Lines({ given, currency, isWaived }: LinesProps) {
  const format = useFormat()
  const { fee, totalCents, keptCents, owedCents, refundableCents } = given
  const included = fee?.taxes.filter((tax) => tax.isInclusive) ?? []
  const lines = [
    { name: fee?.policyName ?? '', amount: fee?.amountCents ?? 0 },
    ...(fee?.taxes ?? [])
      .filter((tax) => !tax.isInclusive)
      .map((tax) => ({ name: tax.name, amount: tax.amountCents })),
  ]
  const after = [
    { name: m.feeKept(), amount: keptCents },
    { name: m.feeOwed(), amount: owedCents },
    { name: m.feeRefundable(), amount: refundableCents },
  ].filter(({ amount }) => amount !== 0)
  return (
    <dl className={isWaived ? 'text-muted line-through' : ''}>
      {lines.map(({ name, amount }) => (
        <Line key={name} name={name} amount={format.money(amount, currency)} />
      ))}
      {included.map((tax) => (
        <Line
          key={`${tax.code} in it`}
          name={`${tax.name} · ${m.taxIsInclusive()}`}
          amount={format.money(tax.amountCents, currency)}
          isMuted
        />
      ))}
      <div className="mt-1 flex items-baseline justify-between gap-2 border-line border-t pt-1">
        <dt>{m.feeTotal()}</dt>
        <dd className="font-semibold text-lg">{format.money(totalCents, currency)}</dd>
      </div>
      {after.map(({ name, amount }) => (
        <Line key={name} name={name} amount={format.money(amount, currency)} isMuted />
      ))}
    </dl>
  )
}

const Line = ({ name, amount, isMuted = false }: { name: string; amount: string; isMuted?: boolean }) => (
  <div className={`flex justify-between gap-2 ${isMuted ? 'text-muted' : ''}`}>
    <dt>
      <bdi>{name}</bdi>
    </dt>
    <dd>{amount}</dd>
  </div>
)

/** Which deadline passed, and up to which one this holds. */
function Deadline({ fee }: { fee: Schemas['ClosingFee'] | null | undefined }) {
  const format = useFormat()
  const { property } = useApp()
  const time = (instant: string) => format.instant(instant, property.timezone)
  if (!fee?.after && !fee?.until) return null
  return (
    <p className="mt-1 text-muted text-xs">
      {[
        ...(fee.after ? [m.feeAfter({ time: time(fee.after) })] : []),
        ...(fee.until ? [m.feeUntil({ time: time(fee.until) })] : []),
      ].join(' ')}
    </p>
  )
}
