import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { m } from '../paraglide/messages'
import { IconButton } from './Button'
import { useReturn } from './useReturn'

export interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons, the one that goes on last. */
  actions?: ReactNode
  /** `alertdialog` for a question that must be answered: a click beside it does not close it. */
  role?: 'dialog' | 'alertdialog'
  width?: 'narrow' | 'medium' | 'wide'
  /** Cannot be closed by Escape, nor has it a cross. */
  isForced?: boolean
}

const widths = { narrow: 'max-w-sm', medium: 'max-w-xl', wide: 'max-w-4xl' }
const drawerWidths = { narrow: 'max-w-md', medium: 'max-w-xl', wide: 'max-w-2xl' }

/** A box in the middle. Focus goes in, stays, and comes back to where it was. */
export function Dialog({ role = 'dialog', width = 'medium', isForced = false, ...props }: DialogProps) {
  useReturn()
  return (
    <ModalOverlay
      isOpen={props.isOpen}
      onOpenChange={(open) => !open && props.onClose()}
      isDismissable={role === 'dialog' && !isForced}
      isKeyboardDismissDisabled={isForced}
      className="appear fixed inset-0 z-40 flex items-start justify-center overflow-auto bg-scrim p-4 pt-[10dvh]"
    >
      <Modal className={`popover w-full ${widths[width]}`}>
        <AriaDialog role={role} className="outline-none">
          <DialogHead
            title={props.title}
            onClose={isForced || role === 'alertdialog' ? undefined : props.onClose}
          />
          <div className="px-4 pb-4">{props.children}</div>
          {props.actions && <DialogFoot>{props.actions}</DialogFoot>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** A panel at the end of the line, as high as the window: the page beside it stays in sight. */
export function Drawer({ isForced = false, width = 'medium', ...props }: DialogProps) {
  useReturn()
  const { isOpen, onClose, title, children, actions } = props
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isForced}
      isKeyboardDismissDisabled={isForced}
      className="appear fixed inset-0 z-30 flex justify-end bg-scrim"
    >
      <Modal className={`h-full w-full ${drawerWidths[width]} border-line border-s bg-surface shadow-raised`}>
        <AriaDialog className="flex h-full flex-col outline-none">
          <DialogHead title={title} onClose={onClose} />
          <div className="grow overflow-auto overscroll-contain px-4 pb-4">{children}</div>
          {actions && <DialogFoot>{actions}</DialogFoot>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

function DialogHead({ title, onClose }: { title: string; onClose: (() => void) | undefined }) {
  return (
    <div className="flex items-center gap-2 px-4 pt-3 pb-2">
      <Heading slot="title" level={2} className="grow text-balance text-lg">
        {title}
      </Heading>
      {onClose && <IconButton icon="close" label={m.uiClose()} onPress={onClose} className="-me-2" />}
    </div>
  )
}

function DialogFoot({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 border-line border-t px-4 py-3">{children}</div>
}
