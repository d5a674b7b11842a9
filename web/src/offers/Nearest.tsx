import { useFormat } from '../i18n/locale'
import { day, daysBetween } from '../kernel/dates'
import { m } from '../paraglide/messages'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import type { OfferChange, Offers } from './queries'
import { changeWord } from './words'

interface Props {
  nearest: readonly OfferChange[]
  roomTypes: readonly Pick<Offers['roomTypes'][number], 'id' | 'name'>[]
  currency: string
  onLead: (change: OfferChange) => void
}

/** What could be booked instead: to choose one leads there. */
export function Nearest({ nearest, roomTypes, ...rest }: Props) {
  return (
    <ul aria-label={m.offersInstead()} className="space-y-2">
      {nearest.map((change) => (
        <li key={change.kind}>
          <Change
            change={change}
            type={roomTypes.find((one) => one.id === change.roomTypeId)?.name ?? ''}
            {...rest}
          />
        </li>
      ))}
    </ul>
  )
}

interface ChangeProps extends Pick<Props, 'currency' | 'onLead'> {
  change: OfferChange
  type: string
}

function Change({ change, type, currency, onLead }: ChangeProps) {
  const format = useFormat()
  const { kind, checkInDate, checkOutDate, totalCents } = change
  const nights = m.reservationNights({ count: daysBetween(day(checkInDate), day(checkOutDate)) })
  const what = kind === 'ROOM_TYPE' ? type : `${format.days(checkInDate, checkOutDate, 'short')} · ${nights}`
  return (
    <Button
      className="w-full justify-start! gap-3! whitespace-normal! py-1.5 text-start!"
      onPress={() => onLead(change)}
    >
      <span className="min-w-0 grow">
        <span className="block font-normal text-muted text-xs">{changeWord(change)}</span>
        <bdi>{what}</bdi>
      </span>
      <span>{format.money(totalCents, currency)}</span>
      <Icon name="next" className="text-muted" />
    </Button>
  )
}
