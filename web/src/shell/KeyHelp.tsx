import { Fragment } from 'react'
import { m } from '../paraglide/messages'
import { Dialog } from '../ui/Dialog'
import { inForce, type Shortcut, useShortcutSections } from './shortcuts'

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const sections = inForce(useShortcutSections())
  return (
    <Dialog isOpen onClose={onClose} title={m.keysTitle()} width={sections.length > 1 ? 'wide' : 'medium'}>
      <div className={sections.length > 1 ? 'gap-8 sm:columns-2' : ''}>
        {sections.map((section) => (
          <section key={section.title} className="mb-6">
            <h3 className="mb-1 break-after-avoid font-medium text-muted text-xs">{section.title}</h3>
            <dl>
              {byLabel(section.shortcuts).map(([label, ways]) => (
                <div
                  key={label}
                  className="flex break-inside-avoid items-center gap-4 border-line border-b py-1"
                >
                  <dt className="grow">{label}</dt>
                  <dd className="flex flex-wrap justify-end gap-x-3 gap-y-1">
                    {ways.map((keys) => (
                      <Keys key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

/** What is done by several keys, or forwards by one and back by another, is one line. */
function byLabel(shortcuts: readonly Shortcut[]): readonly [string, readonly string[]][] {
  const lines = new Map<string, string[]>()
  for (const { label, keys } of shortcuts) lines.set(label, [...(lines.get(label) ?? []), keys])
  return [...lines]
}

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')
const signs: Record<string, string> = {
  Arrows: '← ↑ ↓ →',
  Shift: '⇧',
  Alt: isMac ? '⌥' : 'Alt',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
}
/** What the reader's keyboard has printed on it. */
const printed: Record<string, () => string> = {
  Ctrl: () => (isMac ? '⌘' : m.keyCtrl()),
  Home: m.keyHome,
  End: m.keyEnd,
  PageUp: m.keyPageUp,
  PageDown: m.keyPageDown,
  ContextMenu: m.keyContextMenu,
}

/** Keys as they are printed on the keyboard; in every language from left to right. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span dir="ltr" className="inline-flex items-center gap-1 whitespace-nowrap text-muted text-xs">
      {keys.split(' ').map((chord, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may come twice, and the list never changes
        <Fragment key={n}>
          {n > 0 && <span>{m.keysThen()}</span>}
          {chord.split('+').map((key) => (
            <kbd
              key={key}
              className="min-w-5 rounded-sm border border-line bg-surface px-1 text-center font-medium font-sans text-text"
            >
              {signs[key] ?? printed[key]?.() ?? (key.length === 1 ? key.toUpperCase() : key)}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
