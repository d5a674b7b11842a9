import * as v from 'valibot'
import { expect, test } from 'vitest'
import { formatIn } from '../i18n/format'
import { day } from '../kernel/dates'
import { overwriteGetLocale } from '../paraglide/runtime'
import { appSearch } from '../shell/search'
import { actsOf, nextAct } from './acts'
import { csvName, csvOf } from './csv'
import { following } from './dates'
import {
  carriedOver,
  changeOf,
  faultsOf,
  fieldsOf,
  fieldsOfSeed,
  instantOf,
  newReservation,
  toldAges,
  wallClockOf,
} from './fields'
import { changed, columnOf, cursorsOf, listQuery, pagesAfter, pagesBefore, sortOf } from './filters'
import { seedText } from './openStay'
import type { Booking } from './queries'
import { seedOf } from './seed'
import { actionWords, differences, diffWords } from './words'

overwriteGetLocale(() => 'en')
const today = day('2026-02-12')
const room = '0000000000000000000000R101'
const type = '00000000000000000000000T01'

test('a cell that a spreadsheet would run is text', () => {
  const rows = [
    ['=1+1', '+351 912', '-2', '@SUM(A1)', '\t=1', ' =1', 'Ann', null, -5],
    ['a,b', 'say "hi"', 'two\nlines', "O'Neill"],
  ]
  expect(csvOf(rows)).toBe(
    '\ufeff"\'=1+1","\'+351 912","\'-2","\'@SUM(A1)","\'\t=1","\' =1",Ann,,-5\r\n"a,b","say ""hi""","two\nlines","O\'Neill"\r\n',
  )
})

test('a file is called after the hotel and the day', () => {
  expect(csvName('reservations', 'Lakeside Lodge & Resort/..', '2026-02-12')).toBe(
    'reservations-lakeside-lodge-resort-2026-02-12.csv',
  )
  expect(csvName('الحجوزات', 'فندق', '2026-02-12')).toBe('الحجوزات-فندق-2026-02-12.csv')
})

test('the order of the list is that of a column, and by arrival it is not said', () => {
  for (const sort of ['ARRIVAL_DESC', 'DEPARTURE', 'BOOKED_DESC'] as const)
    expect(sortOf(columnOf(sort))).toBe(sort)
  expect(columnOf()).toEqual({ column: 'arrival', direction: 'ascending' })
  expect(sortOf(columnOf())).toBeUndefined()
  expect(listQuery({ sort: 'BOOKED_DESC' }, 'p', today)).toMatchObject({ sort: 'BOOKED_DESC' })
})

test('a seed survives the URL, and a broken one opens an empty form', () => {
  const seed = { from: today, to: day('2026-02-14'), roomId: room, roomTypeId: type }
  expect(seedText(seed)).toBe(`2026-02-12_2026-02-14_r${room}_t${type}`)
  expect(seedOf(seedText(seed))).toEqual(seed)
  const walkIn = { from: today, to: day('2026-02-13'), isWalkIn: true } as const
  expect(seedOf(seedText(walkIn))).toEqual(walkIn)
  expect(fieldsOfSeed(walkIn, today).sourceType).toBe('WALKIN')
  const offer = { ...seed, ratePlanId: '00000000000000000000000P01', adults: 2, ages: [0, 4, 17] }
  expect(seedOf(seedText(offer))).toEqual(offer)
  expect(
    v.parse(appSearch, { book: seedText({ ...offer, adults: 1000, ages: Array(12).fill(17) }) }).book,
  ).toBeDefined()
  expect(fieldsOfSeed(offer, today)).toMatchObject({
    ratePlanId: offer.ratePlanId,
    adults: 2,
    children: 3,
    ages: '0,4,17',
  })
  expect(fieldsOfSeed(seed, today)).toMatchObject({ ratePlanId: null, adults: 1, children: 0, ages: '' })
  expect(seedText({})).toBe('new')
  for (const text of ['new', 'x_y', '2026-02-30', 'r123', 'pBAR', 'a', 'a2x', 'c', 'c4-', 'c18', ''])
    expect(seedOf(text), text).toEqual({})
  expect(seedOf('2026-02-14_2026-02-12').to).toBeUndefined()
})

test('ages are told of every child, or of none', () => {
  const fields = fieldsOfSeed({ from: today, roomTypeId: type }, today)
  const of = (children: number, ages: string) => ({ ...fields, lastName: 'A', children, ages })
  expect([toldAges(of(2, '4,9')), toldAges(of(2, '4,')), toldAges(of(2, '')), toldAges(of(0, '4'))]).toEqual([
    [4, 9],
    null,
    null,
    null,
  ])
  expect([faultsOf(of(2, '0,'), undefined), faultsOf(of(1, ''), undefined)]).toEqual([{ ages: 'ages' }, {}])
  const change = (before: ReturnType<typeof of>, after: ReturnType<typeof of>) =>
    changeOf(before, after, 'Europe/Lisbon')
  expect(change(of(2, '4,9'), of(1, '4,9'))).toEqual({ children: 1, childAges: [4] })
  expect(change(of(1, '4'), of(1, ''))).toEqual({ childAges: null })
  expect(change(of(1, ''), of(1, ''))).toEqual({})
})

test('the filters ask what the view means, and own dates end the view', () => {
  const asked = (filters: object) => listQuery({ ...noFilters, ...filters }, 'p', today)
  expect(asked({})).toEqual({ propertyId: 'p', departureFrom: today })
  expect(asked({ view: 'inhouse' })).toEqual({ propertyId: 'p', status: 'CHECKED_IN' })
  expect(asked({ view: 'arrivals', room: 'none', q: ' ann ' })).toEqual({
    propertyId: 'p',
    arrivalFrom: today,
    arrivalTo: today,
    unassigned: true,
    q: 'ann',
  })
  const dated = changed({ ...noFilters, view: 'departures', pages: 'a~b' }, { arrivalFrom: today })
  expect([dated.view, dated.pages]).toEqual(['all', undefined])
})

const noFilters = Object.fromEntries(
  'view q status type source room arrivalFrom arrivalTo departureFrom departureTo pages'
    .split(' ')
    .map((name) => [name, undefined]),
) as Parameters<typeof listQuery>[0]

test('the way back through the pages is in the URL', () => {
  const second = pagesAfter([], 'a')
  const third = pagesAfter(cursorsOf({ ...noFilters, pages: second }), 'b')
  expect([second, third]).toEqual(['a', 'a~b'])
  expect(pagesBefore(['a', 'b'])).toBe('a')
  expect(pagesBefore(['a'])).toBeUndefined()
})

test('a hold ends by the clock of the hotel, on both sides of a change of time', () => {
  expect(instantOf(day('2026-02-12'), '18:00', 'America/New_York')).toBe('2026-02-12T23:00:00.000Z')
  expect(instantOf(day('2026-07-12'), '18:00', 'America/New_York')).toBe('2026-07-12T22:00:00.000Z')
  expect(wallClockOf('2026-02-12T23:00:00Z', 'America/New_York')).toEqual({
    day: '2026-02-12',
    time: '18:00',
  })
})

const booking = {
  id: 'r1',
  propertyId: 'p',
  confirmationNumber: 'C1',
  primaryGuestJson: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', phone: null },
  status: 'CONFIRMED',
  checkInDate: '2026-02-12',
  checkOutDate: '2026-02-14',
  adults: 2,
  children: 0,
  roomTypeId: type,
  roomId: room,
  ratePlanId: 'plan',
  currency: 'EUR',
  totalCents: 20000,
  sourceType: 'OTA',
  guestNotes: 'late',
  arrivalTime: '18:30:00',
  isPinned: false,
  version: 3,
  nights: [
    { night: '2026-02-12', priceCents: 10000, roomTypeId: type, ratePlanId: 'plan' },
    { night: '2026-02-13', priceCents: 10000, roomTypeId: type, ratePlanId: 'plan' },
  ],
  rooms: [{ roomId: room, from: '2026-02-12', to: '2026-02-14' }],
} as unknown as Booking

test('a booking asks for what was typed, and leaves out what was not', () => {
  const fields = {
    ...fieldsOfSeed({ from: today, roomTypeId: type }, today),
    lastName: ' Byron ',
    phone: '1',
  }
  const given = { id: 'new', propertyId: 'p', zone: 'Europe/Lisbon' }
  expect(newReservation(fields, given)).toEqual({
    id: 'new',
    propertyId: 'p',
    checkInDate: '2026-02-12',
    checkOutDate: '2026-02-13',
    adults: 1,
    children: 0,
    roomTypeId: type,
    sourceType: 'DIRECT',
    status: 'CONFIRMED',
    primaryGuestJson: { firstName: '', lastName: 'Byron', email: null, phone: '1' },
  })
  const hold = { ...fields, isHold: true, holdDay: day('2026-02-13'), holdTime: '' }
  expect(newReservation(hold, given)).toMatchObject({
    status: 'HOLD',
    holdExpiresAt: '2026-02-13T18:00:00.000Z',
  })
})

test('a change says only what differs', () => {
  const before = fieldsOf(booking, 'Europe/Lisbon')
  expect(changeOf(before, before, 'Europe/Lisbon')).toEqual({})
  const after = { ...before, guestNotes: ' ', adults: 1, phone: '+351' }
  expect(changeOf(before, after, 'Europe/Lisbon')).toEqual({
    adults: 1,
    guestNotes: null,
    primaryGuestJson: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', phone: '+351' },
  })
})

test('what was chosen of packages and goes on can change', () => {
  const frozen = (packageId: string, more: object) => ({
    packageId,
    code: 'X',
    name: 'X',
    isIncluded: false,
    items: [],
    ...more,
  })
  const packages = [
    frozen('b', {}),
    frozen('a', { validTo: '2026-02-13' }),
    frozen('c', { ratePlanId: 'bar' }),
    frozen('d', { validTo: '2026-02-12' }),
  ]
  const before = fieldsOf({ ...booking, packages } as typeof booking, 'UTC', '2026-02-12')
  expect(before.packageIds).toEqual(['a', 'b'])
  expect(changeOf(before, { ...before, packageIds: ['a', 'b'] }, 'UTC')).toEqual({})
  expect(changeOf(before, { ...before, packageIds: [] }, 'UTC')).toEqual({ packageIds: [] })
})

test('own changes are put over those of others', () => {
  const before = fieldsOf(booking, 'UTC')
  const now = { ...before, adults: 3, internalNotes: 'theirs' }
  expect(carriedOver(before, { ...before, guestNotes: 'mine' }, now)).toEqual({ ...now, guestNotes: 'mine' })
})

test('what one chose of packages is put over what others chose', () => {
  const before = { ...fieldsOf(booking, 'UTC'), packageIds: ['parking', 'spa'] }
  const now = { ...before, packageIds: ['parking', 'spa', 'wine'] }
  const after = { ...before, packageIds: ['golf', 'parking'] }
  expect(carriedOver(before, after, now).packageIds).toEqual(['golf', 'parking', 'wine'])
})

test('persons are checked against the type', () => {
  const fields = { ...fieldsOf(booking, 'UTC') }
  const limits = { maxAdults: 2, maxOccupancy: 3 }
  expect(faultsOf(fields, limits)).toEqual({})
  expect(faultsOf({ ...fields, adults: 3 }, limits)).toEqual({ adults: 'adults' })
  expect(faultsOf({ ...fields, children: 2 }, limits)).toEqual({ children: 'persons' })
  expect(faultsOf({ ...fields, adults: 0, lastName: ' ', from: null }, limits)).toEqual({
    adults: 'nobody',
    lastName: 'lastName',
    from: 'dates',
  })
})

test('what may be done follows the state, the day and the role', () => {
  const all = () => true
  const acts = (part: object) => actsOf({ ...booking, ...part }, today, all)
  expect(acts({})).toEqual(['checkIn', 'dates', 'move', 'split', 'unassign', 'pin', 'noShow', 'cancel'])
  expect(acts({ roomId: null, checkInDate: '2026-02-13', status: 'HOLD' })).toEqual([
    'confirm',
    'dates',
    'assign',
    'cancel',
  ])
  expect(acts({ status: 'CHECKED_IN', checkedInOn: today, isPinned: true })).toEqual([
    'checkOut',
    'dates',
    'move',
    'split',
    'unpin',
    'undoCheckIn',
  ])
  expect(acts({ status: 'CHECKED_OUT', checkedOutOn: '2026-02-11' })).toEqual([])
  expect(acts({ status: 'CANCELLED' })).toEqual(['reinstate'])
  expect(actsOf(booking, today, (one) => one === 'pms.front_desk.check_in')).toEqual(['checkIn'])
  expect(nextAct(['checkIn'], { ...booking, checkInDate: '2026-02-13' }, today)).toBeUndefined()
})

const speaker = {
  names: { room: () => '101', type: () => 'Double', plan: () => 'Flexible' },
  format: formatIn('en-GB'),
  zone: 'Europe/Lisbon',
  currency: 'EUR',
}

test('the history is told in words, and what is masked stays masked', () => {
  const diff = {
    version: { before: 1, after: 2 },
    status: { before: 'CONFIRMED', after: 'CHECKED_IN' },
    primaryGuestJson: {
      before: { firstName: 'A•••', lastName: 'B•••' },
      after: { firstName: '', lastName: 'L•••' },
    },
    totalCents: { before: 20000, after: 21000 },
    nights: {
      before: booking.nights,
      after: [booking.nights[0], { ...booking.nights[1], priceCents: 11000 }],
    },
    rooms: { before: [], after: booking.rooms },
    roomId: { before: null, after: room },
    guestNotes: { before: 'l•••', after: null },
    isPinned: { before: false, after: true },
  }
  expect(diffWords(diff, speaker).map(({ name, before, after }) => [name, before, after])).toEqual([
    ['Status', 'Confirmed', 'In house'],
    ['Guest', 'A••• B•••', 'L•••'],
    ['Room', undefined, `101 (${speaker.format.days('2026-02-12', '2026-02-14', 'short')})`],
    ['Total', '€200.00', '€210.00'],
    ['Price of each night', '13 Feb €100', '13 Feb €110'],
    ['Wishes of the guest', 'l•••', undefined],
    ['Pinned', 'no', 'yes'],
  ])
  expect([actionWords('CHECK_IN_UNDONE'), actionWords('NEW_THING')]).toEqual(['Check-in undone', 'new thing'])
})

test('two states of a stay differ in what a person would name', () => {
  const now = { ...booking, version: 4, updatedAt: 'x', adults: 1, arrivalTime: null }
  expect(differences(booking, now, speaker)).toEqual([
    { field: 'adults', name: 'Adults', before: '2', after: '1' },
    { field: 'arrivalTime', name: 'Arrival time', before: '18:30', after: undefined },
  ])
})

test('a later arrival takes the departure along', () => {
  const was = { from: day('2026-02-12'), to: day('2026-02-14') }
  const arrival = (from: string) => following(was, { ...was, from: day(from) })
  expect(arrival('2026-02-13')).toEqual({ from: '2026-02-13', to: '2026-02-14' })
  expect(arrival('2026-02-14')).toEqual({ from: '2026-02-14', to: '2026-02-16' })
  expect(arrival('2027-01-31')).toEqual({ from: '2027-01-31', to: '2027-02-02' })
  // Of a departure that was set before the arrival, and of a year whose first digits were typed, nothing is made.
  const wrong = { from: day('2026-02-12'), to: day('2026-02-10') }
  expect(following(was, wrong)).toEqual(wrong)
  const typing = { from: day('0202-02-12'), to: was.to }
  expect(following(typing, { ...was, from: day('2026-03-01') })).toEqual({
    from: '2026-03-01',
    to: '2026-03-02',
  })
  expect(following(null, wrong)).toEqual(wrong)
})
