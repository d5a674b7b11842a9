import { m } from '../paraglide/messages'
import { Icon } from '../ui/Icon'
import type { FieldChange } from './words'

/** Field by field: what it was, struck through, and what it is. */
export function ChangeList({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <dl className="my-1 grid grid-cols-[minmax(6rem,9rem)_1fr] gap-x-3 gap-y-0.5">
      {changes.map(({ field, name, before, after }) => (
        <div key={field} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">
            {before !== undefined && (
              <>
                <span className="sr-only">{m.stayWas()} </span>
                <del className="text-muted">{before}</del>
                <Icon name="next" className="mx-1 inline! size-3 text-muted" />
              </>
            )}
            {before !== undefined && <span className="sr-only">{m.stayIs()} </span>}
            {after === undefined ? (
              <span className="text-muted">{m.stayEmpty()}</span>
            ) : (
              <ins className="no-underline">{after}</ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
