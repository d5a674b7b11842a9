import { scaleBand, scaleLinear } from 'd3-scale'
import { useId, useLayoutEffect, useRef, useState } from 'react'

export interface Column {
  key: string
  /** Below it; not every one has room for its name. */
  name: string
  value: number
  /** A second measure, drawn as a line before the column. */
  mark?: number
  /** What is not certain yet: drawn lighter. */
  isOpen?: boolean
  /** All of it in words, for the tool tip. */
  words: string
}

interface Props {
  label: string
  columns: readonly Column[]
  /** Where the axis ends at least. */
  top?: number
  tick: (value: number) => string
  /** What the line before a column means, where there is one. */
  markName?: string
  /** What the column means then. */
  valueName?: string
}

const HEIGHT = 220
const EDGE = { top: 12, bottom: 24, start: 52, end: 8 }
const NAME_PX = 56

/**
 * Columns on a common ground. The table beneath says the same, so who hears the page is told of the picture and not made to walk
 * through it.
 */
export function Columns({ label, columns, top = 0, tick, markName, valueName }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={box} className="mb-4 rounded-md border border-line bg-surface">
      {width > 0 && <Picture {...{ label, columns, top, tick, width }} />}
      {markName && (
        <p aria-hidden="true" className="flex flex-wrap gap-x-5 px-3 pb-2 text-muted text-xs">
          <span className="inline-flex items-center gap-1.5">
            <svg width="12" height="12" aria-hidden="true">
              <rect width="12" height="12" fill="var(--confirmed-edge)" opacity="0.55" />
            </svg>
            {valueName}
          </span>
          <span className="inline-flex items-center gap-1.5">
            <svg width="14" height="12" aria-hidden="true">
              <line x1="0" x2="14" y1="6" y2="6" stroke="var(--text)" strokeWidth="2" />
            </svg>
            {markName}
          </span>
        </p>
      )}
    </div>
  )
}

function Picture({ label, columns, top = 0, tick, width }: Props & { width: number }) {
  const title = useId()
  const isFromRight = document.dir === 'rtl'
  const across: [number, number] = [EDGE.start, width - EDGE.end]
  const x = scaleBand<string>()
    .domain(columns.map(({ key }) => key))
    .range(isFromRight ? [width - across[0], width - across[1]] : across)
    .paddingInner(0.2)
    .paddingOuter(0.1)
  const most = columns.reduce((known, { value, mark = 0 }) => Math.max(known, value, mark), top)
  const y = scaleLinear()
    .domain([0, most || 1])
    .nice(4)
    .range([HEIGHT - EDGE.bottom, EDGE.top])
  const every = Math.max(1, Math.ceil((NAME_PX * columns.length) / (width - EDGE.start)))
  return (
    <svg role="img" aria-labelledby={title} width={width} height={HEIGHT} className="block">
      <title id={title}>{label}</title>
      {y.ticks(4).map((value) => (
        <g key={value}>
          <line x1={EDGE.start} x2={width - EDGE.end} y1={y(value)} y2={y(value)} stroke="var(--line)" />
          <text x={isFromRight ? width - 6 : 6} y={y(value) + 4} className="fill-muted text-xs tabular-nums">
            {tick(value)}
          </text>
        </g>
      ))}
      {columns.map((column, n) => {
        const start = x(column.key) ?? 0
        return (
          <g key={column.key}>
            <title>{column.words}</title>
            <rect
              x={start}
              y={y(column.value)}
              width={x.bandwidth()}
              height={y(0) - y(column.value)}
              fill={column.isOpen ? 'var(--confirmed-edge)' : 'var(--accent)'}
              opacity={column.isOpen ? 0.55 : 1}
            />
            {column.mark !== undefined && (
              <line
                x1={start - 1}
                x2={start + x.bandwidth() + 1}
                y1={y(column.mark)}
                y2={y(column.mark)}
                stroke="var(--text)"
                strokeWidth={2}
              />
            )}
            {n % every === 0 && (
              <text
                x={start + x.bandwidth() / 2}
                y={HEIGHT - 8}
                textAnchor="middle"
                className="fill-muted text-xs"
              >
                {column.name}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
