import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const pairs = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, ...both]) => [name, both]),
)

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string, scheme: number): number {
  const light = [one, other].map((name) => luminance(pairs.get(name)?.[scheme] ?? '#missing'))
  return (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05)
}

const grounds = ['bg', 'surface', 'raised', 'sunken']
const states = ['hold', 'confirmed', 'in-house', 'departed', 'no-show']
const texts: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] =>
    ['text', 'muted', 'accent-text', 'danger-text'].map((text) => [text, ground]),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-accent', 'danger'],
  ['on-accent', 'danger-strong'],
  ['accent-text', 'accent-soft'],
  ['text', 'accent-soft'],
  ['danger-text', 'danger-soft'],
  ['warning-text', 'warning-soft'],
  ['success-text', 'success-soft'],
  ['bg', 'text'],
  ...states.map((state): [string, string] => [`${state}-fg`, `${state}-bg`]),
]
const edges: [string, string][] = [
  ...['bg', 'surface', 'raised'].flatMap((ground): [string, string][] =>
    ['line-strong', 'focus', 'accent'].map((edge) => [edge, ground]),
  ),
  ...states.map((state): [string, string] => [`${state}-edge`, 'surface']),
]

describe.each([
  ['light', 0],
  ['dark', 1],
])('in %s', (_, scheme) => {
  test.each(texts)('%s can be read on %s', (text, ground) => {
    expect(contrast(text, ground, scheme)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(edges)('%s can be told from %s', (edge, ground) => {
    expect(contrast(edge, ground, scheme)).toBeGreaterThanOrEqual(3)
  })
})
