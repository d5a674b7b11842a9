/** What became of a change, told in the trade's words: a toast that can take it back, or why it was refused. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, type ErrorCode } from '../../api/errors'
import type { Format } from '../../i18n/format'
import { useFormat } from '../../i18n/locale'
import { sentenceOf } from '../../i18n/sentences'
import { m } from '../../paraglide/messages'
import { notify } from '../../ui/Toast'
import type { Message } from '../core/message'
import type { Model } from '../core/model'
import { leftDirty, notesOf } from '../core/notes'
import type { Refusal } from '../core/perform'
import { Desk, type News } from '../desk/Desk'
import { blockName } from '../names'
import { said } from '../said'

interface Conflict {
  reservationId?: string | null
  roomNumber?: string
  roomId?: string
  blockType: string
  startDate: string
  endDate: string
}

/** In the reader's language where the facts say enough; else the server's own sentence. */
export function refusalSentence(refusal: Refusal, model: Model, format: Format): string {
  const { code, message } = refusal
  const conflict = (refusal.facts as { conflicts?: Conflict[] } | undefined)?.conflicts?.[0]
  const room = /\b[Rr]oom (\S+) is\b/.exec(message)?.[1]
  if (conflict && room) {
    const days = format.days(conflict.startDate, conflict.endDate, 'short')
    if (code === 'ROOM_OUT_OF_ORDER') return m.calendarWhyOutOfOrder({ room, days })
    if (code === 'ROOM_ALREADY_BOOKED') {
      const guest = conflict.reservationId ? model.stay(conflict.reservationId)[0]?.lastName : undefined
      return conflict.reservationId
        ? guest
          ? m.calendarWhyBooked({ room, days, name: guest })
          : m.calendarWhyBookedBySomeone({ room, days })
        : m.calendarWhyBlocked({ room, days, block: blockName(conflict.blockType) })
    }
  }
  const facts = (refusal.facts ?? {}) as ApiError['facts']
  return sentenceOf(
    new ApiError((code === 'UNREACHABLE' ? 'OFFLINE' : code) as ErrorCode, message, { facts }),
  )
}

export function useRefusal(desk: Desk) {
  const format = useFormat()
  const [refusal, set] = useState<Refusal | null>(null)
  return { set, text: refusal ? refusalSentence(refusal, desk.model, format) : '' }
}

/** With what is otherwise about the room. */
const whole = (label: Message, format: Format): string =>
  [label, ...notesOf(label.facts)].map((one) => said(one, format)).join('. ')

function undone(label: Message, format: Format): string {
  const room = leftDirty(label)
  const text = m.calendarSayUndone({ what: said(label, format) })
  return room ? `${text}. ${m.calendarSayLeftDirty({ room })}` : text
}

let close = () => {}

/** The newest says it all: Undo means the last step, wherever it was done. */
function show(notice: Parameters<typeof notify>[0]): void {
  close()
  close = notify(notice)
}

export function teller(own: Desk, format: Format, client: QueryClient): (news: News) => void {
  // A desk that has left the screen, or never was on it, has nobody else who tells.
  const go = async (side: 'undo' | 'redo') => {
    const desk = Desk.onScreen ?? own
    const stop = Desk.onScreen ? undefined : desk.onNews(tell)
    await desk.undo(side)
    stop?.()
  }
  const undo = { label: m.calendarUndo(), run: () => void go('undo') }
  const redo = { label: m.calendarRedo(), run: () => void go('redo') }
  const tell = (news: News) => {
    // What forms and drawers keep of stays, prices and histories is of before.
    if (news.kind !== 'refused')
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
    switch (news.kind) {
      case 'done':
        return show({ text: whole(news.label, format), ...(news.canUndo ? { action: undo } : {}) })
      case 'undone':
        return show({ text: undone(news.label, format), action: redo })
      case 'redone':
        return show({ text: m.calendarSayRedone({ what: said(news.label, format) }), action: undo })
      case 'refused':
        return show({ text: refusalSentence(news.refusal, own.model, format), tone: 'error' })
      case 'notUndone': {
        const why = news.refusal ? refusalSentence(news.refusal, own.model, format) : ''
        return show({ text: [said(news.why, format), why].filter(Boolean).join(': '), tone: 'error' })
      }
    }
  }
  return tell
}

export function useNews(desk: Desk): void {
  const format = useFormat()
  const client = useQueryClient()
  useEffect(() => desk.onNews(teller(desk, format, client)), [desk, format, client])
}
