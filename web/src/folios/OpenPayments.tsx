import { useMutation, useQuery } from '@tanstack/react-query'
import { useWriteKey } from '../api/useWriteKey'
import { sentenceOf } from '../i18n/sentences'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Menu, MenuItem, MenuTrigger } from '../ui/Menu'
import { Note } from '../ui/Note'
import type { Choice } from '../ui/Select'
import { notify } from '../ui/Toast'
import { CheckAgain, isLost, useGatewayWords } from './GatewayNote'
import { intentsQuery, type PaymentIntent, postIntent } from './gateway'
import { useFoliosChanged } from './queries'

export interface OpenPaymentsProps {
  propertyId: string
  stayId: string
  /** The open folios of the stay. */
  folios: readonly Choice[]
}

/** Payments of the stay that the gateway has not said the end of, or that stand on no folio. */
export function OpenPayments({ propertyId, stayId, folios }: OpenPaymentsProps) {
  const { may } = useApp()
  const changed = useFoliosChanged()
  const intents = useQuery(intentsQuery(propertyId, stayId)).data ?? []
  const open = intents.filter(({ status }) => status === 'PENDING' || status === 'SETTLED_UNPOSTED')
  const words = useGatewayWords()
  // Its note goes with it, so what it came to is said elsewhere.
  const told = (now: PaymentIntent) => {
    notify({ text: words(now), tone: isLost(now) ? 'error' : 'plain' })
    void changed()
  }
  const mayPay = may('pms.folio.post_payments')
  const act = (intent: PaymentIntent) =>
    intent.status === 'PENDING' ? (
      <CheckAgain intent={intent} onNews={told} />
    ) : (
      <PostMenu intent={intent} folios={folios} onPosted={changed} />
    )
  return open.map((intent) => (
    <div key={intent.id} className="mb-3">
      <Note tone="warning" actions={mayPay && act(intent)}>
        {words(intent)}
      </Note>
    </div>
  ))
}

interface PostMenuProps {
  intent: PaymentIntent
  folios: readonly Choice[]
  onPosted: () => void
}

function PostMenu({ intent, folios, onPosted }: PostMenuProps) {
  const writeKey = useWriteKey()
  const post = useMutation({
    mutationFn: (folioId: string) => postIntent(intent.id, folioId, writeKey.key()),
    onSuccess: () => {
      writeKey.done()
      notify({ text: m.folioPosted() })
      onPosted()
    },
    onError: (error) => {
      writeKey.done()
      notify({ text: sentenceOf(error), tone: 'error' })
    },
  })
  return (
    <MenuTrigger>
      <Button isPending={post.isPending} isDisabled={folios.length === 0}>
        {m.folioGatewayPost()}
      </Button>
      <Menu label={m.folioGatewayPost()}>
        {folios.map(({ id, label }) => (
          <MenuItem key={id} label={label} onAction={() => post.mutate(id)} />
        ))}
      </Menu>
    </MenuTrigger>
  )
}
