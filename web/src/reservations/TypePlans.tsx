import { useState } from 'react'
import { useFormat } from '../i18n/locale'
import { addDays, type Day } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { DateRangePicker, type DayRange } from '../ui/DatePicker'
import { NumberField } from '../ui/TextField'
import { FitDialog } from './FitDialog'
import { MoveList, WhyNot } from './FitParts'
import { type Answer, planOf, useFitAnswers, useFitExecute } from './fit'
import { PlanDrawing } from './PlanDrawing'
import { useHouse } from './queries'

interface Props {
  typeId: string
  onClose: () => void
}

const mostWeeks = 26
const mostMoves = 20

/** The few moves that leave the rooms of a type free for the longest, so that they can be sold to long stays. */
export function TidyType({ typeId, onClose }: Props) {
  const { type } = useHouse()
  const [weeks, setWeeks] = useState(4)
  const [moves, setMoves] = useState(3)
  const query = useFitAnswers({ tidy: { roomTypeId: typeId, weeks, moves } })
  const answer = query.data?.[0]
  const execute = useFitExecute(m.tidyDone({ count: answer?.moves.length ?? 0 }), onClose)
  const accept = acceptOf(answer, (count) => m.tidyDo({ count }))
  const within = (most: number, set: (n: number) => void) => (n: number) =>
    set(Math.min(most, Math.max(1, Number.isNaN(n) ? 1 : n)))
  return (
    <FitDialog
      title={m.tidyTitle({ type: type(typeId) })}
      lead={
        <div className="grid grid-cols-2 gap-3">
          <NumberField
            label={m.tidyWeeks()}
            minValue={1}
            maxValue={mostWeeks}
            value={weeks}
            onChange={within(mostWeeks, setWeeks)}
            stepLabels={{ less: m.tidyWeekLess(), more: m.tidyWeekMore() }}
          />
          <NumberField
            label={m.tidyMoves()}
            minValue={1}
            maxValue={mostMoves}
            value={moves}
            onChange={within(mostMoves, setMoves)}
            stepLabels={{ less: m.tidyMoveLess(), more: m.tidyMoveMore() }}
          />
        </div>
      }
      {...{ query, execute, accept, onClose }}
    >
      {answer && <Gaps answer={answer} most={moves} />}
      {answer && <Plan answer={answer} />}
    </FitDialog>
  )
}

/** How many fewer and how much longer the gaps get, why that is good, and whether more can be had. */
function Gaps({ answer: { gaps, moves }, most }: { answer: Answer; most: number }) {
  const format = useFormat()
  if (!gaps) return null
  const { number } = format
  const { now, then, isBest } = gaps
  if (moves.length === 0) return <p>{isBest ? m.tidyNothing() : m.tidyNoneFound()}</p>
  return (
    <>
      <p>
        {m.tidyGaps({ before: number(now.count), after: number(then.count) })}{' '}
        {then.longest !== now.longest &&
          m.tidyLongest({ was: number(now.longest), longest: number(then.longest) })}
      </p>
      <p className="text-muted">
        {m.tidyWhy()} {isBest ? m.tidyBest({ count: most }) : m.tidyNotBest()}
      </p>
    </>
  )
}

/** Who gets a better room, so that a type that is oversold can be kept. */
export function UpgradeType({ typeId, from, onClose }: Props & { from: Day }) {
  const { type } = useHouse()
  const [range, setRange] = useState<DayRange>({ from, to: addDays(from, 7) })
  const nights = { startDate: range.from, endDate: range.to }
  const query = useFitAnswers({ upgrade: { roomTypeId: typeId, ...nights } })
  const answer = query.data?.[0]
  const execute = useFitExecute(m.upgradeDone(), onClose)
  const accept = acceptOf(answer, (count) => m.upgradeDo({ count }))
  return (
    <FitDialog
      title={m.upgradeTitle({ type: type(typeId) })}
      lead={
        <DateRangePicker
          label={m.upgradeNights()}
          value={range}
          onChange={(next) => next && setRange(next)}
        />
      }
      {...{ query, execute, accept, onClose }}
    >
      {answer && <WhyNot answer={answer} />}
      {answer?.outcome === 'PLAN' && <p>{upgradeText(answer)}</p>}
      {answer && <Plan answer={answer} />}
    </FitDialog>
  )
}

function upgradeText({ moves, upgradeCount }: Answer): string {
  if (moves.length === 0) return m.upgradeNobody()
  return upgradeCount > 0 ? m.upgradePlan({ count: upgradeCount }) : m.upgradeNone({ count: moves.length })
}

function acceptOf(answer: Answer | undefined, label: (count: number) => string) {
  const moves = answer?.moves ?? []
  return moves.length > 0 ? { plan: { moves: planOf(moves) }, label: label(moves.length) } : undefined
}

const Plan = ({ answer: { moves } }: { answer: Answer }) =>
  moves.length > 0 && (
    <>
      <MoveList moves={moves} />
      <PlanDrawing moves={moves} />
    </>
  )
