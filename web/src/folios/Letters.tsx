import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../i18n/locale'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Note } from '../ui/Note'
import { lettersQuery } from './letters'
import type { Folio } from './queries'

/** What became of the last letter that a folio went with. */
export function Letters({ folio }: { folio: Folio }) {
  const { property } = useApp()
  const format = useFormat()
  const [last] =
    useQuery({ ...lettersQuery(folio.propertyId, folio.id), enabled: property.sendsMail }).data ?? []
  if (!last) return null
  const to = last.recipient
  if (last.status === 'FAILED')
    return (
      <div className="mb-2">
        <Note tone="warning">{m.letterFailed({ to, reason: last.failureReason ?? '' })}</Note>
      </div>
    )
  const when = last.sentAt && format.instant(last.sentAt, property.timezone)
  return (
    <p role="status" className="mb-2 text-muted">
      {when ? m.letterSent({ to, when }) : m.letterWaits({ to })}
    </p>
  )
}
