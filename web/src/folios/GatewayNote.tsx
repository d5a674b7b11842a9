import { useMutation } from '@tanstack/react-query'
import { useFormat } from '../i18n/locale'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Note } from '../ui/Note'
import { notify } from '../ui/Toast'
import { type PaymentIntent, settle } from './gateway'

/** What became of a payment by the gateway, in words. */
export function useGatewayWords(): (intent: PaymentIntent) => string {
  const format = useFormat()
  return (intent) => {
    const { status, kind } = intent
    const amount = format.money(intent.amountCents, intent.currency)
    const reason = intent.reason ?? intent.reasonCode ?? ''
    const isRefund = kind === 'REFUND'
    if (status === 'SETTLED') return isRefund ? m.folioRefunded() : m.folioPaid()
    if (status === 'DECLINED') return m.folioGatewayDeclined({ reason })
    if (status === 'FAILED') return m.folioGatewayFailed({ reason })
    if (status === 'SETTLED_UNPOSTED') return m.folioGatewayUnposted({ amount })
    return isRefund ? m.folioGatewayPendingBack({ amount }) : m.folioGatewayPending({ amount })
  }
}

/** No money moved, and none will. */
export const isLost = ({ status }: PaymentIntent): boolean => status === 'DECLINED' || status === 'FAILED'

/** Asks the gateway once more, and tells when it knows no more than before. */
export function CheckAgain({
  intent,
  onNews,
}: {
  intent: PaymentIntent
  onNews: (now: PaymentIntent) => void
}) {
  const check = useMutation({
    mutationFn: () => settle(intent.id),
    onSuccess: (now) => (now.status === 'PENDING' ? notify({ text: m.folioGatewayStill() }) : onNews(now)),
    onError: (error) => notify({ text: sentenceOf(error), tone: 'error' }),
  })
  return (
    <Button isPending={check.isPending} onPress={() => check.mutate()}>
      {m.folioGatewayCheck()}
    </Button>
  )
}

export interface GatewayResultProps {
  title: string
  intent: PaymentIntent
  onNews: (now: PaymentIntent) => void
  /** Back to the form. */
  onOther: () => void
  onClose: () => void
}

/** In the place of the form, when the money did not come at once. */
export function GatewayResult({ title, intent, onNews, onOther, onClose }: GatewayResultProps) {
  const isPending = intent.status === 'PENDING'
  const hasFailed = isLost(intent)
  const words = useGatewayWords()
  const buttons = (
    <>
      <Button onPress={onClose}>{m.uiClose()}</Button>
      {isPending && <CheckAgain intent={intent} onNews={onNews} />}
      {hasFailed && (
        <Button look="primary" onPress={onOther} autoFocus>
          {m.folioGatewayOther()}
        </Button>
      )}
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title={title} actions={buttons}>
      <Note tone={hasFailed ? 'danger' : 'warning'}>{words(intent)}</Note>
    </Dialog>
  )
}
