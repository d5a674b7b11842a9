import type { Schemas } from '../../../api/client'
import { useFormat } from '../../../i18n/locale'
import { m } from '../../../paraglide/messages'
import { useApp } from '../../../shell/useApp'
import { nightsText } from '../../grid/ranges'
import type { RatePlan, RoomType } from '../../queries'
import { compared } from './bulkValues'

const mostShown = 60

interface Props {
  would: Schemas['PricesChanged']
  plans: readonly RatePlan[]
  types: readonly RoomType[]
}

/** What each night costs now, and what it would cost. */
export function BulkPreview({ would, plans, types }: Props) {
  const format = useFormat()
  const { currency } = useApp().property
  const all = compared(would.before, would.after)
  const shown = all.slice(0, mostShown)
  const name = (rows: readonly { id: string; code: string }[], id: string) =>
    rows.find((row) => row.id === id)?.code ?? '…'
  const money = (cents: number | null) => (cents === null ? '–' : format.moneyShort(cents, currency))
  const head = 'sticky top-0 border-line border-b bg-surface px-3 py-1.5 font-medium text-muted text-xs'
  return (
    <section aria-label={m.bulkPreview()}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too */}
      <div className="max-h-64 overflow-auto rounded-md border border-line" tabIndex={0}>
        <table className="w-full border-separate border-spacing-0">
          <thead>
            <tr>
              {[m.setupPlan(), m.bulkType(), m.bulkNights()].map((title) => (
                <th key={title} scope="col" className={`${head} text-start`}>
                  {title}
                </th>
              ))}
              <th scope="col" className={`${head} text-end`}>
                {m.bulkBefore()}
              </th>
              <th scope="col" className={`${head} text-end`}>
                {m.bulkAfter()}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ ratePlanId, roomTypeId, from, to, was, is }) => (
              <tr key={`${ratePlanId} ${roomTypeId} ${from}`}>
                <td className="px-3 py-1">
                  <bdi>{name(plans, ratePlanId)}</bdi>
                </td>
                <td className="px-3 py-1">
                  <bdi>{name(types, roomTypeId)}</bdi>
                </td>
                <td className="px-3 py-1">{nightsText(format, from, to)}</td>
                <td className="px-3 py-1 text-end text-muted">{money(was)}</td>
                <td className="px-3 py-1 text-end font-semibold">{money(is)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all.length > shown.length && (
        <p className="mt-1 text-muted">{m.bulkMore({ count: all.length - shown.length })}</p>
      )}
    </section>
  )
}
