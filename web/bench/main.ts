/** `make bench-web`: both charts, at two zooms, in rounds that take turns. */
import { get } from 'node:http'
import { parseArgs } from 'node:util'
import type { APIRequestContext, BrowserContext } from '@playwright/test'
import { launch, pause, type Tab } from './browser.ts'
import { type Front, serveFront } from './front.ts'
import { measure } from './measure.ts'
import { type Pair, report } from './report.ts'
import { boxOfOurs, HOTEL, ours, peer, START } from './sides.ts'

const { values: asked } = parseArgs({
  options: {
    strict: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    days: { type: 'string', default: '31,90' },
  },
})
const rounds = Number(asked.rounds)
const began = Date.now()

function env(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run scripts/bench-web.sh`)
  return value
}

const say = (text: string) => process.stderr.write(`bench-web: ${text}\n`)

async function logIn(api: APIRequestContext, url: string): Promise<void> {
  const data = { email: 'manager@bench.example', password: env('PMS_BENCH_PASSWORD') }
  const answer = await api.post(`${url}/api/v1/pms/auth/login`, { data })
  if (!answer.ok()) throw new Error(await answer.text())
}

/** As they come, packed: not every answer says before how many they are. */
const bytesSent = (url: string) =>
  new Promise<number>((resolve, reject) => {
    const asked = get(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0
      answer.on('data', (part: Buffer) => {
        bytes += part.length
      })
      answer.on('end', () => (bytes > 0 ? resolve(bytes) : reject(new Error(`${url} is empty`))))
    })
    asked.on('error', reject)
  })

const AHEAD_MS = 6_000

/** Scripts that the page asks for until the chart is painted, and those that it fetches afterwards, in kilobytes of gzip. */
async function scriptSizes(context: BrowserContext, front: Front) {
  const box = await boxOfOurs(context, front.url, 31)
  const tab: Tab = await ours(box).open(context, front.url, 31)
  await tab.page.evaluate(() => window.bench.painted)
  // What is fetched ahead begins two seconds later.
  await pause(AHEAD_MS)
  const scripts = await tab.page.evaluate(async () => {
    const painted = await window.bench.painted
    return performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ name, startTime }) => ({ url: name, isNeeded: startTime < painted }))
  })
  await tab.page.close()
  let [needed, later] = [0, 0]
  for (const { url, isNeeded } of scripts) {
    const kb = (await bytesSent(url)) / 1_000
    if (isNeeded) needed += kb
    else later += kb
  }
  return { needed, later }
}

async function barsIn(api: APIRequestContext, url: string, days: number): Promise<number> {
  const path = `/api/v1/pms/calendar?propertyId=${HOTEL}&start=${START}&days=${days}`
  const { data } = await (await api.get(url + path)).json()
  return data.bars.length + data.blocks.length + data.unassigned.length
}

async function pairOf(days: number, context: BrowserContext, front: Front): Promise<Pair> {
  const box = await boxOfOurs(context, front.url, days)
  const own = ours(box)
  const [other, drawing] = [200, 0].map((delay) => peer(box, { delay })) as [typeof own, typeof own]
  const pair = { days, ours: [], peer: [], drawing: [] } as Pair &
    Record<'ours' | 'peer' | 'drawing', unknown[]>
  for (let round = 0; round < rounds; round += 1) {
    say(`${days} days, round ${round + 1} of ${rounds}`)
    pair.ours.push(await measure(own, days, context, front))
    pair.peer.push(await measure(other, days, context, front))
  }
  // Once: it takes as long as all else together.
  pair.drawing.push(await measure(drawing, days, context, front, 'scrolling alone'))
  return pair
}

function serverName(): string {
  const binary = process.env.PMS_BENCH_BINARY ?? 'target/release/pms'
  return binary.includes('/debug/') ? 'a debug build of the server' : 'the release binary'
}

const front = await serveFront(env('PMS_BENCH_URL'))
const browser = await launch()
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
await logIn(context.request, front.url)
const scriptKb = await scriptSizes(context, front)
const pairs: Pair[] = []
const stays: Record<number, number> = {}
for (const days of asked.days.split(',').map(Number)) {
  stays[days] = await barsIn(context.request, front.url, days)
  pairs.push(await pairOf(days, context, front))
}
const isMet = report(
  {
    pairs,
    scriptKb,
    stays,
    rounds,
    browser: browser.version(),
    server: serverName(),
    seconds: (Date.now() - began) / 1_000,
  },
  new URL('../../docs/performance-web.md', import.meta.url),
)
await browser.close()
front.close()
process.exitCode = asked.strict && !isMet ? 1 : 0
