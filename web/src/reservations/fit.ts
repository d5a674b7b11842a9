import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf, type Schemas, writeHeaders } from '../api/client'
import { type ApiError, asApiError } from '../api/errors'
import { useWriteKey } from '../api/useWriteKey'
import { sentenceOf } from '../i18n/sentences'
import { idempotencyKey } from '../kernel/ids'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { notify } from '../ui/Toast'

export type Answer = Schemas['FitAnswer']
export type Move = Schemas['FitMove']
type Planned = Schemas['PlannedMove']
export type NewBlock = Schemas['NewRoomBlock']

export const planOf = (moves: readonly Move[]): Planned[] =>
  moves.flatMap(({ reservationId, version, toRoomId, overridesWishes }) =>
    reservationId && version
      ? [{ reservationId, version, roomId: toRoomId, ...(overridesWishes ? { overrideWishes: true } : {}) }]
      : [],
  )

/** As many change together at most. */
const mostMoves = 200

/** Whole types alone, for their moves depend on each other. */
export function together(answers: readonly Answer[], most = mostMoves): Move[] {
  let moves: Move[] = []
  for (const answer of answers)
    if (moves.length + answer.moves.length <= most) moves = [...moves, ...answer.moves]
  return moves
}

/** Nobody moves by asking. The answer is of this moment, so it is not kept. */
export function useFitAnswers(question: Partial<Schemas['FitQuestion']>, of: readonly unknown[] = []) {
  const { property } = useApp()
  return useQuery<Answer[], ApiError>({
    queryKey: ['fit', property.id, question, ...of],
    gcTime: 0,
    queryFn: ({ signal }) =>
      dataOf(
        api.POST('/api/v1/pms/properties/{id}/fit/preview', {
          params: { path: { id: property.id } },
          body: question as Schemas['FitQuestion'],
          signal,
        }),
      ),
  })
}

/** A plan that was accepted, and what a room was freed for. */
export interface Accepted {
  moves: Planned[]
  block?: NewBlock
}

type Executed = Pick<Schemas['FitExecuted'], 'undo' | 'block'>

async function execute(propertyId: string, { moves, block }: Accepted, key: string): Promise<Executed> {
  const headers = writeHeaders(key)
  if (moves.length === 0 && block) {
    const made = await dataOf(api.POST('/api/v1/pms/room-blocks', { body: block, headers }))
    return { undo: [], block: made as Schemas['RoomBlock'] }
  }
  const params = { path: { id: propertyId } }
  const body = { moves, block: block ?? null }
  return dataOf(api.POST('/api/v1/pms/properties/{id}/fit/execute', { params, headers, body }))
}

async function takeBack(propertyId: string, { undo, block }: Executed): Promise<void> {
  // Nobody can go back into a room that is off the market.
  if (block) {
    const params = { path: { id: block.id }, header: { 'If-Match': `"${block.version}"` } }
    const headers = writeHeaders(idempotencyKey())
    await api.DELETE('/api/v1/pms/room-blocks/{id}', { params, headers })
  }
  if (undo.length > 0) await execute(propertyId, { moves: undo }, idempotencyKey())
}

/** Every move of a plan or none; then it is told, with one way back for all of it. */
export function useFitExecute(text: string, onDone: () => void) {
  const { property } = useApp()
  const client = useQueryClient()
  const { key, done } = useWriteKey()
  // Whoever moved is on other pages, too.
  const refresh = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
  const undo = async (executed: Executed) => {
    try {
      await takeBack(property.id, executed)
      notify({ text: m.fitUndone() })
    } catch (error) {
      notify({ text: sentenceOf(asApiError(error)), tone: 'error' })
    }
    await refresh()
  }
  return useMutation<Executed, ApiError, Accepted>({
    mutationFn: (accepted) => execute(property.id, accepted, key()),
    onSuccess: (executed) => {
      done()
      void refresh()
      notify({ text, action: { label: m.uiUndo(), run: () => void undo(executed) } })
      onDone()
    },
    onError: (error) => {
      if (!error.isPassing) done()
    },
  })
}
