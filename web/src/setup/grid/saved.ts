import { asApiError } from '../../api/errors'
import { sentenceOf } from '../../i18n/sentences'
import { m } from '../../paraglide/messages'
import { notify } from '../../ui/Toast'

/** Takes back what was written. */
export type TakeBack = () => Promise<unknown>

interface Written {
  text: string
  takeBack: TakeBack
  /** Told once it is taken back. */
  undone: string
  refresh: () => Promise<unknown>
}

/** Told with the way back. */
export function tellWritten({ text, takeBack, undone, refresh }: Written): void {
  const undo = async () => {
    try {
      await takeBack()
      notify({ text: undone })
    } catch (error) {
      notify({ text: sentenceOf(asApiError(error)), tone: 'error' })
    }
    await refresh()
  }
  notify({ text, action: { label: m.uiUndo(), run: () => void undo() } })
}

/** What a grid has saved goes back newest first, as a later range may lie over an earlier one. */
export function tellSaved(written: readonly TakeBack[], refresh: () => Promise<unknown>): void {
  const takeBack = async () => {
    for (const one of written.toReversed()) await one()
  }
  tellWritten({ text: m.uiFormSaved(), takeBack, undone: m.setupGridUndone(), refresh })
}
