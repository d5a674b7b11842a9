import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf, type Schemas, writeHeaders } from '../api/client'
import type { ApiError } from '../api/errors'
import { useWriteKey } from '../api/useWriteKey'
import { useFormat } from '../i18n/locale'
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

type Executed = Schemas['FitExecuted']

async function execute(propertyId: string, { moves, block }: Accepted, key: string): Promise<Executed> {
  const headers = writeHeaders(key)
  if (moves.length === 0 && block) {
    const made = await dataOf(api.POST('/api/v1/pms/room-blocks', { body: block, headers }))
    return { bookings: [], undo: [], block: made as Schemas['RoomBlock'] }
  }
  const params = { path: { id: propertyId } }
  const body = { moves, block: block ?? null }
  return dataOf(api.POST('/api/v1/pms/properties/{id}/fit/execute', { params, headers, body }))
}

/** Every move of a plan or none; then it is told, and a step of the calendar, which takes all of it back at once. */
export function useFitExecute(text: string, onDone: () => void) {
  const app = useApp()
  const format = useFormat()
  const client = useQueryClient()
  const { key, done } = useWriteKey()
  const tell = async ({ moves }: Accepted, executed: Executed) => {
    const plans = await import('../calendar/page/plans').catch(() => null)
    if (plans) return plans.remember(app, moves, executed, text, format, client)
    // It happened all the same. Whoever moved is on other pages, too.
    notify({ text })
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
  }
  return useMutation<Executed, ApiError, Accepted>({
    mutationFn: (accepted) => execute(app.property.id, accepted, key()),
    onSuccess: (executed, accepted) => {
      done()
      void tell(accepted, executed)
      onDone()
    },
    onError: (error) => {
      if (!error.isPassing) done()
    },
  })
}
