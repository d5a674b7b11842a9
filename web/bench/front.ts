/**
 * Stands in front of the server: passes everything on, serves the page of the peer beside it, and can hold back the stream of changes, so
 * that many come at once.
 */
import { readFileSync } from 'node:fs'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const packages = new URL('../node_modules/', import.meta.url)
const files: Record<string, [type: string, file: URL]> = {
  '/bench/peer': ['text/html', new URL('peer.html', import.meta.url)],
  '/bench/peer.js': ['text/javascript', new URL('peer.js', import.meta.url)],
  '/bench/daypilot.js': [
    'text/javascript',
    new URL('@daypilot/daypilot-lite-javascript/daypilot-javascript.min.js', packages),
  ],
}

export interface Front {
  readonly url: string
  hold(): void
  /** Lets what was held go, in one write. */
  release(): void
  close(): void
}

export async function serveFront(server: string): Promise<Front> {
  const agent = new Agent({ keepAlive: true })
  const streams = new Set<ServerResponse>()
  const held = new Map<ServerResponse, Buffer[]>()
  let isHolding = false

  const passStream = (answer: IncomingMessage, to: ServerResponse) => {
    streams.add(to)
    answer.on('data', (chunk: Buffer) => {
      if (isHolding) held.set(to, [...(held.get(to) ?? []), chunk])
      else to.write(chunk)
    })
    answer.on('end', () => to.end())
    to.on('close', () => {
      streams.delete(to)
      answer.destroy()
    })
  }
  const front = createServer((asked, to) => {
    const file = files[(asked.url ?? '').split('?')[0] ?? '']
    if (file) {
      to.writeHead(200, { 'Content-Type': `${file[0]}; charset=utf-8` }).end(readFileSync(file[1]))
      return
    }
    const { url, method, headers } = asked
    const passed = request(new URL(url ?? '/', server), { method, headers, agent }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      to.flushHeaders()
      if (answer.headers['content-type']?.startsWith('text/event-stream')) passStream(answer, to)
      else answer.pipe(to)
    })
    passed.on('error', () => to.destroy())
    asked.pipe(passed)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    hold: () => {
      isHolding = true
    },
    release: () => {
      isHolding = false
      for (const [to, chunks] of held) to.write(Buffer.concat(chunks))
      held.clear()
    },
    close: () => {
      front.closeAllConnections()
      front.close()
      agent.destroy()
    },
  }
}
