import { isWeekend, parseDate } from '@internationalized/date'
import { useEffect, useRef } from 'react'
import { useFormat, useSpoken } from '../i18n/locale'
import type { Day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { Badge } from '../ui/Badge'
import { Icon } from '../ui/Icon'
import type { OfferGrid, OfferRow, Section, Spot } from './grid'
import type { Offer } from './queries'
import { type Roving, useRovingCells } from './useRovingCells'
import { refusalWord } from './words'

interface TableProps {
  grid: OfferGrid
  asked: Day
  today: Day
  currency: string
  onOpen: (spot: Spot) => void
}

interface RowProps extends TableProps {
  roving: Roving
}

/** Room types with their plans, by arrival. One tab stop; the arrow keys walk, and Enter opens. */
export function OfferTable(props: TableProps) {
  const { grid, asked } = props
  const { arrivals, sections } = grid
  const rows = sections.reduce((count, section) => count + section.rows.length, 0)
  const roving = useRovingCells({ rows, columns: arrivals.length }, Math.max(0, arrivals.indexOf(asked)))
  const box = useAskedInSight(asked, arrivals.length)
  let first = 0
  return (
    <div
      ref={box}
      className="relative mx-4 overflow-auto overscroll-x-contain rounded-md border border-line bg-surface md:max-h-[max(24rem,calc(100dvh-19rem))]"
    >
      <table
        ref={roving.table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA pattern of a grid, on the element that lays it out
        role="grid"
        aria-label={m.navOffers()}
        aria-readonly="true"
        onKeyDown={roving.onKeyDown}
        className="w-full border-separate border-spacing-0"
      >
        <Head {...props} />
        {sections.map((section) => {
          const at = first
          first += section.rows.length
          return (
            <tbody key={section.type.id}>
              <SectionLine section={section} columns={arrivals.length + 1} />
              {section.rows.map((row, n) => (
                <Line
                  key={row.plan.id}
                  {...props}
                  roving={roving}
                  type={section.type.name}
                  row={row}
                  at={at + n}
                />
              ))}
            </tbody>
          )
        })}
      </table>
    </div>
  )
}

/** On a narrow screen the table begins with the date that was asked for, not with those before it. */
function useAskedInSight(asked: Day, columns: number) {
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another date is asked for, or more columns come
  useEffect(() => {
    const [head, side] = [
      box.current?.querySelector('th[aria-current=date]'),
      box.current?.querySelector('th'),
    ]
    if (!box.current || !head || !side) return
    const [wide, column, name] = [box.current, head, side].map((one) => one.getBoundingClientRect())
    if (!wide || !column || !name) return
    const room = wide.width - name.width
    const isLeft = getComputedStyle(box.current).direction === 'ltr'
    const middle = isLeft
      ? column.left - name.right - (room - column.width) / 2
      : column.right - name.left + (room - column.width) / 2
    box.current.scrollBy({ left: middle, behavior: 'instant' })
  }, [asked, columns])
  return box
}

const side = 'sticky start-0 border-line border-e'
/** The box has an edge of its own. */
const edge = 'border-line border-b [tbody:last-child>tr:last-child>&]:border-b-0'

function Head({ grid, asked, today }: TableProps) {
  const { tag, format } = useSpoken()
  return (
    <thead>
      <tr>
        <th
          scope="col"
          className={`${side} top-0 z-20 w-px border-b bg-surface px-3 py-1.5 text-start align-bottom font-medium text-muted text-xs`}
        >
          {m.stayPlan()}
        </th>
        {grid.arrivals.map((date) => {
          const isAsked = date === asked
          const ground = isAsked
            ? 'bg-accent-soft text-accent-text'
            : isWeekend(parseDate(date), tag)
              ? 'bg-sunken'
              : 'bg-surface'
          return (
            <th
              key={date}
              scope="col"
              aria-current={isAsked ? 'date' : undefined}
              className={`sticky top-0 z-10 min-w-24 border-line border-b px-3 py-1.5 text-end font-normal text-xs leading-tight ${ground}`}
            >
              <span className={`block ${isAsked ? '' : 'text-muted'}`}>
                {isAsked && <span className="sr-only">{m.offersDateAsked()}: </span>}
                {format.day(date, 'weekday')}
              </span>
              <span
                className={`block whitespace-nowrap ${isAsked || date === today ? 'font-bold' : ''} ${date === today ? 'text-accent-text' : ''}`}
              >
                {format.day(date, 'short')}
              </span>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function SectionLine({ section: { type, left }, columns }: { section: Section; columns: number }) {
  return (
    <tr>
      <th
        scope="rowgroup"
        colSpan={columns}
        className="border-line border-b bg-sunken px-0 py-1 text-start font-normal"
      >
        <span className="sticky start-0 inline-flex items-center gap-2 px-3">
          <bdi className="font-semibold">{type.name}</bdi>
          {left > 0 ? (
            <span className="text-muted text-xs">{m.stayLeft({ count: left })}</span>
          ) : (
            <Badge>{m.stayFull()}</Badge>
          )}
        </span>
      </th>
    </tr>
  )
}

function Line({ type, row, at, ...props }: RowProps & { type: string; row: OfferRow; at: number }) {
  const { grid, asked } = props
  return (
    <tr className="group">
      <th
        scope="row"
        className={`${side} ${edge} z-10 w-px bg-surface px-3 py-1 text-start font-normal group-hover:bg-sunken max-sm:min-w-28 sm:whitespace-nowrap`}
      >
        <span className="sr-only">{type}, </span>
        <bdi>{row.plan.name}</bdi>
      </th>
      {row.cells.map((offer, column) => (
        <td
          key={grid.arrivals[column]}
          className={`${edge} p-0 ${grid.arrivals[column] === asked ? 'bg-accent-soft/50' : ''}`}
        >
          {offer && <OfferButton {...props} offer={offer} cell={{ row: at, column }} />}
        </td>
      ))}
    </tr>
  )
}

type ButtonProps = RowProps & { offer: Offer; cell: { row: number; column: number } }

/** The total of the stay, or why there is none to be had. */
function OfferButton({ offer, cell, grid, today, currency, roving, onOpen }: ButtonProps) {
  const format = useFormat()
  const isCheapest = grid.cheapest.includes(offer)
  const [refusal] = offer.refusals
  const isSold = offer.isAvailable && offer.price
  const look = isSold
    ? isCheapest
      ? 'font-semibold text-accent-text'
      : ''
    : 'text-muted text-xs leading-tight'
  return (
    <button
      type="button"
      {...roving.cell(cell)}
      onClick={() => onOpen(offer)}
      aria-haspopup="dialog"
      className={`flex min-h-control w-full cursor-pointer items-center justify-end gap-1.5 px-3 py-1 text-end outline-offset-[-2px] hover:bg-sunken ${look}`}
    >
      {isSold ? (
        <>
          {isCheapest && <Icon name="tag" className="size-3.5" />}
          <span className="whitespace-nowrap">{format.money(offer.price?.totalCents ?? 0, currency)}</span>
          {isCheapest && <span className="sr-only">{m.offersCheapest()}</span>}
        </>
      ) : (
        <span className="max-w-28 text-balance">{refusal ? refusalWord(refusal, today) : ''}</span>
      )}
    </button>
  )
}
