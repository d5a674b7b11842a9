import { Button as AriaButton } from 'react-aria-components/Button'
import { Text } from 'react-aria-components/Text'
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast'
import { m } from '../paraglide/messages'
import { IconButton } from './Button'
import { Icon } from './Icon'

export interface Notice {
  text: string
  tone?: 'plain' | 'error'
  /** One thing that can be done about it, such as to undo it. */
  action?: Action
  /** Another thing that can be done instead. */
  other?: Action
}

interface Action {
  label: string
  run: () => void
}

const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 })

/** What may be missed may go by itself; a refusal, or what can be undone, stays longer. */
const shortMs = 5_000
const longMs = 12_000

/** Shows a notice at the foot of the page, reads it out, and answers how to take it away. */
export function notify(notice: Notice): () => void {
  const timeout = notice.tone === 'error' || notice.action ? longMs : shortMs
  const key = queue.add(notice, { timeout })
  return () => queue.close(key)
}

/** Once, at the root of the page, above the sums at the foot of the chart. F6 goes to it. */
export function Notices() {
  return (
    <ToastRegion
      queue={queue}
      aria-label={m.uiNotices()}
      className="fixed inset-x-0 bottom-[5.25rem] z-50 mx-auto flex w-fit max-w-[calc(100vw-2rem)] flex-col items-center gap-2 outline-none"
    >
      {({ toast }) => (
        <AriaToast
          toast={toast}
          className="flex min-h-11 items-center gap-2 rounded-md bg-text py-1 ps-3 pe-1 text-bg shadow-raised"
        >
          {toast.content.tone === 'error' && <Icon name="warning" />}
          <ToastContent className="py-1">
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {[toast.content.action, toast.content.other].map(
            (action) =>
              action && (
                <AriaButton
                  key={action.label}
                  onPress={() => {
                    action.run()
                    queue.close(toast.key)
                  }}
                  className="min-h-control whitespace-nowrap rounded-md px-2 font-semibold underline underline-offset-2"
                >
                  {action.label}
                </AriaButton>
              ),
          )}
          <IconButton
            slot="close"
            icon="close"
            label={m.uiClose()}
            className="text-bg! hover:text-text! pressed:text-text!"
          />
        </AriaToast>
      )}
    </ToastRegion>
  )
}
