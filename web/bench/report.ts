/** The tables: on the terminal, and in docs/performance-web.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { type Sample, WHEEL_PX_PER_S } from './measure.ts'
import { median } from './median.ts'

export interface Pair {
  readonly days: number
  readonly ours: readonly Sample[]
  readonly peer: readonly Sample[]
  /** The peer, told to draw while it scrolls. */
  readonly drawing: readonly Sample[]
}

export interface Run {
  readonly pairs: readonly Pair[]
  readonly scriptKb: { readonly needed: number; readonly later: number }
  readonly stays: Readonly<Record<number, number>>
  readonly browser: string
  readonly server: string
  readonly seconds: number
  readonly rounds: number
}

type Figure = { [K in keyof Sample]: Sample[K] extends number | null ? K : never }[keyof Sample]

const of = (samples: readonly Sample[], figure: Figure) =>
  median(samples.map((one) => one[figure] ?? Number.NaN))

/** Round by round: a slow moment of the machine meets both. */
export function ratio({ ours, peer }: Pair, figure: Figure): number {
  return median(ours.map((one, n) => (one[figure] ?? Number.NaN) / (peer[n]?.[figure] ?? Number.NaN)))
}

/** To the peer that draws while it scrolls. */
const scrollRatio = ({ ours, drawing }: Pair) => of(ours, 'scrollMs') / of(drawing, 'scrollMs')

interface Bar {
  readonly what: string
  readonly measured: string
  readonly wanted: string
  readonly isMet: boolean
}

/** docs/decisions/bars-of-the-chart.md says why these. */
export function barsOf(run: Run): Bar[] {
  const bars: Bar[] = []
  for (const pair of run.pairs) {
    const about = `1,000 rooms × ${pair.days} days`
    const shared = (what: string, value: number, most: number) => {
      const measured = `× ${value.toFixed(2)}`
      bars.push({ what: `${about}: ${what}`, measured, wanted: `≤ × ${most}`, isMet: value <= most })
    }
    const own = (what: string, value: number, most: number, unit: string, digits = 0) => {
      const measured = `${count(value, digits)}${unit}`
      bars.push({
        what: `${about}: ${what}`,
        measured,
        wanted: `≤ ${count(most)}${unit}`,
        isMet: value <= most,
      })
    }
    shared('first full paint', ratio(pair, 'paintMs'), 0.35)
    shared('a scrolled frame', scrollRatio(pair), 0.7)
    shared('a drag', ratio(pair, 'dragMs'), 0.35)
    shared('one update', ratio(pair, 'updateMs'), 0.3)
    own('elements', of(pair.ours, 'elements'), 2_500, '')
    own('heap', of(pair.ours, 'heapMb'), 15, ' MB', 1)
    own('blank frames', Math.max(...pair.ours.map(({ blank }) => blank)), 0, '')
  }
  const kb = run.scriptKb.needed
  bars.push({
    what: 'script of the calendar, gzip',
    measured: `${count(kb)} kB`,
    wanted: '≤ 250 kB',
    isMet: kb <= 250,
  })
  return bars
}

function count(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const rule = `|---|${head
    .slice(1)
    .map((name) => (name === '' ? '---|' : '---:|'))
    .join('')}`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

const FIGURES: [name: string, figure: Figure, digits: number][] = [
  ['first full paint, ms', 'paintMs', 0],
  ['elements in the page', 'elements', 0],
  ['heap after collection, MB', 'heapMb', 1],
  ['a scrolled frame, ms of the main thread', 'scrollMs', 1],
  ['frames while scrolling', 'frames', 0],
  ['of them with a blank row', 'blank', 0],
  ['longest time between two frames, ms', 'longestMs', 0],
  ['a drag, ms of the main thread per move', 'dragMs', 1],
  ['one update, ms of the main thread', 'updateMs', 1],
  ['50 updates at once, ms of the main thread', 'manyMs', 0],
  ['a drag before anything was scrolled, ms per move', 'freshDragMs', 1],
  ['one update before anything was scrolled, ms', 'freshUpdateMs', 1],
]

function tableOf(pair: Pair): string {
  const rows = FIGURES.map(([name, figure, digits]) => {
    const value = ratio(pair, figure)
    const shown = Number.isFinite(value) && figure !== 'frames' ? `× ${value.toFixed(2)}` : ''
    return [name, count(of(pair.ours, figure), digits), count(of(pair.peer, figure), digits), shown]
  })
  const lived = (name: string, figure: Figure) => rows.push([name, count(of(pair.ours, figure)), '', ''])
  lived('a change by somebody else, ms from its API call to the screen', 'livedMs')
  lived('50 changes told at once, ms from the telling to the screen', 'livedManyMs')
  const drawn = `${count(of(pair.drawing, 'scrollMs'), 1)}, ${count(of(pair.drawing, 'blank'))} of ${count(of(pair.drawing, 'frames'))} frames blank`
  const ratioDrawn = `× ${scrollRatio(pair).toFixed(2)}`
  rows.push([
    'a scrolled frame, when the peer draws meanwhile, ms',
    count(of(pair.ours, 'scrollMs'), 1),
    drawn,
    ratioDrawn,
  ])
  return table(['', 'ours', 'DayPilot Lite', 'ratio'], rows)
}

export function report(run: Run, page: URL): boolean {
  const bars = barsOf(run)
  const tables = [
    table(
      ['bar', 'measured', 'wanted', ''],
      bars.map(({ what, measured, wanted, isMet }) => [what, measured, wanted, isMet ? '✓' : '✗']),
    ),
    ...run.pairs.map((pair) => {
      const stays = count(run.stays[pair.days] ?? 0)
      return `## 1,000 rooms × ${pair.days} days, ${stays} bars\n\n${tableOf(pair)}`
    }),
    `Script of the calendar: ${count(run.scriptKb.needed)} kB with gzip until the chart is painted; ${count(run.scriptKb.later)} kB more ` +
      'are fetched when nothing else is to be done: dialogs, drawers and the pages beside.',
  ].join('\n\n')
  process.stdout.write(`${tables}\n`)
  writeFileSync(page, textOf(run, tables))
  return bars.every(({ isMet }) => isMet)
}

function textOf(run: Run, tables: string): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.replace(/\s+/g, ' ').trim()})`
  const date = new Date().toISOString().slice(0, 10)
  const lock = JSON.parse(
    readFileSync(
      new URL('../node_modules/@daypilot/daypilot-lite-javascript/package.json', import.meta.url),
      'utf8',
    ),
  )
  return `<!-- Written by \`make bench-web\`. -->
# Performance of the calendar

Measured by \`make bench-web\` on ${date}, ${machine}, Chromium ${run.browser} without a window and without a graphics card, 1280 × 800;
${run.rounds} rounds in which the charts take turns, each in a page of its own; the whole run took ${count(run.seconds)} s. Every figure is a median, a ratio
that of the ratios of the rounds.

${tables}

## How it is measured

- **Ours** is the production build, served by ${run.server} on a PostgreSQL of its own: a hotel of 1,000 rooms of eight types, 80 % sold, with
  stays that wait for a room and rooms out of order. Nothing in the page knows of being measured: a script beside it watches the document.
- **DayPilot Lite** ${lock.version} (Apache-2.0) shows the same rows, lanes and bars of the same JSON answer, in a box and with rows and nights of the same
  size. Its settings are its defaults, which draw rows and bars progressively (\`dynamicEventRendering: 'Progressive'\`,
  \`progressiveRowRendering: true\`, \`scrollDelayEvents: 200\`): while one scrolls it draws nothing, and 200 ms after that all. The row
  "when the peer draws meanwhile" is the same with \`scrollDelayEvents: 0\`; it is what a bar of blank frames compares with.
- **First full paint**: from the last byte of the answer until the frame is painted in which every row in sight has its bars; in each round the
  median of three loads, each begun when the browser has made what it shows around a new tab.
- **Elements** and **heap**: of the whole page, in the middle of the chart; ours with its frame, its tool bar and the nights beside those on screen, which it
  reads ahead.
- **Scrolling**: wheel events of the browser itself at ${count(WHEEL_PX_PER_S)} px/s from the first room to the last. The main thread's work (\`TaskDuration\`) by the
  frames in which the chart moved; as everywhere it is the time on the processor. A frame is blank when a room in sight has no row or no bar.
- **Drag** and **updates** are measured after that, where the wheel has ended: of all bars that the peer has drawn it keeps each, by its default
  (\`dynamicEventRenderingCacheSweeping: false\`), as in the course of a day. Two rows say what the same takes before anything was scrolled.
- **Drag**: a bar taken by the mouse is carried over 50 rooms, one per move, up and down within what is in sight; in each round the
  median of three drags.
- **One update**: the name of a guest in sight changes, by the API. Both pages follow the same stream and read the stay of which it tells; counted
  is everything from the event to the paint.
- **50 updates at once**: the stream is held back until 50 stays in sight have changed.
`
}
