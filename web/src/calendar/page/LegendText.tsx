import { m } from '../../paraglide/messages'
import { type Status, StatusBadge } from '../../ui/Badge'
import { Sign, type SignName, statusSign } from '../chart/Sign'
import { HOUSEKEEPING, STATUSES } from '../core/url'
import {
  BLOCK_TYPES,
  blockName,
  housekeepingLetter,
  housekeepingName,
  SOURCES,
  sourceLetter,
  sourceName,
} from '../names'

/** What the colours, letters and signs of the chart mean. */
export function LegendText() {
  const signs: [SignName, string][] = [
    ['pin', m.calendarCardPinned()],
    ['note', m.calendarCardNotes()],
    ['owes', m.calendarCardBalance()],
  ]
  return (
    <div className="grid grid-cols-2 gap-x-8 gap-y-4">
      <Part title={m.calendarFilterStates()}>
        {STATUSES.map((status) => (
          <Line key={status} sign={<Sign name={statusSign(status)} />}>
            <StatusBadge status={status as Status} />
          </Line>
        ))}
      </Part>
      <Part title={m.calendarFilterHousekeeping()}>
        {HOUSEKEEPING.map((state) => (
          <Line
            key={state}
            sign={<span className={`hk is-${state.toLowerCase()}`}>{housekeepingLetter(state)}</span>}
          >
            {housekeepingName(state)}
          </Line>
        ))}
      </Part>
      <Part title={m.calendarLegendSigns()}>
        {signs.map(([sign, name]) => (
          <Line key={sign} sign={<Sign name={sign} />}>
            {name}
          </Line>
        ))}
        {SOURCES.filter((source) => source !== 'DIRECT').map((source) => (
          <Line key={source} sign={<b className="text-xs">{sourceLetter(source)}</b>}>
            {sourceName(source)}
          </Line>
        ))}
      </Part>
      <Part title={m.calendarBlockKind()}>
        {BLOCK_TYPES.map((type) => (
          <Line key={type} sign={<span className={`swatch is-block is-${type.toLowerCase()}`} />}>
            {blockName(type)}
          </Line>
        ))}
        <Line sign={<span className="swatch is-warm" />}>{m.calendarLegendWarm()}</Line>
        <Line sign={<span className="swatch is-hot" />}>{m.calendarLegendHot()}</Line>
      </Part>
      <Part title={m.calendarLegendRestrictions()}>
        <Line sign={<span className="h-1 w-5 rounded-full bg-danger" />}>{m.setupRestrictionClosed()}</Line>
        <Line sign={<span className="me-auto h-1 w-2.5 rounded-full bg-danger" />}>
          {m.setupRestrictionArrival()}
        </Line>
        <Line sign={<span className="ms-auto h-1 w-2.5 rounded-full bg-danger" />}>
          {m.setupRestrictionDeparture()}
        </Line>
        <Line sign={<span className="w-5 border-warning-text border-t-4 border-dashed" />}>
          {m.calendarLegendLength()}
        </Line>
        <Line sign={<span className="h-0.5 w-5 rounded-full bg-danger" />}>{m.calendarLegendPart()}</Line>
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h2 className="mb-1 font-medium text-muted text-xs">{title}</h2>
      {children}
    </section>
  )
}

function Line({ sign, children }: { sign: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="flex min-h-6 items-center gap-2">
      <span className="flex w-5 justify-center">{sign}</span>
      {children}
    </div>
  )
}
