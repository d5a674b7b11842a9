import { m } from '../paraglide/messages'

/** Three bars on a chart. */
export function Brand({ isLarge = false }: { isLarge?: boolean }) {
  return (
    <span className={`flex items-center gap-2 whitespace-nowrap ${isLarge ? 'text-lg' : ''}`}>
      <svg
        aria-hidden="true"
        viewBox="0 0 32 32"
        className={`shrink-0 rtl:-scale-x-100 ${isLarge ? 'size-8' : 'size-6'}`}
      >
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <rect x="6" y="8" width="13" height="4.5" rx="2.25" className="fill-on-accent" />
        <rect x="13" y="14" width="13" height="4.5" rx="2.25" className="fill-on-accent" opacity=".8" />
        <rect x="8" y="20" width="10" height="4.5" rx="2.25" className="fill-on-accent" opacity=".6" />
      </svg>
      <span className={`font-semibold tracking-tight ${isLarge ? '' : 'sr-only'}`}>{m.appName()}</span>
    </span>
  )
}
