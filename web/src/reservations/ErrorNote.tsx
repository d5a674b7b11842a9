import { useEffect, useRef } from 'react'
import { presentRow } from '../api/client'
import type { ApiError } from '../api/errors'
import { withDays } from '../i18n/days'
import { useFormat } from '../i18n/locale'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Note } from '../ui/Note'
import { ChangeList } from './ChangeList'
import { type Booking, useHouse } from './queries'
import { differences } from './words'

/** Why nothing was saved. Faults of fields that the form shows stand there, the others here. */
export function ErrorNote({
  error,
  seen,
  shown = [],
}: {
  error: ApiError | null
  /** The stay as it was when the form opened: to tell what someone else changed. */
  seen?: Booking | undefined
  /** The fields of the API that have a place of their own. */
  shown?: readonly string[]
}) {
  const box = useRef<HTMLDivElement>(null)
  // A form may be longer than its drawer.
  useEffect(() => {
    if (error) box.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  if (!error) return null
  return (
    <div ref={box}>
      <Told error={error} seen={seen} shown={shown} />
    </div>
  )
}

interface ToldProps {
  error: ApiError
  seen: Booking | undefined
  shown: readonly string[]
}

function Told({ error, seen, shown }: ToldProps) {
  const present = presentRow<Booking>(error)
  if (present && seen) return <ConflictNote seen={seen} present={present} />
  // Whether it came through is not known then; trying again is safe, and that is what must be said.
  if (error.code === 'OFFLINE') return <Note tone="danger">{m.stayOffline()}</Note>
  if (error.code !== 'VALIDATION_ERROR') return <Note tone="danger">{sentenceOf(error)}</Note>
  const others = error.details.filter((fault) => !shown.includes(fault.field))
  return (
    <Note tone="danger">
      {m.stayFaults()}
      {others.map((fault) => (
        <p key={fault.field} dir="ltr" className="text-start">
          {fault.field}: {withDays(fault.message)}
        </p>
      ))}
    </Note>
  )
}

/** What someone else changed meanwhile. What one typed oneself stays in the form, and can be sent again on top of it. */
function ConflictNote({ seen, present }: { seen: Booking; present: Booking }) {
  const format = useFormat()
  const names = useHouse()
  const { property } = useApp()
  const changes = differences(seen, present, {
    names,
    format,
    zone: property.timezone,
    currency: present.currency,
  })
  return (
    <Note tone="warning">
      <p className="font-semibold">
        {m.stayConflict({ time: format.instant(present.updatedAt, property.timezone) })}
      </p>
      <ChangeList changes={changes} />
      <p>{m.stayConflictGoOn()}</p>
    </Note>
  )
}
