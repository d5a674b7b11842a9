import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type BookingAnswer, toldOfBooking } from '../core/answers'
import type { Chart } from '../core/chart'
import { dateOf, nightOf, overlaps } from '../core/days'
import { Model } from '../core/model'
import { planResize } from '../core/rules'
import { chartOf, drawnBy, FIRST, trimmed } from '../core/testing/drawing'
import { Follower } from './Follower'

const DAYS = 10

/** The truth of the house is a drawing, which a test may replace. */
class House {
  readonly asked: string[] = []
  private revision = 1
  private chart: Chart

  constructor(text: string) {
    this.chart = chartOf(text)
  }

  becomes(text: string): void {
    this.revision += 1
    this.chart = chartOf(text, { revision: this.revision })
  }

  booking(id: string): BookingAnswer {
    const { bars, unassigned, roomTypes } = this.chart
    const own = [...bars].filter((bar) => bar.reservationId === id)
    const waiting = unassigned.find((bar) => bar.reservationId === id)
    return {
      id,
      roomTypeId: waiting?.roomTypeId ?? roomTypes[0]?.id ?? '',
      checkInDate: waiting?.checkInDate ?? own[0]?.checkInDate ?? own[0]?.startDate ?? dateOf(FIRST),
      checkOutDate:
        waiting?.checkOutDate ?? own.at(-1)?.checkOutDate ?? own.at(-1)?.endDate ?? dateOf(FIRST + 1),
      status: waiting || own.length > 0 ? 'CONFIRMED' : 'CANCELLED',
      primaryGuestJson: { lastName: id },
      adults: 2,
      children: 0,
      sourceType: 'DIRECT',
      version: this.revision,
      rooms: own.map(({ roomId, startDate: from, endDate: to }) => ({ roomId, from, to })),
    }
  }

  answer(url: URL): unknown {
    this.asked.push(`${url.pathname.split('/v1/pms')[1]}${url.search && '?'}`)
    if (!url.pathname.endsWith('/calendar')) return this.booking(url.pathname.split('/').at(-1) ?? '')
    const start = url.searchParams.get('start') ?? ''
    const days = Number(url.searchParams.get('days'))
    const span = { from: nightOf(start), to: nightOf(start) + days }
    const isIn = (bar: { startDate: string; endDate: string }) =>
      overlaps({ from: nightOf(bar.startDate), to: nightOf(bar.endDate) }, span)
    const dates = this.chart.dates.filter(({ date }) => nightOf(date) >= span.from && nightOf(date) < span.to)
    const { bars, blocks, unassigned } = this.chart
    return {
      ...this.chart,
      start,
      days,
      dates,
      bars: [...bars].filter(isIn),
      blocks: blocks.filter(isIn),
      unassigned: unassigned.filter((bar) => isIn({ startDate: bar.checkInDate, endDate: bar.checkOutDate })),
    }
  }

  /** What stands at the foot and beside the types. */
  sums(): string[] {
    return this.chart.dates.map((date) => `${date.sold} sold, ${date.availableByType.join(' ')} left`)
  }
}

const sumsOf = (model: Model) =>
  Array.from({ length: DAYS }, (_, n) => {
    const totals = model.total(FIRST + n)
    return `${totals?.sold} sold, ${model.types.map((type) => totals?.byType[type.id]).join(' ')} left`
  })

function open(text: string) {
  const house = new House(text)
  vi.stubGlobal('fetch', (request: Request) =>
    Promise.resolve(Response.json({ data: house.answer(new URL(request.url)) })),
  )
  const model = Model.of(chartOf(text))
  const reload = vi.fn()
  const follower = new Follower(model, 'P', reload)
  const hear = async (...ids: string[]) => {
    follower.hear(ids.map((entityId) => ({ entityType: 'RESERVATION', entityId })))
    await vi.advanceTimersByTimeAsync(1_000)
  }
  /** Shown before it is answered, and answered before it is heard of. */
  const write = (...ids: string[]) => {
    const told = ids.map((id) => toldOfBooking(house.booking(id), model.stay(id)))
    model.begin('own', told)
    model.end('own', told)
  }
  return { house, model, reload, follower, hear, write }
}

const full = (rows: string) =>
  trimmed(rows)
    .split('\n')
    .map((row) => row.padEnd(row.indexOf('|') + 1 + DAYS, '.'))
    .join('\n')

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const LONG = full('101 |..AAA\n102 |\n201 |\nSTD |')
const verbs: Record<string, string> = {
  'a departure that is earlier': '101 |..AA\n102 |\n201 |\nSTD |',
  'an arrival that is later': '101 |...AA\n102 |\n201 |\nSTD |',
  'a move to other nights': '101 |\n102 |......AAA\n201 |\nSTD |',
  'a move to another type': '101 |\n102 |\n201 |..AAA\nSTD |',
  'a split onto another type': '101 |..A\n102 |\n201 |...AA\nSTD |',
  'a room that is taken away': '101 |\n102 |\n201 |\nSTD |..AAA',
  'a cancellation': '101 |\n102 |\n201 |\nSTD |',
}

describe.each(Object.entries(verbs))('the sums follow %s', (_, after) => {
  test.each(['own', 'of someone else'])('%s', async (whose) => {
    const { house, model, reload, hear, write } = open(LONG)
    expect(sumsOf(model)).toEqual(house.sums())
    house.becomes(full(after))
    if (whose === 'own') write('A')
    await hear('A')
    expect(sumsOf(model)).toEqual(house.sums())
    expect(model.unsummed).toBeNull()
    expect(reload).not.toHaveBeenCalled()
  })
})

test('a night that was taken and given back is free to be taken again', async () => {
  const [short, long] = [full('101 |..AA'), full('101 |..AAA')]
  const { house, model, hear, write } = open(short)
  const extended = () => {
    const [bar] = model.stay('A')
    return bar && planResize(model, bar, 'end', bar.to + 1).action
  }
  expect(extended()).not.toBeNull()
  house.becomes(long)
  write('A')
  await hear('A')
  house.becomes(short)
  write('A')
  // Also before its sums have come.
  expect(extended()).not.toBeNull()
  await hear('A')
  expect(extended()).not.toBeNull()
  expect(drawnBy(model, DAYS)).toBe('101 |..AA......')
})

test('a change while the sums are on their way leaves its nights to be asked for again', async () => {
  const { house, model, hear } = open(LONG)
  const asked = model.ask()
  const chart = house.answer(new URL('http://h/api/v1/pms/calendar?start=2027-02-01&days=10')) as Chart
  house.becomes(full(verbs['a departure that is earlier'] ?? ''))
  model.put([toldOfBooking(house.booking('A'), model.stay('A'))])
  model.patch(chart, asked)
  expect(model.unsummed).toEqual({ from: FIRST + 2, to: FIRST + 6 })
  await hear('A')
  expect(model.unsummed).toBeNull()
  expect(sumsOf(model)).toEqual(house.sums())
})

test('a block that goes is a change of all: everything is read again', () => {
  const { reload, follower } = open(LONG)
  follower.hear([{ entityType: 'ROOM_BLOCK', entityId: 'B' }])
  expect(reload).toHaveBeenCalledOnce()
})
