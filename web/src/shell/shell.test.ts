import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { Me } from '../api/queries'
import { pagesOf, startPageOf } from './pages'
import { propertyOf } from './property'
import { appSearch, ownPath } from './search'
import { find, inForce } from './shortcuts'

const property = (id: string) => ({
  id,
  name: id,
  businessDate: '2026-11-26',
  timezone: 'UTC',
  currency: 'EUR',
  locale: 'en-US',
  takesGatewayPayments: false,
  sendsMail: false,
})
const someone = (permissions: string[]): Me => ({
  id: 'u1',
  kind: 'USER',
  name: 'Ada',
  email: 'ada@example.com',
  locale: 'en',
  tenant: { id: 't1', slug: 'lakeside', name: 'Lakeside' },
  role: 'FRONT_DESK',
  permissions,
  allProperties: true,
  properties: [property('A'), property('B')],
})

describe('pages', () => {
  test('are those that the role may see', () => {
    const names = (...permissions: string[]) => pagesOf(someone(permissions)).map((page) => page.to)
    expect(names('pms.calendar.view', 'pms.guests.view')).toEqual(['/calendar', '/guests'])
    expect(names('pms.housekeeping.view', 'pms.housekeeping.manage')).toEqual(['/housekeeping'])
    expect(names()).toEqual([])
  })

  test('begin with the first of them', () => {
    expect(startPageOf(someone(['pms.rooms.manage', 'pms.reservations.view']))).toBe('/front-desk')
    expect(startPageOf(someone(['pms.rooms.manage']))).toBe('/set-up')
  })
})

test('the property of the URL counts, and a strange one is none', () => {
  const me = someone([])
  expect([propertyOf(me, 'B')?.id, propertyOf(me, undefined)?.id, propertyOf(me, 'C')]).toEqual([
    'B',
    'A',
    undefined,
  ])
})

test('what stands in the URL is checked', () => {
  const id = '00000000000000000000000001'
  expect(v.parse(appSearch, { property: id, stay: 'x', book: 'a b', other: 1 })).toEqual({
    property: id,
    stay: undefined,
    book: undefined,
  })
  expect(v.parse(appSearch, { property: 7 })).toEqual({ property: undefined })
})

test('a log-in leads to our own pages alone', () => {
  expect(ownPath('/guests?property=1')).toBe('/guests?property=1')
  for (const next of [
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
  ]) {
    expect(ownPath(next), next).toBe('/')
  }
})

test('a key is that of the page before that of the frame, and a sequence before its last key', () => {
  const names = (before: string, name: string) => find(sections, name, before)?.label
  const run = () => {}
  const sections = [
    {
      title: 'frame',
      shortcuts: [
        { keys: 'g c', label: 'calendar', run },
        { keys: 't', label: 'frame', run },
      ],
    },
    {
      title: 'page',
      shortcuts: [
        { keys: 't', label: 'today', run },
        { keys: 'c', label: 'check in', run },
        { keys: 'x', label: 'told' },
      ],
    },
  ]
  expect([names('g', 'c'), names('', 'c'), names('h', 'c'), names('', 't'), names('', 'x')]).toEqual([
    'calendar',
    'check in',
    'check in',
    'today',
    undefined,
  ])
})

test('of a key that a page takes, the help says what it does there', () => {
  const all = [
    {
      title: 'Everywhere',
      shortcuts: [
        { keys: '/', label: 'Search' },
        { keys: 'g c', label: 'Calendar' },
      ],
    },
    { title: 'Page', shortcuts: [{ keys: '/', label: 'Find here' }] },
  ]
  const labels = inForce(all).map(({ shortcuts }) => shortcuts.map(({ label }) => label))
  expect(labels).toEqual([['Calendar'], ['Find here']])
})
