import type { ApiError } from '../../api/errors'
import { useFormat } from '../../i18n/locale'
import { rulesOf } from '../../i18n/sentences'
import { m } from '../../paraglide/messages'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import type { Edit } from './edits'
import type { GridRow } from './Grid'
import { nightsText } from './ranges'
import type { GridEdits } from './useGridEdits'

interface Props {
  edits: GridEdits
  rows: readonly GridRow[]
  wordsOf?: ((error: ApiError) => string) | undefined
}

/** Named one by one; what is more is counted alone. */
const mostNamed = 2

/** At the foot of the window as long as something is painted: what will be sent, and the way back. */
export function SaveBar({ edits, rows, wordsOf = rulesOf }: Props) {
  const { history, calls, isSaving, error } = edits
  if (history.done.length + history.undone.length === 0) return null
  return (
    <div className="sticky bottom-2 z-20 flex flex-col gap-2 rounded-md border border-line bg-raised p-2 ps-3 shadow-raised max-sm:bottom-18">
      {error && <Note tone="danger">{wordsOf(error)}</Note>}
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-40 grow basis-0" role="status">
          {calls.length > 0 ? m.setupGridUnsaved({ count: calls.length }) : m.setupGridAsSaved()}
          {calls.length <= mostNamed && <Named calls={calls} rows={rows} />}
        </p>
        <Button look="quiet" isDisabled={history.done.length === 0 || isSaving} onPress={edits.undo}>
          {m.uiUndo()}
        </Button>
        <Button look="quiet" isDisabled={history.undone.length === 0 || isSaving} onPress={edits.redo}>
          {m.setupGridRedo()}
        </Button>
        <Button isDisabled={isSaving} onPress={edits.discard}>
          {m.uiFormDiscard()}
        </Button>
        <Button look="primary" isPending={isSaving} isDisabled={calls.length === 0} onPress={edits.save}>
          {m.uiFormSave()}
        </Button>
      </div>
    </div>
  )
}

/** Where they are: the nights on screen may be others by now. */
function Named({ calls, rows }: { calls: readonly Edit[]; rows: readonly GridRow[] }) {
  const format = useFormat()
  return calls.map((call) => (
    <span key={JSON.stringify(call)} className="text-muted">
      {' · '}
      <bdi>{rows.find(({ id }) => id === call.typeId)?.code}</bdi> {nightsText(format, call.from, call.to)}
    </span>
  ))
}
