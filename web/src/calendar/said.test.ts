import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatIn } from '../i18n/format'
import { overwriteGetLocale } from '../paraglide/runtime'
import { KEY_HELP } from './core/keys'
import { keyName } from './names'
import { said, sayableKeys } from './said'

const folder = new URL('./core/', import.meta.url)
const core = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

test('what the core says has words', () => {
  const written = [...core.matchAll(/'(calendar\.(?:why|say|did|note|cell|row|undo)\.[\w.]+)'/g)].map(
    (found) => found[1],
  )
  expect(written.length).toBeGreaterThan(10)
  expect(written.filter((key) => !sayableKeys().includes(key ?? ''))).toEqual([])
  const codes = /export type Why =([^\n]*\n(?:\s+\| '\w+'\n)+)/.exec(core)?.[1] ?? ''
  const whys = [...codes.matchAll(/'(\w+)'/g)].map((found) => `calendar.why.${found[1]}`)
  expect(whys.length).toBeGreaterThan(15)
  expect(whys.filter((key) => !sayableKeys().includes(key))).toEqual([])
})

test('every key of the help has a name', () => {
  const nameless = KEY_HELP.filter((help) => !help.what.endsWith('.help') && keyName(help) === '')
  expect(nameless).toEqual([])
})

test('a refusal names the room, the nights and the guest, in each language', () => {
  const facts = { room: '204', from: '2027-02-12', to: '2027-02-14', name: 'Miller' }
  const tell = (locale: 'en' | 'de' | 'ar', tag: string) => {
    overwriteGetLocale(() => locale)
    // Intl puts spaces of several widths around a dash.
    return said({ key: 'calendar.why.booked', facts }, formatIn(tag)).replace(/[\u2009\u202f\u00a0]/g, ' ')
  }
  expect(tell('en', 'en-US')).toBe('Room 204 is booked Feb 12 – 14 (Miller)')
  expect(tell('de', 'de-DE')).toBe('Zimmer 204 ist 12.–14. Feb. belegt (Miller)')
  expect(tell('ar', 'ar-EG')).toContain('204')
})
