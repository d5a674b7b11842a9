import {
  type APIRequestContext,
  type BrowserContext,
  test as base,
  expect,
  type Locator,
  type Page,
} from '@playwright/test'

export { expect } from '@playwright/test'

/** As scripts/e2e.sh made them; each with the same password. */
export const logIns = {
  manager: 'manager@e2e.example',
  desk: 'desk@e2e.example',
  housekeeping: 'housekeeping@e2e.example',
  reader: 'reader@e2e.example',
} as const
export const password = process.env.PMS_E2E_PASSWORD ?? ''

export type Json = Record<string, unknown>

export interface Stay {
  readonly id: string
  readonly version: number
  readonly confirmationNumber: string
  readonly status: string
  readonly checkInDate: string
  readonly checkOutDate: string
  readonly roomId: string | null
}

/** `2027-02-01` and so many days. */
export function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** A day before today, where the hotels of the tests are: by another clock it may be tomorrow. */
export const daysAgo = (days: number): string =>
  plus(new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(), -days)

/**
 * A hotel of its own for each test, made over the API: type STD with rooms 101 to 104, type STE with 201 and 202, everything for 100
 * dollars. Its business date is today in New York, unless `more` says another.
 */
export class Hotel {
  readonly rooms = new Map<string, string>()
  readonly types = new Map<string, string>()
  id = ''
  name = ''
  today = ''

  private constructor(private readonly api: APIRequestContext) {}

  /** One that is there already, such as that of the demo. */
  static async known(api: APIRequestContext, id: string): Promise<Hotel> {
    const hotel = new Hotel(api)
    const property = await hotel.call('GET', `/properties/${id}`)
    hotel.id = id
    hotel.name = String(property.name)
    hotel.today = String(property.businessDate)
    return hotel
  }

  static async open(api: APIRequestContext, more: Json = {}): Promise<Hotel> {
    const hotel = new Hotel(api)
    hotel.name = `Hotel ${Math.random().toString(36).slice(2, 8)}`
    const property = await hotel.post('/properties', {
      name: hotel.name,
      timezone: 'America/New_York',
      currency: 'USD',
      ...more,
    })
    hotel.id = String(property.id)
    hotel.today = String(property.businessDate)
    for (const [code, name, numbers] of [
      ['STD', 'Standard', ['101', '102', '103', '104']],
      ['STE', 'Suite', ['201', '202']],
    ] as const) {
      const type = await hotel.post('/room-types', {
        propertyId: hotel.id,
        code,
        name,
        maxAdults: 4,
        maxOccupancy: 6,
      })
      hotel.types.set(code, String(type.id))
      const made = numbers.map(async (roomNumber) => {
        const room = await hotel.post('/rooms', { propertyId: hotel.id, roomTypeId: type.id, roomNumber })
        hotel.rooms.set(roomNumber, String(room.id))
      })
      await Promise.all(made)
    }
    const plan = await hotel.post('/rate-plans', {
      propertyId: hotel.id,
      code: 'BAR',
      name: 'Best available',
      isDefault: true,
    })
    const priced = [...hotel.types.values()].map((type) =>
      hotel.call('PUT', `/rate-plans/${plan.id}/prices`, {
        roomTypeId: type,
        startDate: plus(hotel.today, -30),
        endDate: plus(hotel.today, 400),
        nightlyBaseCents: 100_00,
      }),
    )
    await Promise.all(priced)
    return hotel
  }

  room(number: string): string {
    const id = this.rooms.get(number)
    if (!id) throw new Error(`no room ${number}`)
    return id
  }

  /** Nights from today on: `book('101', 2, 5, 'Lovelace')` arrives in two days. */
  async book(
    room: string | null,
    from: number,
    to: number,
    lastName: string,
    more: Json = {},
  ): Promise<Stay> {
    const stay = await this.post('/reservations', {
      propertyId: this.id,
      ...(room ? { roomId: this.room(room) } : { roomTypeId: this.types.get('STD') }),
      checkInDate: plus(this.today, from),
      checkOutDate: plus(this.today, to),
      adults: 2,
      primaryGuestJson: { firstName: 'Ada', lastName },
      ...more,
    })
    return stay as unknown as Stay
  }

  /** These rooms are not clean. */
  async soil(...rooms: string[]): Promise<void> {
    for (const room of rooms) {
      const { version } = await this.call('GET', `/rooms/${this.room(room)}`)
      await this.post(`/rooms/${this.room(room)}/status`, { version, status: 'VACANT_DIRTY' })
    }
  }

  /** The id of the stay's folio. */
  async folioOf(stay: Stay): Promise<string> {
    const list = await this.call('GET', `/folios?propertyId=${this.id}&reservationId=${stay.id}`)
    return (list as unknown as { id: string }[])[0]?.id ?? ''
  }

  async stay(id: string): Promise<Stay> {
    return (await this.call('GET', `/reservations/${id}`)) as unknown as Stay
  }

  async act(stay: Stay, verb: string, body: Json = {}): Promise<Stay> {
    return (await this.post(`/reservations/${stay.id}/${verb}`, {
      version: stay.version,
      ...body,
    })) as unknown as Stay
  }

  post(path: string, body: Json): Promise<Json> {
    return this.call('POST', path, body)
  }

  async call(method: string, path: string, data?: Json): Promise<Json> {
    const answer = await this.api.fetch(`/api/v1/pms${path}`, { method, ...(data ? { data } : {}) })
    const text = await answer.text()
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`).toBe(true)
    return (JSON.parse(text) as { data: Json }).data
  }
}

/** By the page of the log-in, as a person does. */
export async function logInAs(page: Page, email: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

async function session(api: APIRequestContext, email: string): Promise<void> {
  const answer = await api.post('/api/v1/pms/auth/login', { data: { email, password } })
  expect(answer.ok(), await answer.text()).toBe(true)
}

/** The session of each log-in, kept for all tests of a worker, which is a process: the server takes its time over each password. */
const sessions = new Map<string, Parameters<BrowserContext['addCookies']>[0]>()

/** To a control by the keyboard alone. The element itself is looked for: while a list is open, what lies outside it is hidden from roles. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const element = await target.elementHandle()
  for (let presses = 0; presses < 80; presses++) {
    if (await element?.evaluate((node) => node === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('no way to it by Tab')
}

/** All requests of the context share the session, until a test ends it by logging out: then the next one begins another. */
export async function enter(context: BrowserContext, email: string): Promise<void> {
  await context.addCookies(sessions.get(email) ?? [])
  const isOpen = (await context.request.get('/api/v1/pms/me')).ok()
  if (isOpen) return
  await session(context.request, email)
  sessions.set(email, await context.cookies())
}

/** `hotel` is a new one, and `page` is logged in as its manager. */
export const test = base.extend<{ hotel: Hotel }>({
  hotel: async ({ page }, use) => {
    await enter(page.context(), logIns.manager)
    await use(await Hotel.open(page.request))
  },
})
