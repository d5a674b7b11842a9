/** Strokes on a field of 16 by 16. Decoration: whoever shows one names it in words. */
const paths = {
  calendar: 'M2.5 4.5h11v9h-11zM2.5 7.5h11M5.5 2.5v3M10.5 2.5v3',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  guests:
    'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c.3-2.6 2-4 4.5-4s4.2 1.4 4.5 4M10.5 3.3a2.3 2.3 0 0 1 0 4.4M12 9.8c1.5.5 2.3 1.8 2.5 3.7',
  setup:
    'M2.5 4.5h6M12.5 4.5h1M2.5 11.5h1M7.5 11.5h6M10.5 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM5.5 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  down: 'M4 6.2l4 4 4-4',
  previous: 'M9.8 4l-4 4 4 4',
  next: 'M6.2 4l4 4-4 4',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  more: 'M3.6 8a.3.3 0 1 0-.6 0 .3.3 0 0 0 .6 0ZM8.3 8a.3.3 0 1 0-.6 0 .3.3 0 0 0 .6 0ZM13 8a.3.3 0 1 0-.6 0 .3.3 0 0 0 .6 0Z',
  user: 'M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8ZM2.8 13.7c.4-2.6 2.3-4 5.2-4s4.8 1.4 5.2 4',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.7M8 5v.01',
  offline:
    'M2 2l12 12M4.2 8.6a6 6 0 0 1 1.9-1.3M9.3 7.1a6 6 0 0 1 2.5 1.5M6.3 10.9a2.8 2.8 0 0 1 3.4 0M8 13.3v.01M1.7 6a9.5 9.5 0 0 1 2.2-1.5M6.9 3.5A9.5 9.5 0 0 1 14.3 6',
  lock: 'M4 7.5h8v6H4zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2',
  eye: 'M1.5 8s2.3-4.3 6.5-4.3S14.5 8 14.5 8 12.2 12.3 8 12.3 1.5 8 1.5 8ZM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z',
  keyboard: 'M1.5 4h13v8h-13zM4 6.6h.01M6.7 6.6h.01M9.3 6.6h.01M12 6.6h.01M5 9.5h6',
  logOut: 'M6.5 2.5h-4v11h4M6.5 8h7M10.7 5.2L13.5 8l-2.8 2.8',
  bed: 'M1.5 12.5v-9M1.5 10.5h13v2M14.5 10.5v-2a2 2 0 0 0-2-2h-6v4M4 8.2a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z',
  note: 'M3.5 2.5h9v7.5l-3.5 3.5h-5.5zM9 13.5V10h3.5M5.8 5.5h4.4M5.8 8h2.7',
  download: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M2.5 13.5h11',
  pin: 'M5.5 2.5h5M6.5 2.5v4L4.5 9h7l-2-2.5v-4M8 9v4.5',
  move: 'M2.5 5.5h9M9 3l2.5 2.5L9 8M13.5 10.5h-9M7 8l-2.5 2.5L7 13',
  split: 'M8 2.5v11M5.5 5.5L3 8l2.5 2.5M10.5 5.5L13 8l-2.5 2.5',
  undo: 'M5.5 3.5L2.5 6.5l3 3M2.5 6.5h7a3.5 3.5 0 0 1 0 7H7',
  redo: 'M10.5 3.5l3 3-3 3M13.5 6.5h-7a3.5 3.5 0 0 0 0 7H9',
  print: 'M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z',
  mail: 'M2.5 4h11v8.5h-11zM2.5 4.5L8 8.8l5.5-4.3',
  bell: 'M2.5 12.5h11M3.5 10.8a4.5 4.5 0 0 1 9 0M8 6.3V4.5M6.8 4.5h2.4',
  sparkle:
    'M6.5 2.5l1.3 3.7 3.7 1.3-3.7 1.3-1.3 3.7-1.3-3.7-3.7-1.3 3.7-1.3zM12.2 10.3l.6 1.6 1.6.6-1.6.6-.6 1.6-.6-1.6-1.6-.6 1.6-.6z',
  moon: 'M13.2 9.9A5.6 5.6 0 0 1 6.1 2.8 5.6 5.6 0 1 0 13.2 9.9Z',
  chart: 'M2.5 13.5h11M4.5 11V7M8 11V3.5M11.5 11V5.5',
  tag: 'M2.5 2.5h5.5l6 6-5.5 5.5-6-6zM5.3 5.3v.01',
  filter: 'M2 3.5h12l-4.7 5.3v4.7l-2.6-1.5V8.8z',
} as const

export type IconName = keyof typeof paths

/** Pictures that point along the line of text, and turn with it. */
const directed: ReadonlySet<IconName> = new Set<IconName>([
  'previous',
  'next',
  'logOut',
  'list',
  'undo',
  'redo',
])

export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  const turn = directed.has(name) ? ' rtl:-scale-x-100' : ''
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className={`size-4 shrink-0${turn} ${className}`}>
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
