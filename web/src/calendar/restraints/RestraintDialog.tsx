import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, dataOf, type Schemas, writeHeaders } from '../../api/client'
import type { ApiError } from '../../api/errors'
import { useWriteKey } from '../../api/useWriteKey'
import type { Format } from '../../i18n/format'
import { useFormat } from '../../i18n/locale'
import { restrictionNames, restrictionWords } from '../../i18n/restrictions'
import { sentenceOf } from '../../i18n/sentences'
import { addDays, type Day } from '../../kernel/dates'
import { m } from '../../paraglide/messages'
import { useHouse } from '../../reservations/queries'
import { useApp } from '../../shell/useApp'
import { Button } from '../../ui/Button'
import { Switch } from '../../ui/Choice'
import { DateRangePicker, type DayRange } from '../../ui/DatePicker'
import { FormDialog } from '../../ui/FormDialog'
import { Select } from '../../ui/Select'
import { Skeleton } from '../../ui/Skeleton'
import { TextField } from '../../ui/TextField'
import { Desk } from '../desk/Desk'
import {
  type Change,
  changeOf,
  counts,
  flags,
  isCount,
  mostNights,
  stepOf,
  type Told,
  toldOn,
  type Values,
  valuesOf,
} from './values'

type Changes = Schemas['RestrictionsChange']['changes']

/** Sets; then it is told, with the way back, which is a step of the calendar's history. */
function usePut(onDone: () => void) {
  const { property } = useApp()
  const cache = useQueryClient()
  const { key, done } = useWriteKey()
  return useMutation<Schemas['RestrictionsChanged'], ApiError, Changes>({
    mutationFn: (changes) => {
      const body = { propertyId: property.id, changes }
      return dataOf(api.PUT('/api/v1/pms/restrictions', { body, headers: writeHeaders(key()) }))
    },
    onSuccess: ({ before }, changes) => {
      done()
      void cache.invalidateQueries({ queryKey: ['restrictions'] })
      const step = stepOf(changes, before)
      if (step) Desk.onScreen?.remember(step, [])
      onDone()
    },
    onError: (error) => {
      if (!error.isPassing) done()
    },
  })
}

interface Props {
  /** None: the whole house. */
  typeId: string | null
  from: Day
  onClose(): void
}

/** What may not be sold on some dates, for the house or a type: from the head of a date. */
export function RestraintDialog({ typeId: asked, from, onClose }: Props) {
  const { property } = useApp()
  const format = useFormat()
  const [typeId, setType] = useState(asked)
  const [range, setRange] = useState<DayRange | null>({ from, to: from })
  const query = useQuery({
    queryKey: ['restrictions', property.id, 'on', from],
    staleTime: 0,
    queryFn: ({ signal }) => {
      const query = { propertyId: property.id, start: from, days: 1, forAllPlans: true }
      return dataOf(api.GET('/api/v1/pms/restrictions', { params: { query }, signal }))
    },
  })
  const title = m.calendarRestraintsTitle({ date: format.day(from, 'long') })
  if (!query.data || !query.isFetchedAfterMount) {
    const form = {
      isDirty: false,
      isPending: false,
      problem: query.error ? sentenceOf(query.error) : undefined,
    }
    return (
      <FormDialog
        title={title}
        form={{ ...form, submit: () => {} }}
        onClose={onClose}
        submitLabel=""
        isReadOnly
      >
        {!query.error && <Skeleton />}
      </FormDialog>
    )
  }
  const told = toldOn(query.data, typeId, from)
  return <Editor key={typeId} {...{ title, typeId, setType, range, setRange, from, told, onClose }} />
}

interface EditorProps {
  title: string
  typeId: string | null
  setType(id: string | null): void
  range: DayRange | null
  setRange(range: DayRange | null): void
  from: Day
  told: Told
  onClose(): void
}

const house = 'house'

function Editor({ title, typeId, setType, range, setRange, from, told, onClose }: EditorProps) {
  const { property } = useApp()
  const { types } = useHouse()
  const navigate = useNavigate()
  // What it said when one began: what others change meanwhile stays theirs.
  const [seen] = useState(told)
  const [values, setValues] = useState(() => valuesOf(seen))
  const [isTried, setTried] = useState(false)
  const write = usePut(onClose)
  const areMore = range !== null && (range.from !== from || range.to !== from)
  const set = changeOf(seen, values, areMore)
  const isDirty = Object.keys(set).length > 0
  const areCounts = counts.every((field) => isCount(values.counts[field]))
  const submit = () => {
    setTried(true)
    if (!isDirty) return onClose()
    if (!range || !areCounts) return
    const change = {
      startDate: range.from,
      endDate: addDays(range.to, 1),
      set: set as Schemas['RestraintsChange'],
    }
    write.mutate([typeId === null ? change : { ...change, roomTypeId: typeId }])
  }
  const lead = () => {
    onClose()
    const search = { start: from, property: property.id } as never
    void navigate({ to: '/set-up/$section', params: { section: 'restrictions' }, search })
  }
  const problem = write.error && !write.isPending ? restrictionWords(write.error) : undefined
  return (
    <FormDialog
      title={title}
      width="narrow"
      form={{ isDirty, isPending: write.isPending, problem, submit }}
      onClose={onClose}
      submitLabel={m.calendarBlockChangeSave()}
      extra={
        <Button look="quiet" onPress={lead}>
          {m.calendarRestraintsAll()}
        </Button>
      }
    >
      <Select
        label={m.calendarRestraintsFor()}
        choices={[
          { id: house, label: m.calendarRestraintsHouse() },
          ...types.map(({ id, name }) => ({ id, label: name })),
        ]}
        value={typeId ?? house}
        onChange={(id) => setType(id === house ? null : id)}
        isDisabled={isDirty}
      />
      <DateRangePicker
        label={m.calendarRestraintsDates()}
        value={range}
        onChange={setRange}
        min={from}
        error={isTried && !range ? m.stayDatesMissing() : undefined}
      />
      <RuleFields {...{ values, setValues, isTried }} broader={seen.broader} />
    </FormDialog>
  )
}

interface FieldProps {
  values: Values
  setValues(values: Values): void
  isTried: boolean
  broader: Change
}

function RuleFields({ values, setValues, isTried, broader }: FieldProps) {
  const format = useFormat()
  return (
    <>
      <div className="flex flex-col">
        {flags.map((field) => (
          <Switch
            key={field}
            isSelected={values.flags[field]}
            onChange={(is) => setValues({ ...values, flags: { ...values.flags, [field]: is } })}
          >
            {restrictionNames[field]()}
            {broader[field] && values.flags[field] && (
              <span className="text-muted text-xs">{m.calendarRestraintsByHouse()}</span>
            )}
          </Switch>
        ))}
      </div>
      {counts.map((field) => (
        <TextField
          key={field}
          label={restrictionNames[field]()}
          inputMode="numeric"
          value={values.counts[field]}
          onChange={(text) => setValues({ ...values, counts: { ...values.counts, [field]: text } })}
          description={broaderWords(broader, field, format)}
          error={
            isTried && !isCount(values.counts[field])
              ? m.setupRestrictionCountHelp({ least: format.number(1), most: format.number(mostNights) })
              : undefined
          }
        />
      ))}
    </>
  )
}

const broaderWords = (broader: Change, field: (typeof counts)[number], format: Format): string | undefined =>
  broader[field] ? m.calendarRestraintsHouseSays({ value: format.number(broader[field]) }) : undefined
