import { sentenceOf } from '../../i18n/sentences'
import { m } from '../../paraglide/messages'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import type { GridEdits } from './useGridEdits'

/** At the foot of the window as long as something is painted: what will be sent, and the way back. */
export function SaveBar({ edits }: { edits: GridEdits }) {
  const { history, calls, isSaving, error } = edits
  if (history.done.length + history.undone.length === 0) return null
  return (
    <div className="sticky bottom-2 z-20 flex flex-col gap-2 rounded-md border border-line bg-raised p-2 ps-3 shadow-raised max-sm:bottom-18">
      {error && <Note tone="danger">{sentenceOf(error)}</Note>}
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-40 grow basis-0" role="status">
          {m.setupGridUnsaved({ count: calls.length })}
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
