import { type ReactNode, useState } from 'react'
import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import { GhostPrice } from '../chart/GhostPrice'
import { useDeskState } from '../chart/useDesk'
import { dateOf } from '../core/days'
import { ghostOf, keptBy, notesAt } from '../core/hand'
import type { Bar } from '../core/items'
import type { Offers } from '../core/offers'
import { reasonMessage } from '../core/rules'
import type { Asked, Hand } from '../core/state'
import { rowFacts } from '../core/words'
import type { Desk } from '../desk/Desk'
import { said } from '../said'

/** A block is never asked about. */
type Carried = Exclude<Hand, { mode: 'range' | 'block' }>

/** Others move so that a stay fits into a room. */
type OnFit = (stayId: string, roomId: string) => void

/** What the machine asks before it does: sure, or what to do about whoever is there. */
export function Asks({ desk, onFit }: { desk: Desk; onFit: OnFit }) {
  const asked = useDeskState(desk, (state) => state.asked)
  const hand = useDeskState(desk, (state) => state.hand)
  if (!asked || !hand || hand.mode === 'range' || hand.mode === 'block') return null
  return asked.kind === 'sure' ? (
    <Sure desk={desk} asked={asked} hand={hand} />
  ) : (
    <Occupied desk={desk} asked={asked} hand={hand} onFit={onFit} />
  )
}

const NO_OFFERS: Offers = { swap: null, displace: null, moves: [], mayFit: false }

interface AskProps {
  desk: Desk
  asked: Asked
  hand: Carried
}

function questionsOf(asked: Asked, bar: Bar): string[] {
  const texts = { inHouse: m.calendarAskInHouse, pinned: m.calendarAskPinned }
  return asked.questions.map((question) => texts[question]({ name: bar.lastName }))
}

/** What a guest would find in the other room. */
function Warnings({ desk: { model }, hand }: { desk: Desk; hand: Carried }) {
  const room = rowFacts(model, ghostOf(hand).row).room as string
  return notesAt(model, hand).map(({ key, facts }) => (
    <p key={key} className="mt-2 text-warning-text">
      {key === 'calendar.note.dirty'
        ? m.calendarBookDirty({ room })
        : m.calendarAskOtherType({ room, type: `${facts.otherType}`, from: `${facts.wasType}` })}
    </p>
  ))
}

/** Who would be where, and when. */
function useTarget(desk: Desk, hand: Carried): string {
  const format = useFormat()
  const { row, span } = ghostOf(hand)
  const found = desk.model.row(row)
  const room = found?.kind === 'room' ? desk.model.room(found.roomId)?.roomNumber : undefined
  const place = room ? m.calendarRoom({ room }) : m.calendarUnassigned()
  const days = format.days(dateOf(span.from), dateOf(span.to))
  const at = { name: hand.bar.lastName, place, days }
  const kept = keptBy(hand)
  if (!kept) return m.calendarSayDropped(at)
  const home = desk.model.room(hand.bar.roomId ?? '')?.roomNumber ?? ''
  return m.calendarSayDroppedKeeps({ ...at, home, kept: format.days(dateOf(kept.from), dateOf(kept.to)) })
}

function Sure({ desk, asked, hand }: AskProps) {
  const answer = (choice: 'yes' | 'no') => desk.controller.send({ type: 'answer', choice })
  return (
    <Dialog
      isOpen
      role="alertdialog"
      width="narrow"
      title={m.calendarAskTitle()}
      onClose={() => answer('no')}
      actions={
        <>
          <Button onPress={() => answer('no')}>{m.calendarAskKeep()}</Button>
          <Button look="primary" autoFocus onPress={() => answer('yes')}>
            {m.calendarAskYes()}
          </Button>
        </>
      }
    >
      {questionsOf(asked, hand.bar).map((text) => (
        <p key={text} className="mb-2">
          {text}
        </p>
      ))}
      <p className="text-muted">{useTarget(desk, hand)}</p>
      <Warnings desk={desk} hand={hand} />
      <p className="mt-2 font-semibold">
        <GhostPrice desk={desk} hand={hand} />
      </p>
    </Dialog>
  )
}

function Occupied({ desk, asked, hand, onFit }: AskProps & { onFit: OnFit }) {
  const format = useFormat()
  const target = useTarget(desk, hand)
  const { model } = desk
  const answer = (choice: 'no' | 'swap' | 'displace') => desk.controller.send({ type: 'answer', choice })
  const number = (id: string | null) => (id === null ? '' : (model.room(id)?.roomNumber ?? ''))
  const { swap, displace, moves, mayFit } = asked.offers ?? NO_OFFERS
  const fit = () => {
    const { row } = ghostOf(hand)
    answer('no')
    onFit(hand.bar.id, row)
  }
  const other = swap?.kind === 'swap' ? model.stay(swap.other)[0] : undefined
  return (
    <Dialog
      isOpen
      role="alertdialog"
      title={m.calendarAskOccupiedTitle()}
      onClose={() => answer('no')}
      actions={<Button onPress={() => answer('no')}>{m.calendarAskKeep()}</Button>}
    >
      {asked.why && <p>{said(reasonMessage(asked.why), format)}.</p>}
      {questionsOf(asked, hand.bar).map((text) => (
        <p key={text}>{text}</p>
      ))}
      <Warnings desk={desk} hand={hand} />
      <div className="mt-4 flex flex-col gap-2">
        {other && (
          <Offer
            name={m.calendarAskSwap()}
            texts={[
              m.calendarAskSwapText({
                name: hand.bar.lastName,
                room: number(other.roomId),
                other: other.lastName,
                otherRoom: number(hand.bar.roomId),
              }),
            ]}
            onPress={() => answer('swap')}
          />
        )}
        {displace && (
          <Offer
            name={m.calendarAskDisplace()}
            texts={[
              ...moves.map((move) =>
                m.calendarAskDisplaceText({ name: move.bar.lastName, room: number(move.roomId) }),
              ),
              target,
            ]}
            onPress={() => answer('displace')}
          />
        )}
        {mayFit && (
          <Offer name={m.fitOffer()} texts={[m.fitOfferText({ name: hand.bar.lastName })]} onPress={fit} />
        )}
      </div>
    </Dialog>
  )
}

function Offer({ name, texts, onPress }: { name: string; texts: string[]; onPress(): void }) {
  return (
    <div className="flex items-center gap-4 rounded-md border border-line p-3">
      <p className="grow text-muted">
        {texts.map((text) => (
          <span key={text} className="block">
            {text}
          </span>
        ))}
      </p>
      <Button look="primary" onPress={onPress}>
        {name}
      </Button>
    </div>
  )
}

export interface QuestionProps {
  title: string
  texts?: readonly string[]
  yes: string
  isDanger?: boolean
  /** Asks for a reason in words as well. */
  hasReason?: boolean
  children?: ReactNode
  onYes(reason: string | null): void
  onClose(): void
}

export function Question({ title, texts = [], yes, onYes, onClose, ...rest }: QuestionProps) {
  const { isDanger, hasReason, children } = rest
  const [reason, setReason] = useState('')
  const send = () => onYes(reason.trim() || null)
  return (
    <Dialog
      isOpen
      role="alertdialog"
      width="narrow"
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.calendarBack()}</Button>
          <Button look={isDanger ? 'danger' : 'primary'} autoFocus={!hasReason} onPress={send}>
            {yes}
          </Button>
        </>
      }
    >
      {texts.map((text) => (
        <p key={text} className="mb-2">
          {text}
        </p>
      ))}
      {children}
      {hasReason && (
        <form
          className="not-first:mt-3"
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <TextField
            label={m.calendarReasonLabel()}
            value={reason}
            onChange={setReason}
            maxLength={1000}
            autoFocus
          />
        </form>
      )}
    </Dialog>
  )
}
