import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { meQuery } from '../api/queries'
import { useWriteKey } from '../api/useWriteKey'
import { useFormat } from '../i18n/locale'
import { sentenceOf } from '../i18n/sentences'
import { addDays, day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Choice'
import { Note } from '../ui/Note'
import { PageHeader } from '../ui/PageHeader'
import { QueryState } from '../ui/QueryState'
import { ClosedDays, figureWords } from './ClosedDays'
import { DueList } from './DueList'
import { figureColumns } from './figures'
import { Postings } from './Postings'
import { type Choices, closeDay, type DayClose, type Preview, previewQuery } from './queries'

/** What closing the open day would do, the button that does it, and what the days before were. */
export function DayClosePage() {
  const { property, may } = useApp()
  const query = useQuery(previewQuery(property.id))
  const [closed, setClosed] = useState<DayClose[]>([])
  const last = closed.at(-1)
  return (
    <>
      <PageHeader title={m.navDayClose()} />
      {last && <ClosedRecord record={last} count={closed.length} />}
      <QueryState query={query} lines={8}>
        {(preview) => <OpenDay key={preview.businessDate} preview={preview} onClosed={setClosed} />}
      </QueryState>
      {may('pms.folio.view') && <ClosedDays />}
    </>
  )
}

/** The close writes to every page: the business date stands in the bar, nights are on their folios. */
function useClose(preview: Preview, onClosed: (records: DayClose[]) => void) {
  const { property } = useApp()
  const cache = useQueryClient()
  const router = useRouter()
  const { key, done } = useWriteKey()
  const readAgain = async () => {
    await cache.refetchQueries({ queryKey: meQuery.queryKey })
    await router.invalidate()
    await cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
  }
  return useMutation({
    mutationFn: (choices: Choices) =>
      closeDay(property.id, preview.businessDate, lastOf(preview, choices), choices, key()),
    onSuccess: async (records) => {
      done()
      onClosed(records)
      await readAgain()
    },
    onError: (error) => {
      if (!error.isPassing) done()
      // It was refused for what came meanwhile, which should be seen; of several days the first may be closed.
      void readAgain()
    },
  })
}

/** The day before today in the property's zone: the last that is over. */
const lastOver = ({ localDate }: Preview) => addDays(day(localDate), -1)

const lastOf = (preview: Preview, { catchesUp }: Choices) =>
  catchesUp ? lastOver(preview) : day(preview.businessDate)

interface OpenDayProps {
  preview: Preview
  onClosed: (records: DayClose[]) => void
}

function OpenDay({ preview, onClosed }: OpenDayProps) {
  const format = useFormat()
  const { property } = useApp()
  const [choices, setChoices] = useState<Choices>({ givesUp: false, letsGo: false, catchesUp: false })
  const [isTried, setTried] = useState(false)
  const close = useClose(preview, onClosed)
  const { businessDate, localDate, isOver, arrivals, departures } = preview
  const isOpen = (arrivals.length > 0 && !choices.givesUp) || (departures.length > 0 && !choices.letsGo)
  const submit = () => {
    setTried(true)
    if (!isOpen) close.mutate(choices)
  }
  const behind = daysBetween(day(businessDate), day(localDate))
  const last = lastOf(preview, choices)
  const dayWords = `${format.day(businessDate, 'weekday')} ${format.day(businessDate)}`
  return (
    <div className="flex flex-col gap-3 px-4">
      <dl className="flex flex-wrap gap-x-8 gap-y-2 rounded-md bg-sunken px-3 py-2.5">
        <Fact name={m.closeOpenDay()}>{dayWords}</Fact>
        <Fact name={m.closeLocalDate({ zone: property.timezone })}>{format.day(localDate)}</Fact>
        <Fact name={m.closeState()}>{isOver ? m.closeIsOver() : m.closeIsRunning()}</Fact>
      </dl>
      {!isOver && <Note>{m.closeNotYet({ day: format.day(businessDate), zone: property.timezone })}</Note>}
      <Unresolved preview={preview} choices={choices} onChange={setChoices} />
      <Postings preview={preview} givesUp={choices.givesUp} />
      {isTried && isOpen && <Note tone="danger">{m.closeUnresolved()}</Note>}
      {close.error && !close.isPending && <Note tone="danger">{sentenceOf(close.error)}</Note>}
      {behind > 1 && (
        <Checkbox
          isSelected={choices.catchesUp}
          onChange={(catchesUp) => setChoices({ ...choices, catchesUp })}
        >
          {m.closeCatchUp({ day: format.day(lastOver(preview)) })}
        </Checkbox>
      )}
      <Button
        look="primary"
        className="self-start"
        isDisabled={!isOver}
        isPending={close.isPending}
        onPress={submit}
      >
        {choices.catchesUp
          ? m.closeDoThrough({ day: format.day(businessDate), last: format.day(last) })
          : m.closeDo({ day: format.day(businessDate) })}
      </Button>
    </div>
  )
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt className="text-muted text-xs">{name}</dt>
    <dd className="font-medium">{children}</dd>
  </div>
)

interface UnresolvedProps {
  preview: Preview
  choices: Choices
  onChange: (choices: Choices) => void
}

/** Who must be dealt with first, one by one in their stay, or all at once by a choice. */
function Unresolved({ preview: { arrivals, departures }, choices, onChange }: UnresolvedProps) {
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <DueList title={m.closeArrivals()} rows={arrivals} none={m.closeArrivalsNone()}>
        <Checkbox isSelected={choices.givesUp} onChange={(givesUp) => onChange({ ...choices, givesUp })}>
          {m.closeGiveUp()}
        </Checkbox>
      </DueList>
      <DueList title={m.closeDepartures()} rows={departures} none={m.closeDeparturesNone()}>
        <Checkbox isSelected={choices.letsGo} onChange={(letsGo) => onChange({ ...choices, letsGo })}>
          {m.closeLetGo()}
        </Checkbox>
      </DueList>
    </div>
  )
}

/** What the day was, once it is closed. */
function ClosedRecord({ record, count }: { record: DayClose; count: number }) {
  const format = useFormat()
  const { property } = useApp()
  const more = [
    { name: m.closeArrived(), value: record.arrivals },
    { name: m.closeLeft(), value: record.departures },
    { name: m.closeNoShows(), value: record.noShows },
    { name: m.closeGuests(), value: record.guestsInHouse },
  ]
  const title = m.closeDone({ day: format.day(record.businessDate) })
  return (
    <section aria-label={title} className="mx-4 mb-4 rounded-md border border-line bg-surface p-3">
      <Note>{count > 1 ? m.closeDoneMany({ day: format.day(record.businessDate) }) : title}</Note>
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
        {more.map(({ name, value }) => (
          <Fact key={name} name={name}>
            {format.number(value)}
          </Fact>
        ))}
        {figureColumns.map((column) => (
          <Fact key={column.id} name={column.title()}>
            {figureWords(column, record, property.currency, format)}
          </Fact>
        ))}
      </dl>
    </section>
  )
}
