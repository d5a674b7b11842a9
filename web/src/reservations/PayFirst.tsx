import { useState } from 'react'
import { PayBalance, payLabel } from '../folios/PayBalance'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import type { Booking } from './queries'

/** Takes what is open, and then does what was refused for it. */
export function PayFirst({ stay, balance, onPaid }: { stay: Booking; balance: number; onPaid: () => void }) {
  const { may } = useApp()
  const [isPaying, setPaying] = useState(false)
  if (!may('pms.folio.post_payments') || !may('pms.folio.view')) return null
  return (
    <>
      <Button look="primary" onPress={() => setPaying(true)}>
        {payLabel(balance)}
      </Button>
      {isPaying && (
        <PayBalance
          propertyId={stay.propertyId}
          stayId={stay.id}
          balance={balance}
          submitLabel={balance > 0 ? m.stayPayAndGo() : m.stayRefundAndGo()}
          onPaid={() => {
            setPaying(false)
            onPaid()
          }}
          onClose={() => setPaying(false)}
        />
      )}
    </>
  )
}
