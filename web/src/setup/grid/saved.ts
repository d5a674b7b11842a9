import { asApiError } from '../../api/errors'
import { sentenceOf } from '../../i18n/sentences'
import { m } from '../../paraglide/messages'
import { notify } from '../../ui/Toast'

/** Takes a range back that was written. */
export type TakeBack = () => Promise<unknown>

/** Told when all is saved, with the way back: newest first, as a later range may lie over an earlier one. */
export function tellSaved(written: readonly TakeBack[], refresh: () => Promise<unknown>): void {
  const undo = async () => {
    try {
      for (const takeBack of written.toReversed()) await takeBack()
      notify({ text: m.setupGridUndone() })
    } catch (error) {
      notify({ text: sentenceOf(asApiError(error)), tone: 'error' })
    }
    await refresh()
  }
  notify({ text: m.uiFormSaved(), action: { label: m.uiUndo(), run: () => void undo() } })
}
