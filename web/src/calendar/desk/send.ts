import { api, bodyOf } from '../../api/client'
import { asApiError } from '../../api/errors'
import type { Reply, Send } from '../core/perform'

const PAUSES_MS = [400, 1_200]

/** Sends a write, and again after a lost connection: the key that it carries lets a repetition change nothing. */
export const send: Send = async (request) => {
  for (let tries = 0; ; tries += 1) {
    const reply = await once(request)
    const pause = PAUSES_MS[tries]
    if (reply.ok || reply.refusal.code !== 'UNREACHABLE' || pause === undefined) return reply
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

async function once({ method, path, body, headers }: Parameters<Send>[0]): Promise<Reply> {
  try {
    // The core writes paths and bodies itself; its own tests hold them against the API.
    const ask = api.request as (method: string, path: string, init: object) => Promise<{ data?: unknown }>
    const init = { headers, ...(body === null ? {} : { body }) }
    const answer = (await bodyOf(ask(method.toLowerCase(), `/api/v1/pms${path}`, init))) as { data?: unknown }
    return { ok: true, data: answer?.data }
  } catch (error) {
    const { code, message, facts } = asApiError(error)
    const isLost = code === 'OFFLINE' || code === 'UNREADABLE'
    return { ok: false, refusal: { code: isLost ? 'UNREACHABLE' : code, message, facts } }
  }
}
