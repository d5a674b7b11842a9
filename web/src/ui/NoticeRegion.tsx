import { Button as AriaButton } from 'react-aria-components/Button'
import { Text } from 'react-aria-components/Text'
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast'
import { m } from '../paraglide/messages'
import { IconButton } from './Button'
import { Icon } from './Icon'
import { queue } from './Toast'

/** Above the sums at the foot of the chart. F6 goes to it. */
export function NoticeRegion() {
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
