import { presentRow } from '../api/client'
import type { ApiError } from '../api/errors'
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
  if (!error) return null
  const present = presentRow<Booking>(error)
  if (present && seen) return <ConflictNote seen={seen} present={present} />
  if (error.code !== 'VALIDATION_ERROR') return <Note tone="danger">{sentenceOf(error)}</Note>
  const others = error.details.filter((fault) => !shown.includes(fault.field))
  return (
    <Note tone="danger">
      {m.stayFaults()}
      {others.map((fault) => (
        <p key={fault.field} dir="ltr" className="text-start">
          {fault.field}: {fault.message}
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
