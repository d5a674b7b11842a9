import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf, type Schemas, writeHeaders } from '../api/client'
import type { ApiError } from '../api/errors'
import { useWriteKey } from '../api/useWriteKey'
import { useFormat } from '../i18n/locale'
import { day } from '../kernel/dates'
import { idempotencyKey } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Note } from '../ui/Note'
import { QueryState } from '../ui/QueryState'
import { notify } from '../ui/Toast'
import { ErrorNote } from './ErrorNote'
import { PlanDrawing } from './PlanDrawing'
import type { Booking } from './queries'
import { guestNameOf } from './words'

type Answer = Schemas['FitAnswer']
type Move = Schemas['FitMove']
type Planned = Schemas['PlannedMove']

const planOf = (answer: Answer): Planned[] =>
  answer.moves.flatMap(({ reservationId, version, toRoomId }) =>
    reservationId && version ? [{ reservationId, version, roomId: toRoomId }] : [],
  )

/** A room for a stay that waits for one: with the fewest moves of others, which are shown before they happen, or why there is none. */
export function MakeRoom({ stay, onClose }: { stay: Booking; onClose: () => void }) {
  const { property } = useApp()
  const query = useQuery<Answer[], ApiError>({
    queryKey: ['fit', stay.id, stay.version],
    gcTime: 0,
    queryFn: ({ signal }) =>
      dataOf(
        api.POST('/api/v1/pms/properties/{id}/fit/preview', {
          params: { path: { id: property.id } },
          body: { makeRoom: { reservationId: stay.id, features: [] } },
          signal,
        }),
      ),
  })
  const answer = query.data?.[0]
  const room = answer?.moves.find((move) => move.reservationId === stay.id)?.toRoomNumber ?? ''
  const execute = useExecute(m.fitDone({ name: guestNameOf(stay), room }), onClose)
  const isPlan = answer !== undefined && answer.moves.length > 0
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={m.fitTitle()}
      actions={
        <>
          <Button onPress={onClose}>{m.uiCancel()}</Button>
          {isPlan && (
            <Button
              look="primary"
              isPending={execute.isPending}
              onPress={() => execute.mutate(planOf(answer), { onError: () => void query.refetch() })}
            >
              {answer.moveCount === 0 ? m.fitGive({ room }) : m.fitExecute({ count: answer.moveCount })}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-3">
        <p>
          <bdi className="font-semibold">{guestNameOf(stay)}</bdi>
        </p>
        {query.isFetching && !answer ? (
          <p role="status">{m.fitSearching()}</p>
        ) : (
          <QueryState query={query}>{() => answer && <Told answer={answer} room={room} />}</QueryState>
        )}
        <ErrorNote error={execute.error} />
      </div>
    </Dialog>
  )
}

function useExecute(text: string, onDone: () => void) {
  const { property } = useApp()
  const client = useQueryClient()
  const { key, done } = useWriteKey()
  const run = (moves: Planned[], withKey: string) =>
    dataOf(
      api.POST('/api/v1/pms/properties/{id}/fit/execute', {
        params: { path: { id: property.id } },
        headers: writeHeaders(withKey),
        body: { moves, block: null },
      }),
    )
  // Whoever moved is on other pages, too.
  const refresh = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
  const undo = async (moves: Planned[]) => {
    try {
      await run(moves, idempotencyKey())
      notify({ text: m.fitUndone() })
    } catch (error) {
      notify({ text: (error as ApiError).message, tone: 'error' })
    }
    await refresh()
  }
  return useMutation<Schemas['FitExecuted'], ApiError, Planned[]>({
    mutationFn: (moves) => run(moves, key()),
    onSuccess: (executed) => {
      done()
      void refresh()
      notify({ text, action: { label: m.uiUndo(), run: () => void undo(executed.undo) } })
      onDone()
    },
    onError: (error) => {
      if (!error.isPassing) done()
    },
  })
}

function Told({ answer, room }: { answer: Answer; room: string }) {
  if (answer.outcome === 'UNDECIDED')
    return <Note tone="warning">{m.fitUndecided({ count: answer.atLeastMoves ?? 1 })}</Note>
  if (answer.proof) return <Proof proof={answer.proof} />
  if (answer.moveCount === 0) return <p>{m.fitFree({ room })}</p>
  const others = answer.moves.filter((move) => move.fromRoomNumber)
  return (
    <>
      <p className="text-pretty">{m.fitPlan({ room, count: answer.moveCount })}</p>
      <ul className="list-disc space-y-1 ps-5">
        {others.map((move) => (
          <MoveLine key={move.reservationId} move={move} />
        ))}
      </ul>
      <PlanDrawing moves={answer.moves} />
    </>
  )
}

function MoveLine({ move }: { move: Move }) {
  const format = useFormat()
  const rooms = { from: move.fromRoomNumber ?? '', to: move.toRoomNumber }
  return (
    <li>
      {m.fitMove({ name: move.guestName ?? '', ...rooms })}{' '}
      <span className="text-muted">
        {format.days(day(move.checkInDate), day(move.checkOutDate), 'short')}
      </span>
    </li>
  )
}

const whys: Record<string, () => string> = {
  IN_HOUSE: m.fitWhyInHouse,
  PINNED: m.fitWhyPinned,
  SPLIT: m.fitWhySplit,
}

function Proof({ proof }: { proof: Schemas['FitProof'] }) {
  const format = useFormat()
  if (proof.fixed.length === 0)
    return (
      <Note tone="warning">
        {m.fitTooFull({ days: format.days(day(proof.startDate), day(proof.endDate), 'short') })}
      </Note>
    )
  return (
    <>
      <Note tone="warning">{m.fitImpossible()}</Note>
      <ul className="list-disc space-y-1 ps-5">
        {proof.fixed.map((it) => (
          <li key={`${it.roomId} ${it.startDate}`}>
            {m.fitFixed({
              room: it.roomNumber,
              days: format.days(day(it.startDate), day(it.endDate), 'short'),
              why: [it.guestName, (whys[it.why] ?? m.fitWhyBlocked)()].filter(Boolean).join(', '),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
