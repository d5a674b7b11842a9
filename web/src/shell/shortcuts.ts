import { useEffect, useRef, useSyncExternalStore } from 'react'
import { store } from '../kernel/store'

export interface Shortcut {
  /** `t`, `/`, `Ctrl+Shift+z`, `g c` (one after the other). Ctrl is also the Command key. */
  keys: string
  label: string
  /** Left out for keys that a part of the page handles itself and that only stand in the list of help. */
  run?: () => void
}

export interface ShortcutSection {
  title: string
  shortcuts: readonly Shortcut[]
}

const sections = store<readonly ShortcutSection[]>([])
const sequenceMs = 1_200
let pending = { key: '', at: 0 }

const ascii = /^[\x20-\x7e]$/

/** The key as a person reads it on a Latin keyboard: shortcuts also work while another script is being typed. */
function keyOf(event: KeyboardEvent): string {
  if (event.key.length > 1 || ascii.test(event.key))
    return event.key.length === 1 ? event.key.toLowerCase() : event.key
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key
}

/** `Ctrl+Shift+z`. Shift is only told where it does not change the sign itself: `?` is `?` on every keyboard. */
export function nameOf(event: KeyboardEvent): string {
  const key = keyOf(event)
  const isComposed = event.getModifierState('AltGraph')
  const hasShift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key))
  const ctrl = (event.ctrlKey || event.metaKey) && !isComposed ? 'Ctrl+' : ''
  const alt = event.altKey && !isComposed ? 'Alt+' : ''
  return `${ctrl}${alt}${hasShift ? 'Shift+' : ''}${key}`
}

const elsewhere =
  'input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

/** Who types, or is in a dialog or a menu, means the keys there. */
const isElsewhere = (event: KeyboardEvent) =>
  event.target instanceof Element && event.target.closest(elsewhere) !== null

/** The shortcut of this key, or of this key after the one before it. */
export function find(all: readonly ShortcutSection[], name: string, before: string): Shortcut | undefined {
  const shortcuts = all.flatMap((section) => section.shortcuts).filter((one) => one.run)
  // The newest section first: a page's own key counts before the one of the frame.
  const last = (keys: string) => shortcuts.findLast((one) => one.keys === keys)
  return (before ? last(`${before} ${name}`) : undefined) ?? last(name)
}

const before = (event: KeyboardEvent) => (event.timeStamp - pending.at < sequenceMs ? pending.key : '')

/** Whether this key is the second one of a shortcut: then it means nothing else. */
export function isSecond(event: KeyboardEvent): boolean {
  const first = before(event)
  const keys = `${first} ${nameOf(event)}`
  return (
    first !== '' &&
    sections.get().some(({ shortcuts }) => shortcuts.some((one) => one.run && one.keys === keys))
  )
}

/** What the keys do now: where a page takes one, the frame's own does nothing. */
export function inForce(all: readonly ShortcutSection[]): readonly ShortcutSection[] {
  return all.map((section, n) => {
    const taken = new Set(all.slice(n + 1).flatMap((later) => later.shortcuts.map((one) => one.keys)))
    return { ...section, shortcuts: section.shortcuts.filter(({ keys }) => !taken.has(keys)) }
  })
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || isElsewhere(event)) return
  const name = nameOf(event)
  const found = find(sections.get(), name, before(event))
  pending = { key: found ? '' : name, at: event.timeStamp }
  if (!found?.run) return
  event.preventDefault()
  found.run()
}

/** Once, at the frame. */
export function useShortcutKeys() {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** The keys of a part of the page while it is shown: they work, and `?` lists them. The list must be stable or cheap. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[], of: 'page' | 'frame' = 'page') {
  const newest = useRef(shortcuts)
  newest.current = shortcuts
  const shape = shortcuts.map((one) => `${one.keys}\t${one.label}\t${one.run ? 1 : 0}`).join('\n')
  useEffect(() => {
    const lines = shape ? shape.split('\n') : []
    const section = {
      title,
      shortcuts: lines.map((line, n) => {
        const [keys = '', label = '', runs] = line.split('\t')
        return runs === '1' ? { keys, label, run: () => newest.current[n]?.run?.() } : { keys, label }
      }),
    }
    // The frame counts last, also when its page was there before it.
    sections.set(of === 'frame' ? [section, ...sections.get()] : [...sections.get(), section])
    return () => sections.set(sections.get().filter((one) => one !== section))
  }, [title, shape, of])
}

export const useShortcutSections = () => useSyncExternalStore(sections.subscribe, sections.get)
