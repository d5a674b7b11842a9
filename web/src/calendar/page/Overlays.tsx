import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { FeeBox } from '../../reservations/FeeBox'
import { dateOf } from '../core/days'
import type { Bar } from '../core/items'
import type { Desk } from '../desk/Desk'
import { Asks, Question } from './Asks'
import { CellMenu } from './CellMenu'
import { EarlyCheckIn } from './EarlyCheckIn'
import { HistoryDialog } from './HistoryDialog'
import { BlockDialog, BookDialog } from './later'
import { blockEntries, cellEntries, type Entry, stayEntries } from './menu'
import { NoteDialog } from './NoteDialog'
import { act, type MenuState, type Overlay } from './useActs'

// It comes with what is fetched when there is time.
export { followRestraints } from '../restraints/follow'

const MakeRoomFor = lazy(() =>
  import('../../reservations/MakeRoom').then((it) => ({ default: it.MakeRoomFor })),
)

const typePlans = () => import('../../reservations/TypePlans')
const TidyType = lazy(() => typePlans().then((it) => ({ default: it.TidyType })))
const UpgradeType = lazy(() => typePlans().then((it) => ({ default: it.UpgradeType })))

const Restraints = lazy(() =>
  import('../restraints/RestraintDialog').then((it) => ({ default: it.RestraintDialog })),
)

interface Props {
  desk: Desk
  overlay: Overlay | null
  menu: MenuState | null
  choose(entry: Entry): void
  closeMenu(): void
  closeOverlay(): void
  setOverlay(overlay: Overlay): void
}

/** All that lies over the chart: menus, questions, forms. */
export function Overlays({ desk, overlay, menu, choose, ...set }: Props) {
  const { closeMenu, closeOverlay, setOverlay } = set
  return (
    <>
      {menu && <MenuOf desk={desk} menu={menu} choose={choose} setOverlay={setOverlay} onClose={closeMenu} />}
      <Asks desk={desk} onFit={(stayId, roomId) => setOverlay({ kind: 'fit', stayId, roomId })} />
      <Suspense>
        {overlay?.kind === 'book' && (
          <BookDialog
            key={overlay.request.key}
            desk={desk}
            request={overlay.request}
            onClose={closeOverlay}
            onFit={(stayId) => setOverlay({ kind: 'fit', stayId })}
          />
        )}
        {overlay?.kind === 'block' && (
          <BlockDialog
            key={overlay.request.key}
            desk={desk}
            request={overlay.request}
            onClose={closeOverlay}
          />
        )}
        {overlay?.kind === 'tidy' && <TidyType typeId={overlay.typeId} onClose={closeOverlay} />}
        {overlay?.kind === 'upgrade' && (
          <UpgradeType typeId={overlay.typeId} from={overlay.from} onClose={closeOverlay} />
        )}
        {overlay?.kind === 'restraints' && (
          <Restraints typeId={overlay.typeId} from={overlay.from} onClose={closeOverlay} />
        )}
        {overlay?.kind === 'fit' && (
          <MakeRoomFor stayId={overlay.stayId} roomId={overlay.roomId} onClose={closeOverlay} />
        )}
      </Suspense>
      {overlay && 'bar' in overlay && <OfStay desk={desk} {...overlay} onClose={closeOverlay} />}
    </>
  )
}

interface MenuOfProps {
  desk: Desk
  menu: MenuState
  choose(entry: Entry): void
  setOverlay(overlay: Overlay): void
  onClose(): void
}

function MenuOf({ desk, menu, choose, setOverlay, onClose }: MenuOfProps) {
  const { model, controller, hotel } = desk
  const navigate = useNavigate()
  const may = (permission: string) => hotel.may(permission)
  const item = menu.item === null ? undefined : model.item(menu.item)
  const row = model.row(menu.cell.row)
  if (!row) return null
  const night = menu.cell.night ?? model.businessDate
  const entries =
    item?.kind === 'stay'
      ? stayEntries(model, item, night, may)
      : item
        ? blockEntries(model, item, may)
        : cellEntries(model, row, menu.cell, may, !controller.state.closed.has(row.typeId))
  const room =
    row.kind === 'room' ? m.calendarMenuOfRoom({ room: model.room(row.roomId)?.roomNumber ?? '' }) : ''
  const chosen = (entry: Entry) => {
    const start = dateOf(menu.cell.night ?? model.businessDate)
    if (entry === 'tidy' || entry === 'upgrade')
      return setOverlay({ kind: entry, typeId: row.typeId, from: start })
    if (entry !== 'restrictions') return choose(entry)
    if (may('pms.rates.manage') && night >= model.businessDate)
      return setOverlay({ kind: 'restraints', typeId: row.typeId, from: start })
    const search = { start, property: hotel.propertyId } as never
    void navigate({ to: '/set-up/$section', params: { section: 'restrictions' }, search })
  }
  const label = item?.kind === 'stay' ? item.lastName : room || (model.type(row.typeId)?.name ?? '')
  if (entries.length === 0) return null
  return (
    <CellMenu x={menu.x} y={menu.y} label={label} entries={entries} onChoose={chosen} onClose={onClose} />
  )
}

interface OfStayProps<Kind> {
  desk: Desk
  kind: Kind
  bar: Bar
  onClose(): void
}

function OfStay({ kind, ...rest }: OfStayProps<Extract<Overlay, { bar: Bar }>['kind']>) {
  switch (kind) {
    case 'early':
      return <EarlyCheckIn {...rest} />
    case 'note':
      return <NoteDialog {...rest} />
    case 'history':
      return <HistoryDialog {...rest} />
    default:
      return <StayQuestion kind={kind} {...rest} />
  }
}

function StayQuestion({ desk, kind, bar, onClose }: OfStayProps<'cancel' | 'noShow' | 'dirty' | 'balance'>) {
  const format = useFormat()
  const { id, version, lastName: name } = bar
  const room = bar.roomId === null ? undefined : desk.model.room(bar.roomId)
  const amount = format.money(bar.balanceCents, desk.model.currency)
  const close = (run: (reason: string | null) => void) => (reason: string | null) => {
    onClose()
    run(reason)
  }
  switch (kind) {
    case 'cancel':
      return (
        <Question
          title={m.calendarCancelTitle({ name })}
          yes={m.calendarCancelYes()}
          isDanger
          hasReason
          onYes={close((reason) => void act(desk, { kind: 'cancel', id, reason }, version))}
          onClose={onClose}
        >
          <FeeBox stayId={id} way="cancellation" />
        </Question>
      )
    case 'noShow':
      return (
        <Question
          title={m.calendarNoShowTitle({ name })}
          yes={m.calendarNoShowYes()}
          isDanger
          hasReason
          onYes={close((reason) => void act(desk, { kind: 'noShow', id, reason }, version))}
          onClose={onClose}
        >
          <FeeBox stayId={id} way="noShow" />
        </Question>
      )
    case 'dirty':
      return (
        <Question
          title={m.calendarAskDirtyTitle({ room: room?.roomNumber ?? '' })}
          texts={[m.calendarAskDirtyText({ name })]}
          yes={m.calendarAskDirtyYes()}
          onYes={close(() => void act(desk, { kind: 'checkIn', id, overrideDirty: true }, version))}
          onClose={onClose}
        />
      )
    case 'balance':
      return (
        <Question
          title={m.calendarAskBalanceTitle({ name, amount })}
          texts={[m.calendarAskBalanceText()]}
          yes={m.calendarAskBalanceYes()}
          onYes={close(() => void act(desk, { kind: 'checkOut', id, acceptBalance: true }, version))}
          onClose={onClose}
        />
      )
  }
}
